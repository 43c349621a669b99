package dev.hermesreaper.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import org.junit.jupiter.api.Test;

/** "No leak" and "cannot see" must not look the same. */
class BlindnessTest {

    private final World world = new World();
    private Sightings sightings = Sightings.NONE;

    @Test
    void seesWhereThereIsNoGateway() throws InterruptedException {
        assertThat(after("30d")).isEqualTo(Blindness.SEES);
    }

    @Test
    void isBlindWhenNotOneWorkerCanBeRead() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard).hidesExecutable();

        assertThat(look()).isEqualTo(Blindness.UNREADABLE);
    }

    /** The dashboard may be dead: that is when most leaks. */
    @Test
    void isBlindWhenNotOneWorkerCanBeReadAndNoGatewayIsLeft() {
        world.worker(101).orphanedTo(1).hidesExecutable();

        assertThat(look()).isEqualTo(Blindness.UNREADABLE);
    }

    @Test
    void seesWhenOnlyWorkersOfOtherUsersCannotBeRead() {
        world.worker(101).orphanedTo(1).uid(World.UID + 1).hidesExecutable();

        assertThat(look()).isEqualTo(Blindness.SEES);
    }

    @Test
    void seesWhenOneWorkerOfManyCanBeRead() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard).hidesExecutable();
        world.worker(102).ownedBy(dashboard);

        assertThat(look()).isEqualTo(Blindness.SEES);
    }

    @Test
    void isBlindWhenAGatewayHasHadAChildOfAnUnknownModuleForAnHourAndNoWorker() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100).clients(0);
        world.start(101)
                .runs("/usr/bin/python3.11", "python3", "-m", "tui_gateway.command_worker", "--session-key", "s1")
                .ownedBy(dashboard);

        assertThat(after("59m")).isEqualTo(Blindness.SEES);
        assertThat(after("1m")).isEqualTo(Blindness.UNRECOGNISED);
    }

    @Test
    void isBlindWhenAGatewayInUseHasHadNoWorkerForADay() throws InterruptedException {
        world.dashboard(100).clients(1);

        assertThat(after("23h59m")).isEqualTo(Blindness.SEES);
        assertThat(after("1m")).isEqualTo(Blindness.UNRECOGNISED);
    }

    @Test
    void seesWhenNobodyUsesTheGatewayThatHasNoWorker() throws InterruptedException {
        world.dashboard(100).clients(0);

        assertThat(after("7d")).isEqualTo(Blindness.SEES);
    }

    @Test
    void seesAgainOnceAWorkerIsRecognised() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100).clients(1);
        after("2d");
        FakeProcess worker = world.worker(101).startedAgo("1s").ownedBy(dashboard);
        assertThat(look()).isEqualTo(Blindness.SEES);

        world.exit(worker);
        assertThat(after("1h")).isEqualTo(Blindness.SEES);
    }

    @Test
    void countsNoTimeItWasNotThereToLook() throws InterruptedException {
        world.dashboard(100).clients(1);
        look();
        world.suspend("2d");

        assertThat(look()).isEqualTo(Blindness.SEES);
    }

    private Blindness after(String time) throws InterruptedException {
        look();
        world.elapse(time);
        return look();
    }

    private Blindness look() {
        Look look = new Lookout(world.host()).look();
        sightings = sightings.after(look);
        return Blindness.of(look, sightings);
    }
}
