package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedParent;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Is it an orphan? Real processes, real signals. */
@EnabledOnOs(OS.LINUX)
class OrphanIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private Arena arena;

    @BeforeEach
    void open() {
        arena = new Arena();
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void endsAWorkerWhoseGatewayWasKilledAndWhoseStdinAStrangerHolds() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedGateway.Leaked leaked = dashboard.leakedWorker(arena.key("s"), Part.plain());
        dashboard.signal("KILL");
        leaked.worker().awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, leaked.worker()))
                .as(Arena.story(result))
                .contains(Outcome.EXITED);
        assertThat(leaked.worker().awaitGone(SOON)).isTrue();
        assertThat(leaked.holder().awaitGone(Duration.ofMillis(200))).isFalse();
    }

    @Test
    void endsAnOrphanThatASubreaperAdopted() throws InterruptedException {
        StagedParent manager = arena.stage().director().subreaper("systemd", "--user");
        StagedGateway dashboard = manager.dashboard();
        StagedProcess worker =
                dashboard.leakedWorker(arena.key("s"), Part.plain()).worker();
        dashboard.signal("KILL");
        worker.awaitParent(manager.pid(), SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, worker)).as(Arena.story(result)).contains(Outcome.EXITED);
    }

    @Test
    void keepsAWorkerWhoseStdinALiveGatewayHoldsAlthoughASubreaperAdoptedIt() throws InterruptedException {
        StagedParent manager = arena.stage().director().subreaper("tini", "-s");
        StagedGateway dashboard = manager.dashboard();
        StagedProcess worker = dashboard.worker(arena.key("held"), Part.plain().detached());
        worker.awaitParent(manager.pid(), SOON);

        SweepResult result = arena.sweep();
        Verdict verdict = arena.judge(worker);

        assertThat(result.reapings()).isEmpty();
        assertThat(verdict.decision()).isEqualTo(Decision.KEEP);
        assertThat(verdict.reason()).isEqualTo(Reason.OWNED);
        assertThat(worker.standing().isGone()).isFalse();
    }

    @Test
    void killsAnOrphanThatIgnoresSigterm() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard
                .leakedWorker(arena.key("s"), Part.plain().ignoringTerm())
                .worker();
        dashboard.signal("KILL");
        worker.awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, worker)).as(Arena.story(result)).contains(Outcome.KILLED);
        assertThat(result.reapings().get(0).signals()).containsExactly(Signal.TERM, Signal.KILL);
    }

    @Test
    void wakesAStoppedOrphanSoThatItCanExit() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker =
                dashboard.leakedWorker(arena.key("s"), Part.plain()).worker();
        dashboard.signal("KILL");
        worker.awaitParent(1, SOON);
        worker.signal("STOP");
        worker.awaitState("T", SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, worker)).as(Arena.story(result)).contains(Outcome.EXITED);
        assertThat(result.reapings().get(0).signals()).containsExactly(Signal.TERM, Signal.CONT);
    }

    @Test
    void leavesAnOrphanThatFinishesItsCommandUntilItsPatienceIsOver() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker =
                dashboard.worker(arena.key("parked"), Part.plain().ignoringEof());
        dashboard.signal("KILL");
        worker.awaitParent(1, SOON);

        SweepResult patient = arena.sweep();
        SweepResult impatient =
                arena.set("JUDGE_BUSY_PATIENCE", "0s").set("JUDGE_SETTLE", "0s").sweep();

        assertThat(patient.reapings()).isEmpty();
        assertThat(Arena.outcome(impatient, worker)).as(Arena.story(impatient)).contains(Outcome.EXITED);
    }

    @Test
    void endsNobodyInADryRun() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedGateway.Leaked leaked = dashboard.leakedWorker(arena.key("dry"), Part.plain());
        dashboard.signal("KILL");
        leaked.worker().awaitParent(1, SOON);

        SweepResult result = arena.sweep(true, false);

        assertThat(Arena.outcome(result, leaked.worker()))
                .as(Arena.story(result))
                .contains(Outcome.DRY_RUN);
        assertThat(leaked.worker().standing().isGone()).isFalse();
    }
}
