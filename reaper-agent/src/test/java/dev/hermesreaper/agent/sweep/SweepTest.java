package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.config.ReapPolicy.Mode;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Stdin;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.SentSignal;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One pass: when it looks twice, whom it covers, what a dry run shares with it. */
class SweepTest {
    private static final Duration RESOLUTION = Duration.ofMillis(20);

    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);

    @Test
    void looksOnceWhereNothingIsDue() throws InterruptedException {
        world.worker(101).ownedBy(world.dashboard(100));

        SweepResult result = sweeps.sweep();

        assertThat(sweeps.pauses()).isEmpty();
        assertThat(result.took()).isZero();
        assertThat(result.count(Decision.KEEP)).isEqualTo(1);
    }

    @Test
    void looksAgainAfterSettleAndEndsAnOrphanInOnePass() throws InterruptedException {
        world.worker(101).orphanedTo(1);

        SweepResult result = sweeps.sweep();

        assertThat(sweeps.pauses()).containsExactly(Duration.ofSeconds(10).plus(RESOLUTION));
        assertThat(result.count(Outcome.EXITED)).isEqualTo(1);
        assertThat(result.reaped()).isEqualTo(1);
        assertThat(result.reclaimedBytes()).isEqualTo(98L << 20);
    }

    /** Who is due is read in full right before the signal and after it, so that it is known what it has read in between. */
    @Test
    void killsASupersededOneThatHandlesTermAndReadsNothing() throws InterruptedException {
        pair().handlesTerm();
        sweeps.sweep();
        world.elapse("10m");

        sweeps.sweep();

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM, Signal.KILL);
    }

    @Test
    void waitsForNoLongerThanIsNeeded() throws InterruptedException {
        world.worker(101).orphanedTo(1);
        sweeps.dryRun();
        world.worker(102).of("s2").orphanedTo(1);
        world.elapse("1s");

        sweeps.sweep();
        sweeps.sweep();

        assertThat(sweeps.pauses()).hasSize(2);
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactlyInAnyOrder(101, 102);
    }

    @Test
    void looksOnceWhereWhatIsDueNeedsLongerThanSettle() throws InterruptedException {
        pair();

        SweepResult result = sweeps.sweep();

        assertThat(sweeps.pauses()).isEmpty();
        assertThat(result.count(Decision.WAIT)).isEqualTo(1);
    }

    @Test
    void looksAgainAtOnceAtAnOrphanThatHasJustMoved() throws InterruptedException {
        FakeProcess orphan = world.worker(101).orphanedTo(1).ignoresTerm();
        sweeps.judge("orphaned", Action.REPORT);
        sweeps.sweep();
        orphan.moves();

        sweeps.sweep();

        assertThat(sweeps.pauses().get(1)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void endsAnOldWorkerOfASessionOverTwoPasses() throws InterruptedException {
        pair();

        sweeps.sweep();
        world.elapse("10m");
        SweepResult second = sweeps.sweep();

        assertThat(second.count(Outcome.EXITED)).isEqualTo(1);
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
        assertThat(sweeps.ledger().lines()).containsExactly("intends 101 superseded", "records 101 exited");
    }

    @Test
    void inACrisisThreeSecondsReplaceTheTenMinutes() throws InterruptedException {
        pair();

        SweepResult result = sweeps.now();

        assertThat(sweeps.pauses()).containsExactly(Duration.ofSeconds(3).plus(RESOLUTION));
        assertThat(result.count(Outcome.EXITED)).isEqualTo(1);
        assertThat(world.isAlive(world.process(102))).isTrue();
    }

    @Test
    void inACrisisWhatMovesWithinTheSampleIsLeft() throws InterruptedException {
        FakeProcess older = pair();
        world.process(102).moves();
        world.in("1s", older::moves);

        sweeps.now();

        assertThat(world.signals()).isEmpty();
    }

    @Test
    void inACrisisEveryOtherTimeStays() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100).clients(2);
        world.worker(101).ownedBy(dashboard);
        world.worker(102).ownedBy(dashboard).startedAgo("1h");
        world.worker(103).of("s2").ownedBy(dashboard).startedAgo("59s");
        world.worker(104).of("s2").ownedBy(dashboard).startedAgo("50s");
        world.worker(105).of("s3").orphanedTo(1).busy();

        SweepResult result = sweeps.now();

        assertThat(world.signals()).isEmpty();
        assertThat(result.verdicts())
                .extracting(it -> it.process().pid(), Verdict::reason)
                .contains(tuple(101, Reason.IDLING), tuple(103, Reason.TOO_YOUNG), tuple(105, Reason.BUSY));
    }

    @Test
    void inACrisisAnOrphanSettlesAllTheSame() throws InterruptedException {
        world.worker(101).orphanedTo(1);

        sweeps.now();

        assertThat(sweeps.pauses()).containsExactly(Duration.ofSeconds(10).plus(RESOLUTION));
        assertThat(world.signals())
                .extracting(SentSignal::at)
                .containsExactly(Duration.ofSeconds(10).plus(RESOLUTION));
    }

    @Test
    void aDryRunSignalsNobodyAndLaterPassesKnowWhatItSaw() throws InterruptedException {
        pair();
        world.worker(103).of("s3").orphanedTo(1);

        SweepResult dry = sweeps.dryRun();
        world.elapse("10m");
        SweepResult again = sweeps.dryRun();

        assertThat(dry.reapings()).extracting(Reaping::outcome).containsExactly(Outcome.DRY_RUN);
        assertThat(again.reapings()).extracting(Reaping::outcome).containsExactly(Outcome.DRY_RUN, Outcome.DRY_RUN);
        assertThat(world.signals()).isEmpty();

        assertThat(sweeps.sweep().reapings())
                .extracting(Reaping::outcome)
                .containsExactly(Outcome.EXITED, Outcome.EXITED);
    }

    @Test
    void observingTakesEveryDecisionAndSignalsNobody() throws InterruptedException {
        world.worker(101).orphanedTo(1);

        SweepResult result = sweeps.reap("mode", Mode.OBSERVE).sweep();

        assertThat(result.reapings()).extracting(Reaping::outcome).containsExactly(Outcome.OBSERVED);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void coversTheNamedSessionsOnly() throws InterruptedException {
        world.worker(101).of("a").orphanedTo(1);
        world.worker(102).of("b").orphanedTo(1);
        world.worker(103).of("a.").orphanedTo(1);

        SweepResult result = sweeps.sessions("a");

        assertThat(result.verdicts()).extracting(Verdict::sessionKey).containsExactly("a");
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
    }

    @Test
    void coversAnEntryOnlyWithAllTheWorkersBelowIt() throws InterruptedException {
        FakeProcess entry = world.entry(120).stdin(Stdin.Kind.SOCKET);
        world.worker(121).of("a").ownedBy(entry).startedAgo("3h");
        FakeProcess shell = world.start(122).below(entry).startedAgo("959h59m");
        world.worker(123).of("b").pipedFrom(entry).below(shell);

        sweeps.sessions("a");
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(121);

        sweeps.sessions("a", "b");
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(121, 123, 120, 122);
    }

    @Test
    void waitsForNobodyWhomItDoesNotCover() throws InterruptedException {
        world.worker(101).of("b").orphanedTo(1);

        sweeps.sessions("a");

        assertThat(sweeps.pauses()).isEmpty();
    }

    @Test
    void signalsNobodyIfInterruptedWhileItWaits() {
        world.worker(101).orphanedTo(1);
        world.interruptIn("5s");

        assertThatThrownBy(sweeps::sweep).isInstanceOf(InterruptedException.class);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void signalsNobodyIfTheMachineSleptWhileItWaited() throws InterruptedException {
        world.worker(101).orphanedTo(1);
        world.in("5s", () -> world.suspend("8h"));

        SweepResult result = sweeps.sweep();

        assertThat(world.signals()).isEmpty();
        assertThat(result.verdicts()).extracting(Verdict::reason).containsExactly(Reason.SETTLING);
    }

    @Test
    void goesOnWhereItDeferred() throws InterruptedException {
        for (int pid = 201; pid <= 205; pid++) {
            world.worker(pid).of("s" + pid).orphanedTo(1);
        }
        sweeps.reap("maxReapsPerSweep", 3);

        SweepResult first = sweeps.sweep();
        SweepResult second = sweeps.sweep();

        assertThat(first.count(Outcome.DEFERRED)).isEqualTo(2);
        assertThat(first.isLeakLeft()).isTrue();
        assertThat(second.count(Outcome.EXITED)).isEqualTo(2);
        assertThat(second.isLeakLeft()).isFalse();
    }

    @Test
    void leavesANewbornWorkerWhateverItLooksLike() throws InterruptedException {
        world.worker(101).startedAgo("0s").orphanedTo(1);

        SweepResult result = sweeps.sweep();

        assertThat(result.verdicts()).extracting(Verdict::reason).containsExactly(Reason.TOO_YOUNG);
        assertThat(sweeps.pauses()).isEmpty();
    }

    private FakeProcess pair() {
        FakeProcess dashboard = world.dashboard(100);
        FakeProcess older = world.worker(101).ownedBy(dashboard);
        world.worker(102).ownedBy(dashboard).startedAgo("1h");
        return older;
    }
}
