package dev.hermesreaper.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The service was not there for a while: stopped, suspended, stalled, or the clock was set. */
class GapTest {

    private final World world = new World();
    private final Shift shift = new Shift(world);

    @Test
    void startsSettleAnewAfterItWasStopped() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));
        world.in("8s", () -> world.stopReaper("10m"));

        shift.run("800s");

        assertThat(shift.vitals()).anySatisfy(it -> assertThat(it.gap())
                .hasValueSatisfying(lost -> assertThat(lost).isGreaterThan(Duration.ofMinutes(9))));
        assertThat(world.signals()).extracting(it -> it.at().toSeconds()).containsExactly(618L);
    }

    @Test
    void startsSettleAnewAfterTheMachineSlept() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));
        world.in("8s", () -> world.suspend("8h"));

        shift.run("100s");

        assertThat(world.signals()).hasSize(1);
        assertThat(world.signals().get(0).at())
                .isGreaterThan(Duration.ofHours(8).plusSeconds(17));
    }

    @Test
    void changesNothingWhenTheWallClockIsSet() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));
        world.in("6s", () -> world.stepWall(Duration.ofHours(1)));
        world.in("7s", () -> world.stepWall(Duration.ofDays(-1)));

        shift.run("29s");

        assertThat(shift.vitals()).allSatisfy(it -> assertThat(it.gap()).isEmpty());
        assertThat(world.signals()).extracting(it -> it.at().toSeconds()).containsExactly(15L);
    }

    @Test
    void startsSettleAnewAfterItWasStoppedRightAfterALook() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));
        boolean[] stopped = {false};
        shift.and(new Witness() {
            @Override
            public void passed(SweepResult result, Vitals vitals) {
                if (world.elapsed().toSeconds() == 5 && !stopped[0]) {
                    stopped[0] = true;
                    world.stopReaper("8s");
                }
            }
        });

        shift.run("60s");

        assertThat(world.signals()).hasSize(1);
        assertThat(world.signals().get(0).at()).isGreaterThan(Duration.ofSeconds(30));
    }
}
