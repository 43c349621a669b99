package dev.hermesreaper.agent.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Hermes issue 24775: 75 orphans, the oldest 27 h old, held the descriptors a dashboard needed. */
class Incident24775Test {
    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);

    @Test
    void seventyFiveOrphansAreGoneInOneSweepAndTheChatInUseStays() throws InterruptedException {
        for (int i = 0; i < 75; i++) {
            world.worker(3000 + i)
                    .of("2026050%d_chat%02d".formatted(6 + i % 2, i))
                    .startedAgo(27 * 60 - i * 20 + "m")
                    .orphanedTo(1);
        }
        FakeProcess dashboard = world.dashboard(100).clients(1);
        FakeProcess used =
                world.worker(101).of("20260507_now").ownedBy(dashboard).startedAgo("27h");

        SweepResult result = sweeps.sweep();

        assertThat(result.count(Outcome.EXITED)).isEqualTo(75);
        assertThat(world.elapsed()).isLessThan(Duration.ofSeconds(11));
        assertThat(world.isAlive(used)).isTrue();
        assertThat(world.isAlive(dashboard)).isTrue();
        assertThat(world.signals()).hasSize(75);
    }
}
