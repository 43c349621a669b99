package dev.hermesreaper.agent.regret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.ReapPolicy.Mode;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObservedTest {

    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world).reap("mode", Mode.OBSERVE);
    private Observed observed = Observed.NONE;

    private Observed.Change pass() throws InterruptedException {
        SweepResult result = sweeps.sweep();
        Observed.Change change = observed.after(
                new Pass(result.judgement(), sweeps.sightings(), result.reapings(), identity -> world.host()
                        .entry(identity.pid())
                        .filter(process -> process.identity().equals(identity) && !process.isZombie())
                        .isEmpty()));
        observed = change.now();
        return change;
    }

    @Test
    void takesADecisionOnceHoweverOftenItIsTaken() throws InterruptedException {
        world.worker(101).orphanedTo(1);

        assertThat(pass().begun()).hasSize(1);
        world.elapse("30s");
        assertThat(pass().begun()).isEmpty();

        assertThat(world.signals()).isEmpty();
        assertThat(observed.counts()).isEqualTo(new Counts(1, 0, 0, 0));
        assertThat(observed.watched()).singleElement().satisfies(watch -> {
            assertThat(watch.reason()).isEqualTo("orphaned");
            assertThat(watch.memory().totalBytes()).isEqualTo(98L << 20);
        });
    }

    @Test
    void regretsWhatWorkedLater() throws InterruptedException {
        FakeProcess worker = world.worker(101).orphanedTo(1);
        pass();
        world.elapse("30s");
        worker.moves();
        world.elapse("30s");

        Observed.Change change = pass();

        assertThat(change.regrets()).singleElement().satisfies(regret -> {
            assertThat(regret.watch().identity().pid()).isEqualTo(101);
            assertThat(regret.evidence()).extracting(Ground::key).containsSubsequence("decided", "worked", "moved");
        });
        assertThat(observed.counts()).isEqualTo(new Counts(1, 1, 0, 0));
        assertThat(observed.watched()).isEmpty();
        assertThat(observed.regrets()).hasSize(1);
    }

    @Test
    void namesTheCommandThatRuns() throws InterruptedException {
        FakeProcess worker = world.worker(101).orphanedTo(1);
        pass();
        world.elapse("3m");
        world.start(102).runs("/usr/bin/make", "make").below(worker).startedAgo("0s");
        worker.busy();

        assertThat(pass().regrets().get(0).evidence())
                .anySatisfy(ground -> assertThat(ground.value()).isEqualTo("it runs make (102)"));
    }

    @Test
    void isConfirmedByWhatEndsWithoutWork() throws InterruptedException {
        FakeProcess worker = world.worker(101).orphanedTo(1);
        pass();
        world.exit(worker);
        world.elapse("30s");

        assertThat(pass().confirmed()).hasSize(1);
        assertThat(observed.counts()).isEqualTo(new Counts(1, 0, 1, 0));
    }

    @Test
    void isNotConfirmedByWhatAPassEndedItself() throws InterruptedException {
        world.worker(101).orphanedTo(1);
        pass();
        sweeps.reap("mode", Mode.REAP);
        world.elapse("30s");

        Observed.Change change = pass();

        assertThat(world.signals()).isNotEmpty();
        assertThat(change.confirmed()).isEmpty();
        assertThat(observed.watched()).isEmpty();
        assertThat(observed.counts()).isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    void takesNeitherAFreezeNorASuspendForWork() throws InterruptedException {
        FakeProcess worker = world.worker(101).orphanedTo(1);
        pass();
        worker.stopped();
        world.elapse("30s");
        pass();
        worker.state('S').moves();
        pass();
        world.suspend("8h");
        worker.moves();

        assertThat(pass().regrets()).isEmpty();
        assertThat(observed.counts().regrets()).isZero();
    }

    @Test
    void doesNotTakeARecycledPidForTheSameProcess() throws InterruptedException {
        world.worker(101).orphanedTo(1);
        pass();
        world.worker(101).orphanedTo(1).startedAgo("1s").busy();

        assertThat(pass().confirmed()).hasSize(1);
        assertThat(observed.counts().regrets()).isZero();
    }

    @Test
    void watchesABoundedNumber() throws InterruptedException {
        world.worker(101).orphanedTo(1);
        pass();
        Watch one = observed.watched().get(0);
        Observed full = new Observed(
                Counts.NONE,
                IntStream.range(0, Observed.MOST_WATCHED)
                        .mapToObj(i -> new Watch(
                                new ProcessIdentity(one.identity().bootId(), 100_000 + i, 1),
                                "k",
                                "orphaned",
                                "",
                                one.decidedAt(),
                                one.workedUpTo(),
                                false,
                                0,
                                0,
                                one.memory()))
                        .toList(),
                List.of());
        SweepResult result = sweeps.sweep();

        Observed now = full.after(new Pass(result.judgement(), sweeps.sightings(), result.reapings(), id -> false))
                .now();

        assertThat(now.watched()).hasSize(Observed.MOST_WATCHED);
        assertThat(now.counts()).isEqualTo(new Counts(1, 0, 0, 1));
    }
}
