package dev.hermesreaper.agent.reap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.MemoryLedger;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker does something after the fresh look that found it idle, and before the signal. */
class LastQuestionTest {
    private final Bench bench = new Bench();
    private final World world = bench.world;

    @Test
    void movesRightAfterTheFreshLook() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("details 101", 1, orphan::moves);

        assertSpared(bench.reap(due));
    }

    /** A switch is counted when a thread goes to sleep, and this one woke: none of its counters has moved yet. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void takesACommandRightAfterItWasLookedAt(int times) throws InterruptedException {
        FakeProcess older = bench.superseded();
        List<Verdict> due = bench.due("10m");
        world.after("details 101", times, older::sleepsElsewhere);

        assertSpared(bench.reap(due));
    }

    /** What comes to its input from then on moves nothing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isFrozenRightAfterItWasLookedAt(int times) throws InterruptedException {
        FakeProcess older = bench.superseded();
        List<Verdict> due = bench.due("10m");
        world.after("details 101", times, () -> older.frozen(true));

        assertSpared(bench.reap(due));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isStoppedRightAfterItWasLookedAt(int times) throws InterruptedException {
        FakeProcess older = bench.superseded();
        List<Verdict> due = bench.due("10m");
        world.after("details 101", times, () -> older.state('T'));

        assertSpared(bench.reap(due));
    }

    /** Another thread than the one that serves commands. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void startsSomethingRightAfterItWasLookedAt(int times) throws InterruptedException {
        FakeProcess older = bench.superseded();
        List<Verdict> due = bench.due("10m");
        world.after("details 101", times, () -> world.start(300)
                .runs("/usr/bin/git", "git", "gc")
                .below(older)
                .startedAgo("0s"));

        assertSpared(bench.reap(due));
    }

    /** What has come and gone meanwhile is nobody's command, and what the look has missed is no news. */
    @ParameterizedTest
    @ValueSource(strings = {"dead", "old"})
    void isNotSparedForAChildThatSaysNothing(String which) throws InterruptedException {
        FakeProcess older = bench.superseded();
        List<Verdict> due = bench.due("10m");
        world.after("details 101", 1, () -> {
            FakeProcess child = world.start(300)
                    .runs("/usr/bin/git", "git", "gc")
                    .below(older)
                    .startedAgo(which.equals("old") ? "1m" : "0s");
            if (which.equals("dead")) {
                child.state('Z');
            }
        });

        assertThat(bench.reap(due)).singleElement().satisfies(it -> assertThat(it.outcome())
                .isEqualTo(Outcome.EXITED));
    }

    /** The pause is looked for before the ledger is written, and once more. */
    @Test
    void takesACommandWhileAPauseIsLookedFor() throws InterruptedException {
        FakeProcess older = bench.superseded();
        List<Verdict> due = bench.due("10m");
        AtomicInteger asked = new AtomicInteger();
        bench.restraint = () -> {
            if (asked.incrementAndGet() == 2) {
                older.sleepsElsewhere();
            }
            return Optional.empty();
        };

        assertSpared(bench.reap(due));
    }

    @Test
    void theLookGrowsOldWhileTheLedgerIsWritten() throws InterruptedException {
        bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        MemoryLedger slow = new MemoryLedger() {
            @Override
            public void intends(Verdict verdict) {
                super.intends(verdict);
                world.stopReaper("31s");
            }
        };

        assertSpared(bench.reap(due, Optional.empty(), slow));
    }

    @Test
    void movesWhileItsDescendantsAreCollected() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("children 101", 2, orphan::moves);

        assertSpared(bench.reap(due));
    }

    @Test
    void movesWhileTheLedgerIsWritten() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        MemoryLedger slow = new MemoryLedger() {
            @Override
            public void intends(Verdict verdict) {
                super.intends(verdict);
                orphan.moves();
            }
        };

        assertSpared(bench.reap(due, Optional.empty(), slow));
        assertThat(slow.lines()).containsExactly("intends 101 orphaned", "records 101 spared");
    }

    /** It is looked at before the grace, asked twice before its SIGTERM, and looked at once more after the grace. */
    @Test
    void aSupersededOneTakesACommandRightBeforeItsKill() throws InterruptedException {
        FakeProcess older = bench.superseded().ignoresTerm();
        List<Verdict> due = bench.due("10m");
        world.after("details 101", 4, older::sleepsElsewhere);

        assertThat(bench.reap(due)).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
    }

    private void assertSpared(List<Reaping> reapings) {
        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(world.signals()).isEmpty();
    }
}
