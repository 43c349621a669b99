package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.sweep.PidReuse.Holding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pids change hands on purpose while a pass is under way. Few rounds in the gate; {@code -Dreaper.rounds=200} for all.
 */
@EnabledOnOs(OS.LINUX)
class PidReuseIT {

    private static final int ROUNDS = Integer.getInteger("reaper.rounds", 24);

    @BeforeEach
    void needsAPidNamespace() {
        assumeTrue(PidNamespace.isAvailable(), PidNamespace.SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({"PIDFD,TERM", "PIDFD,KILL", "RECHECK,TERM", "RECHECK,KILL"})
    void signalsNobodyWhoGotThePidOfAnOrphanMeanwhile(Holding holding, String signal) throws Exception {
        PidNamespace.Ended ended = PidNamespace.run(PidReuse.class, holding, signal, ROUNDS);

        assertThat(ended.status()).as(ended.toString()).isZero();
        assertThat(ended.number("exchanged")).as(ended.toString()).isEqualTo(ROUNDS);
        assertThat(ended.number("wrong")).as(ended.toString()).isZero();
    }

    /** The control: the same pass, with signals by number, does hit the wrong ones. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void wouldSignalThemIfItWentByThePid(String signal) throws Exception {
        PidNamespace.Ended ended = PidNamespace.run(PidReuse.class, Holding.NUMBER, signal, ROUNDS);

        assertThat(ended.status()).as(ended.toString()).isZero();
        assertThat(ended.number("wrong")).as(ended.toString()).isGreaterThanOrEqualTo(ROUNDS / 5);
    }
}
