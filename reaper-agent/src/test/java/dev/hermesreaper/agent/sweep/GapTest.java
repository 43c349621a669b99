package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import org.junit.jupiter.api.Test;

/** The reaper itself was stopped for a while: what it did not see it does not count. */
class GapTest {

    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);

    @Test
    void endsNobodyItWasStoppedWhileWaitingFor() throws InterruptedException {
        world.worker(101).of("s1").orphanedTo(1).startedAgo("1h");
        world.in("1s", () -> world.stopReaper("10m"));

        SweepResult result = sweeps.sweep();

        assertThat(result.reapings()).isEmpty();
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void killsNobodyAfterItWasStoppedDuringTheGrace() throws InterruptedException {
        world.worker(101).of("s1").orphanedTo(1).startedAgo("1h").ignoresTerm();
        world.after("signal 101", 1, () -> world.in("2s", () -> world.stopReaper("10m")));

        SweepResult result = sweeps.sweep();

        assertThat(result.reapings()).extracting(reaping -> reaping.outcome()).containsExactly(Outcome.SPARED);
        assertThat(world.signalsTo(101)).hasSize(1);
    }

    @Test
    void doesNotActOnALookThatHasGrownOld() throws InterruptedException {
        world.worker(101).of("s1").orphanedTo(1).startedAgo("1h");
        world.after("table", 3, () -> world.stopReaper("10m"));

        SweepResult result = sweeps.sweep();

        assertThat(result.reapings()).extracting(reaping -> reaping.outcome()).containsExactly(Outcome.SPARED);
        assertThat(world.signals()).isEmpty();
    }
}
