package dev.hermesreaper.agent.reap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.testing.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator asks for a pause before, while and after signals are sent. */
class PausedReaperTest {
    private static final Pause PAUSE = Pause.of("alice", Instant.EPOCH, Instant.EPOCH.plusSeconds(3600));

    private final Bench bench = new Bench();
    private final World world = bench.world;
    private Optional<Pause> pause = Optional.empty();

    PausedReaperTest() {
        bench.restraint = () -> pause;
    }

    private void pause() {
        pause = Optional.of(PAUSE);
    }

    @AfterEach
    void nobodyIsHeldAnyLonger() {
        assertThat(world.held()).isZero();
    }

    @Test
    void signalsNobodyAndDefersAll() throws InterruptedException {
        bench.orphans(3);
        List<Verdict> due = bench.due("11s");
        pause();

        List<Reaping> reapings = bench.reap(due);

        assertThat(world.signals()).isEmpty();
        assertThat(reapings).hasSize(3).allSatisfy(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.DEFERRED);
            assertThat(it.detail()).isEqualTo("paused until 1970-01-01 01:00:00 UTC by alice");
            assertThat(it.signals()).isEmpty();
        });
        assertThat(bench.ledger.lines()).noneMatch(line -> line.startsWith("intends"));
    }

    @Test
    void stopsBetweenTwoVictims() throws InterruptedException {
        bench.orphans(3);
        List<Verdict> due = bench.due("11s");
        world.after("signal 2000", 1, this::pause);

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings)
                .extracting(Reaping::outcome)
                .containsExactly(Outcome.EXITED, Outcome.DEFERRED, Outcome.DEFERRED);
        assertThat(world.signalsTo(2001)).isEmpty();
        assertThat(world.signalsTo(2002)).isEmpty();
    }

    @Test
    void doesNotKillWhatWasAskedToEndBeforeThePause() throws InterruptedException {
        bench.orphan(101).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.after("signal 101", 1, this::pause);

        List<Reaping> reapings = bench.reap(due);

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
        assertThat(reapings.get(0).outcome()).isEqualTo(Outcome.DEFERRED);
        assertThat(reapings.get(0).signals()).containsExactly(Signal.TERM);
    }

    @Test
    void leavesWhatAnEndedWorkerHasStarted() throws InterruptedException {
        world.start(201)
                .runs("/usr/bin/node", "node", "mcp.js")
                .below(bench.orphan(101))
                .startedAgo("119m");
        List<Verdict> due = bench.due("11s");
        world.after("signal 101", 1, this::pause);

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings.get(0).outcome()).isEqualTo(Outcome.EXITED);
        assertThat(reapings.get(0).descendants())
                .extracting(Reaping.Descendant::outcome)
                .containsExactly(Outcome.DEFERRED);
        assertThat(world.signalsTo(201)).isEmpty();
    }

    /** Whom another configuration protects is no victim any more; what a dead one has started is found by nobody later. */
    @Test
    void endsWhatAnEndedWorkerHasStartedAlthoughTheConfigurationHasChanged() throws InterruptedException {
        bench.mcp(201, bench.orphan(101));
        bench.orphan(102);
        List<Verdict> due = bench.due("11s");
        boolean[] changed = {false};
        bench.restraint = new Restraint() {
            @Override
            public Optional<Pause> pause() {
                return Optional.empty();
            }

            @Override
            public Optional<String> why() {
                return changed[0] ? Optional.of("another configuration") : Optional.empty();
            }
        };
        world.after("signal 101", 1, () -> changed[0] = true);

        List<Reaping> reapings = bench.reap(due);

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED, Outcome.DEFERRED);
        assertThat(world.signalsTo(201)).containsExactly(Signal.TERM);
        assertThat(world.signalsTo(102)).isEmpty();
    }

    @Test
    void aDryRunStaysADryRun() throws InterruptedException {
        bench.orphan(101);
        List<Verdict> due = bench.due("11s");
        pause();

        assertThat(bench.reap(due, Optional.of(Outcome.DRY_RUN)))
                .extracting(Reaping::outcome)
                .containsExactly(Outcome.DRY_RUN);
    }
}
