package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Few kills in the gate; {@code -Dreaper.kills=100} for all, {@code -Dreaper.seed} for the moments of another run. */
@EnabledOnOs(OS.LINUX)
class KilledIT {

    private static final int KILLS = Integer.getInteger("reaper.kills", 12);
    private static final long SEED = Long.getLong("reaper.seed", 20_261_127);

    @Test
    void signalsNobodyWronglyAndGoesOnInTheNextPassWheneverASweepIsKilled() throws Exception {
        assumeTrue(PidNamespace.isAvailable(), PidNamespace.SKIPPED);

        PidNamespace.Ended ended = PidNamespace.run(Killed.class, KILLS, SEED);

        assertThat(ended.status()).as("seed %d: %s", SEED, ended).isZero();
        assertThat(ended.number("killed")).isEqualTo(KILLS);
        assertThat(ended.number("used")).isEqualTo(3);
        assertThat(ended.all("failed")).as("seed %d", SEED).isEmpty();
        assertThat(ended.all("left")).as("seed %d", SEED).isEmpty();
        assertThat(ended.all("damaged")).as("seed %d", SEED).isEmpty();
        assertThat(ended.number("between"))
                .as("seed %d: orphans that a killed sweep had sent SIGTERM, but not yet SIGKILL", SEED)
                .isPositive();
    }
}
