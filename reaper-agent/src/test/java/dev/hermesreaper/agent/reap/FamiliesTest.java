package dev.hermesreaper.agent.reap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.MemoryLedger;
import dev.hermesreaper.agent.testing.SentSignal;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker has started is ended after it. */
class FamiliesTest {
    private final Bench bench = new Bench();
    private final World world = bench.world;
    private final FakeProcess worker = bench.orphan(101);

    @AfterEach
    void nobodyIsHeldAnyLonger() {
        assertThat(world.held()).isZero();
    }

    private List<Reaping> reap() throws InterruptedException {
        return bench.reap(bench.due("11s"));
    }

    @Test
    void endsTheWholeTreeAfterTheWorkerThatHeldItTogether() throws InterruptedException {
        worker.exitsAfter("3s");
        FakeProcess shell = bench.mcp(201, worker);
        FakeProcess server = bench.mcp(202, shell).ignoresTerm();

        List<Reaping> reapings = reap();

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(Bench.outcomeOf(reapings, shell)).isEqualTo(Outcome.EXITED);
        assertThat(Bench.outcomeOf(reapings, server)).isEqualTo(Outcome.KILLED);
        assertThat(world.signals())
                .extracting(SentSignal::toString)
                .containsExactly(
                        "TERM 101 after PT11S", "TERM 201 after PT14S", "TERM 202 after PT14S", "KILL 202 after PT24S");
    }

    @Test
    void endsNobodyBelowAWorkerThatSurvives() throws InterruptedException {
        worker.unkillable();
        FakeProcess server = bench.mcp(201, worker);

        List<Reaping> reapings = reap();

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.SURVIVED);
        assertThat(world.isAlive(server)).isTrue();
    }

    @Test
    void endsNobodyBelowAWorkerThatIsSpared() throws InterruptedException {
        FakeProcess server = bench.mcp(201, worker);
        List<Verdict> due = bench.due("11s");
        world.after("children 101", 2, worker::moves);

        assertThat(bench.reap(due)).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(world.signals()).isEmpty();
        assertThat(world.isAlive(server)).isTrue();
    }

    @Test
    void leavesThemIfToldTo() throws InterruptedException {
        bench.policy("descendants", false);
        FakeProcess server = bench.mcp(201, worker);

        List<Reaping> reapings = reap();

        assertThat(reapings.get(0).descendants()).isEmpty();
        assertThat(world.isAlive(server)).isTrue();
    }

    @Test
    void endsWhatTheyStartWhileTheyEnd() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker).exitsAfter("1s");
        List<Verdict> due = bench.due("11s");
        world.after("signal 201", 1, () -> bench.mcp(202, shell).startedAgo("0s"));

        List<Reaping> reapings = bench.reap(due);

        assertThat(Bench.outcomeOf(reapings, shell)).isEqualTo(Outcome.EXITED);
        assertThat(world.signalsTo(202)).containsExactly(Signal.TERM);
    }

    @Test
    void endsWhatAWorkerStartsAfterItWasTold() throws InterruptedException {
        worker.ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> bench.mcp(202, worker).startedAgo("0s"));

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.KILLED);
        assertThat(world.signalsTo(202)).containsExactly(Signal.TERM);
    }

    @Test
    void endsWhatIsStartedByOneThatIsStoppingAndGoneBeforeItsTime() throws InterruptedException {
        worker.exitsAfter("4s");
        List<Verdict> due = bench.due("11s");
        world.in("2s", () -> bench.mcp(202, worker).startedAgo("0s"));

        bench.reap(due);

        assertThat(world.signalsTo(202)).containsExactly(Signal.TERM);
    }

    @Test
    void isNotKeptWaitingByTheUnkillableWorkerOfAnother() throws InterruptedException {
        FakeProcess server = bench.mcp(201, worker).ignoresTerm();
        bench.orphan(102).unkillable();

        List<Reaping> reapings = reap();

        assertThat(Bench.outcomeOf(reapings, server)).isEqualTo(Outcome.KILLED);
        assertThat(world.signals())
                .filteredOn(it -> it.pid() == 201)
                .extracting(SentSignal::toString)
                .containsExactly("TERM 201 after PT11.02S", "KILL 201 after PT21.02S");
        assertThat(bench.ledger.lines()).endsWith("records 101 exited", "records 102 survived");
    }

    /** Each generation ends when told to, and has started the next one by then. */
    @Test
    void followsATreeThatGrowsWhileItIsEnded() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker).exitsAfter("1s");
        List<Verdict> due = bench.due("11s");
        for (int generation = 0; generation < 8; generation++) {
            int pid = 201 + generation;
            world.after("signal " + pid, 1, () -> bench.mcp(pid + 1, world.process(pid))
                    .startedAgo("0s")
                    .exitsAfter("1s"));
        }

        List<Reaping> reapings = bench.reap(due);

        assertThat(Bench.outcomeOf(reapings, shell)).isEqualTo(Outcome.EXITED);
        assertThat(reapings.get(0).descendants()).hasSize(9).allMatch(it -> it.outcome() == Outcome.EXITED);
    }

    /** One that starts another for each that is ended is left at the end of its time, and said to be. */
    @Test
    void doesNotFollowATreeForEver() throws InterruptedException {
        bench.mcp(201, worker).ignoresTerm().unkillable();
        List<Verdict> due = bench.due("11s");
        for (int second = 1; second < 60; second++) {
            int pid = 300 + second;
            world.in(second + "s", () -> bench.mcp(pid, world.process(201)).startedAgo("0s"));
        }

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(world.elapsed()).isBetween(Duration.ofSeconds(26), Duration.ofSeconds(27));
        assertThat(reapings.get(0).descendants()).extracting(it -> it.outcome()).contains(Outcome.SURVIVED);
    }

    @Test
    void pidOfADescendantReusedBeforeItsSignal() throws InterruptedException {
        FakeProcess server = bench.mcp(201, worker);
        List<Verdict> due = bench.due("11s");
        world.after("signal 101", 1, () -> world.start(201).startedAgo("0s"));

        assertThat(Bench.outcomeOf(bench.reap(due), server)).isEqualTo(Outcome.ALREADY_GONE);
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
    }

    @Test
    void pidOfADescendantReusedWhileItIsCollected() throws InterruptedException {
        bench.mcp(201, worker);
        List<Verdict> due = bench.due("11s");
        world.after("children 101", 2, () -> world.start(201).startedAgo("0s"));

        bench.reap(due);

        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
    }

    /** The children of whoever has the pid by then are that one's, not the family's. */
    @Test
    void pidOfADescendantReusedByAParentRightBeforeItsSignal() throws InterruptedException {
        bench.mcp(201, worker);
        List<Verdict> due = bench.due("11s");
        world.after("signal 201", 1, () -> bench.mcp(301, world.start(201).startedAgo("0s"))
                .startedAgo("0s"));

        bench.reap(due);

        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
    }

    @Test
    void pidOfTheWorkerReusedByAParentRightBeforeItsFamilyIsCollected() throws InterruptedException {
        List<Verdict> due = bench.due("11s");
        MemoryLedger slow = new MemoryLedger() {
            @Override
            public void intends(Verdict verdict) {
                super.intends(verdict);
                bench.mcp(301, world.start(101).startedAgo("0s")).startedAgo("0s");
            }
        };

        bench.reap(due, Optional.empty(), slow);

        assertThat(world.signals()).isEmpty();
    }

    /** What it had started is in other hands when it is asked for again, and ended all the same. */
    @Test
    void endsTheChildrenOfOneThatIsGoneRightAfterItWasAskedForThem() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker);
        List<Verdict> due = bench.due("11s");
        world.after("signal 201", 1, () -> {
            bench.mcp(202, shell).startedAgo("0s");
            world.after("children 201", 1, () -> world.exit(shell));
        });
        shell.ignoresTerm();

        bench.reap(due);

        assertThat(world.signalsTo(202)).containsExactly(Signal.TERM);
    }

    @Test
    void endsTheWorkerAlthoughNotAllBelowItCanBeHeld() throws InterruptedException {
        bench.mcp(201, worker);
        FakeProcess second = bench.mcp(202, worker);
        List<Verdict> due = bench.due("11s");
        world.holdsAtMost(2);

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(Bench.outcomeOf(reapings, second)).isEqualTo(Outcome.DEFERRED);
    }

    @Test
    void observingNamesThemAndSignalsNobody() throws InterruptedException {
        FakeProcess server = bench.mcp(201, worker);

        List<Reaping> reapings = bench.reap(bench.due("11s"), Optional.of(Outcome.OBSERVED));

        assertThat(Bench.outcomeOf(reapings, server)).isEqualTo(Outcome.OBSERVED);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void treesOf128WorkersAreEndedTogether() throws InterruptedException {
        world.exit(worker);
        List<FakeProcess> workers = bench.orphans(128);
        for (FakeProcess each : workers) {
            bench.mcp(5000 + each.pid(), each).ignoresTerm();
        }

        List<Reaping> reapings = reap();

        assertThat(reapings).hasSize(128).allSatisfy(it -> assertThat(it.descendants())
                .extracting(below -> below.outcome())
                .containsExactly(Outcome.KILLED));
        assertThat(world.elapsed()).isBetween(Duration.ofSeconds(21), Duration.ofSeconds(22));
    }

    @Test
    void saysOfADeadOneThatItIsDeadAlthoughNothingOfItCanBeRead() throws InterruptedException {
        FakeProcess server = bench.mcp(201, worker).leavesZombie().exitsAfter("1s");
        List<Verdict> due = bench.due("11s");
        world.after("signal 201", 1, server::hidesEnvironment);

        assertThat(Bench.outcomeOf(bench.reap(due), server)).isEqualTo(Outcome.EXITED);
    }
}
