package dev.hermesreaper.agent.reap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.SentSignal;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The machine changes between two questions: a signal must reach the process it was meant for, or nobody. */
class RaceTest {
    private final Bench bench = new Bench();
    private final World world = bench.world;

    @Test
    void pidReusedBeforeItIsHeld() throws InterruptedException {
        bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.worker(101).startedAgo("0s").ownedBy(world.dashboard(100));

        assertUntouched(bench.reap(due), Outcome.IDENTITY_CHANGED);
    }

    @Test
    void pidReusedByASimilarOrphanBeforeItIsHeld() throws InterruptedException {
        bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        bench.orphan(101).startedAgo("1h");

        assertUntouched(bench.reap(due), Outcome.IDENTITY_CHANGED);
    }

    @Test
    void pidReusedAfterItWasHeld() throws InterruptedException {
        bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("hold 101", 1, () -> bench.orphan(101).startedAgo("0s"));

        assertUntouched(bench.reap(due), Outcome.ALREADY_GONE);
    }

    @Test
    void pidReusedRightBeforeTheSignal() throws InterruptedException {
        bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("signal 101", 1, () -> bench.orphan(101).startedAgo("0s"));

        assertUntouched(bench.reap(due), Outcome.ALREADY_GONE);
    }

    @Test
    void pidReusedRightBeforeTheSignalWithoutPidfds() throws InterruptedException {
        world.withoutPidfds();
        bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("signal 101", 1, () -> bench.orphan(101).startedAgo("0s"));

        assertUntouched(bench.reap(due), Outcome.ALREADY_GONE);
    }

    @Test
    void exitsOnItsOwnBeforeTheSignal() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("hold 101", 1, () -> world.exit(orphan));

        List<Reaping> reapings = bench.reap(due);

        assertUntouched(reapings, Outcome.ALREADY_GONE);
        assertThat(reapings.get(0).reclaimedBytes()).isZero();
    }

    @Test
    void pidReusedBetweenTermAndKill() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101).exitsAfter("5s");
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> bench.orphan(101).startedAgo("0s"));

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(world.signals()).extracting(SentSignal::to).containsExactly(orphan);
    }

    @Test
    void pidReusedBetweenTermAndKillWithoutPidfds() throws InterruptedException {
        world.withoutPidfds();
        FakeProcess orphan = bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("10s", () -> bench.orphan(101).startedAgo("1h"));

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(world.signals()).extracting(SentSignal::to).containsExactly(orphan);
    }

    @Test
    void runsAnotherProgramNow() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("hold 101", 1, () -> orphan.runs("/usr/bin/vim", "vim"));

        assertUntouched(bench.reap(due), Outcome.IDENTITY_CHANGED);
    }

    @Test
    void worksForAnotherSessionNow() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("hold 101", 1, () -> orphan.of("another"));

        assertUntouched(bench.reap(due), Outcome.IDENTITY_CHANGED);
    }

    @Test
    void runsAnotherProgramRightAfterTheFreshLook() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.after("details 101", 1, () -> orphan.of("another"));

        assertUntouched(bench.reap(due), Outcome.IDENTITY_CHANGED);
    }

    @Test
    void adoptedByANewGatewayBeforeTheSignal() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        world.dashboard(100).holds(orphan);

        assertUntouched(bench.reap(due), Outcome.SPARED);
    }

    @Test
    void adoptedByANewGatewayDuringTheGrace() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> world.dashboard(100).holds(orphan));

        assertSparedAfterTerm(bench.reap(due));
    }

    @Test
    void protectedDuringTheGrace() throws InterruptedException {
        bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> bench.jurisdiction("protectedKeys", Set.of("s101")));

        List<Reaping> reapings = bench.reap(due);

        assertSparedAfterTerm(reapings);
        assertThat(reapings.get(0).detail()).contains("protected");
    }

    @Test
    void whoOwnsItCannotBeToldAnyMoreAfterTheGrace() throws InterruptedException {
        bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> world.start(100)
                .runs("/usr/bin/python3", "python3", "x.py")
                .hidesFiles());

        assertSparedAfterTerm(bench.reap(due));
    }

    @Test
    void theMachineSleepsDuringTheGrace() throws InterruptedException {
        bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> world.suspend("8h"));

        assertSparedAfterTerm(bench.reap(due));
    }

    @Test
    void aSupersededOneWorksDuringTheGrace() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100);
        FakeProcess older = world.worker(101).ignoresTerm().ownedBy(dashboard);
        world.worker(102).startedAgo("1h").ownedBy(dashboard);
        List<Verdict> due = bench.due("10m");
        world.in("5s", older::busy);

        assertSparedAfterTerm(bench.reap(due));
    }

    @Test
    void theKeeperOfASupersededOneDiesDuringTheGrace() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ignoresTerm().ownedBy(dashboard);
        FakeProcess keeper = world.worker(102).startedAgo("1h").ownedBy(dashboard);
        List<Verdict> due = bench.due("10m");
        world.in("5s", () -> world.exit(keeper));

        assertSparedAfterTerm(bench.reap(due));
    }

    @Test
    void anOrphanThatAnswersTermWithWorkIsKilledAllTheSame() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("1s", orphan::busy);

        assertThat(bench.reap(due)).extracting(Reaping::outcome).containsExactly(Outcome.KILLED);
    }

    @Test
    void anOrphanPastItsPatienceMayMove() throws InterruptedException {
        bench.orphan(101).busy();
        bench.due("3m");

        assertThat(bench.reap(bench.due("3m"))).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
    }

    private void assertUntouched(List<Reaping> reapings, Outcome outcome) {
        assertThat(reapings).extracting(Reaping::outcome).containsExactly(outcome);
        assertThat(world.signals()).isEmpty();
    }

    private void assertSparedAfterTerm(List<Reaping> reapings) {
        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
    }
}
