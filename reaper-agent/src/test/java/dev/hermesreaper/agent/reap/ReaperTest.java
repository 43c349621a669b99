package dev.hermesreaper.agent.reap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.config.ReapPolicy.WithoutPidfd;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.MemoryLedger;
import dev.hermesreaper.agent.testing.Records;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signals, graces and outcomes where nothing unforeseen happens. */
class ReaperTest {
    private final Bench bench = new Bench();
    private final World world = bench.world;

    @AfterEach
    void nobodyIsHeldAnyLonger() {
        assertThat(world.held()).isZero();
    }

    @Test
    void endsAnOrphanWithOneSignal() throws InterruptedException {
        bench.orphan(101);

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(reapings.get(0).signals()).containsExactly(Signal.TERM);
        assertThat(reapings.get(0).took()).isEqualTo(Duration.ofMillis(20));
        assertThat(reapings.get(0).reclaimedBytes()).isEqualTo(98L << 20);
        assertThat(bench.ledger.lines()).containsExactly("intends 101 orphaned", "records 101 exited");
    }

    @Test
    void killsAfterTheGraceWhatIgnoresTerm() throws InterruptedException {
        bench.orphan(101).ignoresTerm();

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.KILLED);
        assertThat(reapings.get(0).took()).isEqualTo(Duration.ofSeconds(10));
        assertThat(world.signals())
                .extracting(it -> it.at())
                .containsExactly(Duration.ofSeconds(11), Duration.ofSeconds(21));
    }

    @Test
    void leavesAWorkerTheTimeItNeedsToEnd() throws InterruptedException {
        bench.orphan(101).exitsAfter("4s");

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(reapings.get(0).took()).isEqualTo(Duration.ofSeconds(4));
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
    }

    @Test
    void ends128ThatIgnoreTermInOneGrace() throws InterruptedException {
        bench.orphans(128).forEach(FakeProcess::ignoresTerm);

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).hasSize(128).extracting(Reaping::outcome).containsOnly(Outcome.KILLED);
        assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(21));
    }

    @Test
    void oneUnkillableDelaysNobody() throws InterruptedException {
        List<FakeProcess> orphans = bench.orphans(20);
        orphans.get(7).unkillable();

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings)
                .filteredOn(it -> it.outcome() == Outcome.EXITED)
                .hasSize(19)
                .allSatisfy(it -> assertThat(it.took()).isEqualTo(Duration.ofMillis(20)));
        assertThat(reapings.get(7).outcome()).isEqualTo(Outcome.SURVIVED);
        assertThat(reapings.get(7).took()).isEqualTo(Duration.ofSeconds(15));
        assertThat(reapings.get(7).reclaimedBytes()).isZero();
    }

    @Test
    void continuesWhatIsStopped() throws InterruptedException {
        bench.orphan(101).stopped();

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM, Signal.CONT);
    }

    @Test
    void killsAStoppedOneThatIgnoresTerm() throws InterruptedException {
        bench.orphan(101).stopped().ignoresTerm();

        bench.reap(bench.due("11s"));

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM, Signal.CONT, Signal.KILL);
    }

    @Test
    void saysWhatItMayNotSignalAndGoesOn() throws InterruptedException {
        bench.orphan(101).refusesSignals();
        bench.orphan(102);

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.NOT_PERMITTED, Outcome.EXITED);
        assertThat(world.signalsTo(101)).isEmpty();
    }

    /** Those come first, being the oldest: they must not use up what a sweep may do. */
    @Test
    void putsOffWhoCouldNotBeEndedAndEndsTheOthersInstead() throws InterruptedException {
        bench.orphan(101).startedAgo("9h");
        bench.orphan(102);
        bench.policy("maxReapsPerSweep", 1);
        MemoryLedger book = new MemoryLedger() {
            @Override
            public Optional<String> putsOff(ProcessIdentity process) {
                return process.pid() == 101 ? Optional.of("survived once so far") : Optional.empty();
            }
        };

        List<Reaping> reapings = bench.reap(bench.due("11s"), Optional.empty(), book);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.DEFERRED, Outcome.EXITED);
        assertThat(reapings.get(0).detail()).isEqualTo("survived once so far");
        assertThat(book.lines()).containsExactly("intends 102 orphaned", "records 102 exited");
        assertThat(world.signalsTo(101)).isEmpty();
    }

    @Test
    void countsAZombieAsGone() throws InterruptedException {
        bench.orphan(101).leavesZombie();

        assertThat(bench.reap(bench.due("11s"))).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
    }

    @Test
    void defersWhatIsTooMuchForOneSweep() throws InterruptedException {
        bench.orphans(5);
        bench.policy("maxReapsPerSweep", 2);

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings)
                .extracting(Reaping::outcome)
                .containsExactly(Outcome.EXITED, Outcome.EXITED, Outcome.DEFERRED, Outcome.DEFERRED, Outcome.DEFERRED);
        assertThat(world.signals()).hasSize(2);
    }

    @Test
    void defersWhatItCannotHold() throws InterruptedException {
        bench.orphans(5);
        List<Verdict> due = bench.due("11s");
        world.holdsAtMost(3);

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings)
                .extracting(Reaping::outcome)
                .containsExactly(Outcome.EXITED, Outcome.EXITED, Outcome.EXITED, Outcome.DEFERRED, Outcome.DEFERRED);
        assertThat(reapings.get(3).detail()).contains("too many open files");
    }

    @Test
    void aDryRunTakesEveryStepButTheSignal() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101);
        world.start(102).runs("/usr/bin/node", "mcp").below(orphan).startedAgo("2h");
        bench.orphan(103);
        List<Verdict> due = bench.due("11s");
        world.after("details 103", 1, () -> world.process(103).moves());

        List<Reaping> reapings = bench.reap(due, Optional.of(Outcome.DRY_RUN));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.DRY_RUN, Outcome.SPARED);
        assertThat(reapings.get(0).descendants()).extracting(it -> it.outcome()).containsExactly(Outcome.DRY_RUN);
        assertThat(world.signals()).isEmpty();
        assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(11));
        assertThat(bench.ledger.lines()).containsExactly("records 101 dry-run", "records 103 spared");
    }

    @Test
    void observingSignalsNobody() throws InterruptedException {
        bench.orphan(101);

        assertThat(bench.reap(bench.due("11s"), Optional.of(Outcome.OBSERVED)))
                .extracting(Reaping::outcome)
                .containsExactly(Outcome.OBSERVED);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void withoutPidfdsSignalsWhatItHasLookedAtAgain() throws InterruptedException {
        world.withoutPidfds();
        bench.orphan(101).ignoresTerm();

        assertThat(bench.reap(bench.due("11s"))).extracting(Reaping::outcome).containsExactly(Outcome.KILLED);
    }

    @Test
    void withoutPidfdsRefusesIfToldTo() throws InterruptedException {
        world.withoutPidfds();
        bench.orphan(101);
        bench.policy("withoutPidfd", WithoutPidfd.REFUSE);

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.DEFERRED);
        assertThat(reapings.get(0).detail()).contains("without_pidfd");
        assertThat(world.signals()).isEmpty();
    }

    /** As where this program runs out of descriptors: its pidfd says that it lives, and nothing else can be told. */
    @Test
    void callsNobodyGoneWhoCannotBeReadAnyMore() throws InterruptedException {
        FakeProcess orphan = bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", orphan::hidden);

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(reapings.get(0).reclaimedBytes()).isZero();
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
    }

    @Test
    void sparesWhatItWasStartedFrom() throws InterruptedException {
        FakeProcess orphan = bench.orphan(700);
        world.process(World.SHELL).below(orphan).startedAgo("119m");

        List<Reaping> reapings = bench.reap(bench.due("11s"));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void neverTouchesPidOne() throws InterruptedException {
        bench.orphan(101);
        Verdict forged = Records.with(
                bench.due("11s").get(0), "process", world.process(1).entry());

        List<Reaping> reapings = bench.reap(List.of(forged));

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void anInterruptEndsThePassAndWhatIsKnownIsRecorded() throws InterruptedException {
        bench.orphan(101).ignoresTerm();
        bench.orphan(102);
        List<Verdict> due = bench.due("11s");
        world.interruptIn("5s");

        assertThatThrownBy(() -> bench.reap(due)).isInstanceOf(InterruptedException.class);

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
        assertThat(bench.ledger.lines())
                .containsExactly(
                        "intends 101 orphaned", "intends 102 orphaned", "records 102 exited", "records 101 spared");
    }

    static List<RuntimeException> failures() {
        return List.of(new HostException("cannot read /proc"), new UnsupportedOperationException("a defect"));
    }

    /** And leaves a line about whoever was signalled. */
    @ParameterizedTest
    @MethodSource("failures")
    void killsNobodyIfTheMachineCannotBeReadAnyMore(RuntimeException failure) throws InterruptedException {
        bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.after("table", 2, () -> {
            throw failure;
        });

        assertThatThrownBy(() -> bench.reap(due)).isSameAs(failure);

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
        assertThat(bench.ledger.lines()).containsExactly("intends 101 orphaned", "records 101 spared");
    }
}
