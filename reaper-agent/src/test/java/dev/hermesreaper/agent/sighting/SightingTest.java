package dev.hermesreaper.agent.sighting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is remembered of a process from look to look. */
class SightingTest {
    private final World world = new World();
    private final FakeProcess worker = world.worker(101).orphanedTo(1);
    private Sightings sightings = Sightings.NONE;

    private Sighting look() {
        return look(false, Set.of());
    }

    private Sighting look(boolean gap, Set<ProcessIdentity> signalled) {
        sightings = sightings.after(new Lookout(world.host()).look(), gap, signalled);
        return sightings.of(worker.identity()).orElseThrow();
    }

    @Test
    void oneLookProvesNothing() {
        Sighting first = look();

        assertThat(first.doing()).isEqualTo(Doing.IDLE);
        assertThat(first.isProvenIdle()).isFalse();
        assertThat(first.idleFor()).isZero();
        assertThat(first.lastWorked()).isEmpty();
    }

    @Test
    void idlenessCountsFromTheFirstOfTheLooksBetweenWhichNothingMoved() throws InterruptedException {
        look();
        world.elapse("5m");
        worker.moves();
        look();
        world.elapse("2m");
        look();
        world.elapse("3m");

        assertThat(look().idleFor()).isEqualTo(Duration.ofMinutes(5));
    }

    /** A look takes time: a worker that worked between its beginning and the reading of its counters was not idle then. */
    @Test
    void aWaitIsNeverCountedLongerThanItWas() throws InterruptedException {
        world.after("table", 1, () -> {
            world.stopReaper("4s");
            worker.moves();
        });
        look();
        world.elapse("10s");

        assertThat(look().idleFor()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatMovedHasWorkedThoughNobodySawIt() throws InterruptedException {
        look();
        world.elapse("5m");
        worker.moves();

        assertThat(look().lastWorked()).contains(world.host().now().sinceBoot());
    }

    @Test
    void whatMovedWhileTheMachineSleptHasNotWorked() throws InterruptedException {
        look();
        world.suspend("1h");
        worker.moves();

        Sighting after = look();

        assertThat(after.lastWorked()).isEmpty();
        assertThat(after.isProvenIdle()).isFalse();
    }

    @Test
    void beingStoppedAndContinuedIsNoWork() throws InterruptedException {
        look();
        worker.stopped();
        world.elapse("1m");
        look();
        worker.state('S').moves();
        world.elapse("1m");

        assertThat(look().lastWorked()).isEmpty();
    }

    @Test
    void beingFrozenAndThawedIsNoWork() throws InterruptedException {
        look();
        worker.frozen(true);
        world.elapse("1m");
        look();
        worker.frozen(false).moves();
        world.elapse("1m");

        assertThat(look().lastWorked()).isEmpty();
    }

    @Test
    void aGapInOurOwnLooksStartsEveryWaitAnew() throws InterruptedException {
        look();
        world.elapse("5m");

        Sighting after = look(true, Set.of());

        assertThat(after.idleFor()).isZero();
        assertThat(after.unownedFor()).isZero();
    }

    @Test
    void whatCannotBeReadIsNeitherIdleNorAtWork() throws InterruptedException {
        look();
        world.elapse("5m");
        worker.hidesActivity();

        Sighting hidden = look();

        assertThat(hidden.doing()).isEqualTo(Doing.UNREADABLE);
        assertThat(hidden.idleFor()).isZero();
        assertThat(hidden.workingFor()).isZero();
        assertThat(hidden.lastWorked()).isEmpty();
    }

    @Test
    void aQuietThreadMayWakeOnceASecond() throws InterruptedException {
        worker.otherThreads(1.0, 1.0);
        look();
        world.elapse("1h");

        assertThat(look().doing()).isEqualTo(Doing.IDLE);
    }

    @Test
    void anotherThreadThatComputesIsWork() throws InterruptedException {
        worker.otherThreads(0.1, 50);
        look();
        world.elapse("3s");

        assertThat(look().doing()).isEqualTo(Doing.WORKING);
    }

    @Test
    void movingInAnswerToTermIsNoWork() throws InterruptedException {
        look();
        world.elapse("5m");
        look();
        worker.moves();
        world.elapse("10s");

        Sighting after = look(false, Set.of(worker.identity()));

        assertThat(after.idleFor()).isEqualTo(Duration.ofSeconds(310));
        assertThat(after.lastWorked()).isEmpty();
    }

    @Test
    void ownedOneThatWorksAfterTermMayServeItsUser() throws InterruptedException {
        world.dashboard(100).holds(worker);
        look();
        world.elapse("5m");
        worker.busy();

        assertThat(look(false, Set.of(worker.identity())).doing()).isEqualTo(Doing.WORKING);
    }

    @Test
    void aRecycledPidStartsWithAnEmptyPage() throws InterruptedException {
        look();
        world.elapse("5m");
        FakeProcess next = world.worker(101).startedAgo("1m").orphanedTo(1);
        sightings = sightings.after(new Lookout(world.host()).look());

        assertThat(sightings.all()).hasSize(1);
        assertThat(sightings.of(next.identity()).orElseThrow().idleFor()).isZero();
    }

    @Test
    void whatIsGoneIsForgotten() {
        look();
        world.exit(worker);

        assertThat(sightings.after(new Lookout(world.host()).look()).all()).isEmpty();
    }

    @Test
    void aMemoryFromTheFutureIsNone() throws InterruptedException {
        world.elapse("1h");
        look();
        Sightings later = sightings;
        World past = new World();
        FakeProcess same = past.worker(101).orphanedTo(1);

        Sightings now = later.after(new Lookout(past.host()).look());

        assertThat(later.of(same.identity())).isPresent();
        assertThat(now.of(same.identity()).orElseThrow().idleSince())
                .contains(past.host().now().sinceBoot());
    }
}
