package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedParent;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whose parent is whose says little: orphans that look adopted, and workers that look orphaned. */
@EnabledOnOs(OS.LINUX)
class AdoptionIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private Arena arena;

    @BeforeEach
    void open() {
        arena = new Arena().set("JUDGE_SETTLE", "200ms");
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void endsOrphansAdoptedBySubreapersOfAnyName() throws InterruptedException {
        List<StagedProcess> orphans = new ArrayList<>();
        for (String[] name :
                new String[][] {{"reapd"}, {"tini", "-s"}, {"conmon", "--cid", "x"}, {"tmux"}, {"/init"}}) {
            StagedParent subreaper = arena.stage().director().subreaper(name);
            StagedGateway dashboard = subreaper.dashboard();
            orphans.add(dashboard
                    .leakedWorker(arena.key(name[0]), arena.part().namingItsParent())
                    .worker());
            dashboard.signal("KILL");
            orphans.get(orphans.size() - 1).awaitParent(subreaper.pid(), SOON);
        }

        SweepResult result = arena.sweep();

        assertThat(orphans).allSatisfy(orphan -> assertThat(Arena.outcome(result, orphan))
                .as(Arena.story(result))
                .contains(Outcome.EXITED));
    }

    @Test
    void takesAGatewayThatNobodyCollectsForADeadOne() throws InterruptedException {
        StagedGateway negligent = arena.stage().director().dashboard();
        StagedGateway dashboard = negligent.dashboard();
        StagedProcess orphan =
                dashboard.leakedWorker(arena.key("s"), arena.part()).worker();
        StagedProcess neighbour = negligent.worker(arena.key("neighbour"), arena.part());
        dashboard.signal("KILL");
        dashboard.awaitState("Z", SOON);
        orphan.awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, orphan)).as(Arena.story(result)).contains(Outcome.EXITED);
        assertThat(arena.isUntouched(neighbour)).isTrue();
    }

    @Test
    void leavesAnOrphanThatItsOwnWatchdogEndsInTimeAndCountsItNowhere() throws InterruptedException {
        arena.set("JUDGE_SETTLE", "8s");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess orphan = dashboard
                .leakedWorker(arena.key("s"), arena.part().watchingItsParent())
                .worker();
        dashboard.signal("KILL");
        orphan.awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(orphan.standing().isGone()).isTrue();
        assertThat(arena.signalsTo(orphan)).isEmpty();
        assertThat(result.reapings()).isEmpty();
        assertThat(result.verdicts()).noneMatch(it -> it.process().pid() == orphan.pid());
    }

    @Test
    void keepsTheOnlyWorkerOfADashboardWithAClientHoweverLongItIsIdle() throws InterruptedException {
        shortenEveryWait();
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("s"), arena.part());
        arena.stage().attach(dashboard, 1);

        assertKept(worker, Reason.OWNED);
    }

    @Test
    void keepsAWorkerAndItsReplacementWhileTheLatterIsYoung() throws InterruptedException {
        shortenEveryWait();
        arena.set("JUDGE_MIN_AGE", "60s");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess draining = dashboard.worker(arena.key("s"), arena.part());
        StagedProcess replacement = dashboard.worker(arena.key("s"), arena.part());

        assertKept(draining, Reason.TOO_YOUNG);
        assertKept(replacement, Reason.TOO_YOUNG);
    }

    @Test
    void keepsTheWorkersOfADashboardThatRunsDetachedBelowInit() throws InterruptedException {
        StagedGateway dashboard =
                arena.stage().director().dashboard(arena.part().detached());
        StagedProcess worker = dashboard.worker(arena.key("s"), arena.part());
        StagedProcess detached =
                dashboard.worker(arena.key("s-detached"), arena.part().detached());
        dashboard.awaitParent(1, SOON);
        detached.awaitParent(1, SOON);

        assertKept(worker, Reason.OWNED);
        assertKept(detached, Reason.OWNED);
        assertThat(arena.isUntouched(dashboard)).isTrue();
    }

    @Test
    void keepsTheWorkersOfADashboardUnderATmuxNobodyIsAttachedTo() throws InterruptedException {
        StagedParent tmux = arena.stage().director().subreaper("tmux", "new-session", "-d", "hermes dashboard");
        StagedGateway dashboard = tmux.dashboard(arena.part().ignoringHangup());
        StagedProcess worker = dashboard.worker(arena.key("s"), arena.part());
        dashboard.signal("HUP");

        assertKept(worker, Reason.OWNED);
        assertThat(dashboard.standing().isGone()).isFalse();
    }

    @Test
    void keepsAWorkerThatSystemdStartedAsAUnitOfItsOwn() throws InterruptedException {
        StagedProcess worker = arena.stage()
                .director()
                .program(
                        arena.part().detached().with("stdin", "pipe"),
                        "sh",
                        "-c",
                        "SYSTEMD_EXEC_PID=$$ exec \"$0\" -m tui_gateway.slash_worker --session-key \"$1\"",
                        arena.stage().pythonExecutable().toString(),
                        arena.key("s"));
        worker.awaitParent(1, SOON);
        while (arena.looks().stream().noneMatch(it -> it.process().pid() == worker.pid())) {
            assertThat(worker.standing().isGone()).isFalse();
        }

        assertKept(worker, Reason.MANAGED);
    }

    @Test
    void keepsAWorkerOfAnotherPidNamespaceUnlessTheOperatorWantsThoseToo() throws InterruptedException {
        assumeTrue(OwnUser.uid() == 0, "only root can start a process in a pid namespace of its own");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard
                .leakedWorker(arena.key("s"), Part.plain().ownPidNamespace())
                .worker();
        dashboard.signal("KILL");

        assertKept(worker, Reason.FOREIGN_NAMESPACE);
        SweepResult wanted = arena.set("REAP_FOREIGN_NAMESPACES", "true").sweep();

        assertThat(Arena.outcome(wanted, worker).orElseThrow())
                .as(Arena.story(wanted))
                .isIn(Outcome.EXITED, Outcome.KILLED);
    }

    @Test
    void takesAFrozenGatewayForALiveOne() throws InterruptedException {
        shortenEveryWait();
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("frozen"), arena.part());
        StagedProcess detached =
                dashboard.worker(arena.key("frozen-detached"), arena.part().detached());
        arena.stage().attach(dashboard, 2);
        dashboard.signal("STOP");
        dashboard.awaitState("T", SOON);

        assertKept(worker, Reason.OWNED);
        assertKept(detached, Reason.OWNED);
    }

    @Test
    void keepsTheWorkersOfAGatewayThatBecomesItselfOnceMore() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("re-exec"), arena.part());
        StagedProcess detached =
                dashboard.worker(arena.key("re-exec-detached"), arena.part().detached());
        dashboard.ask("re-exec", Map.of());
        dashboard.ask("ping", Map.of());

        assertKept(worker, Reason.OWNED);
        assertKept(detached, Reason.OWNED);
    }

    @Test
    void keepsTheWorkersWhosePipesAForkOfTheirDeadGatewayStillHolds() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("fork"), arena.part());
        dashboard.ask("fork", Map.of());
        dashboard.signal("KILL");
        worker.awaitParent(1, SOON);

        assertKept(worker, Reason.OWNED);
    }

    @Test
    void keepsTheWorkersOfAGatewayWhoseMainThreadHasEnded() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("leader"), arena.part());
        dashboard.ask("leader-exit", Map.of());
        dashboard.awaitState("Z", SOON);

        assertKept(worker, Reason.OWNED);
    }

    @Test
    void endsAnOrphanWhosePipeAShellThatOutlivesItsGatewayHolds() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess orphan = dashboard.worker(arena.key("shell"), arena.part());
        dashboard.program(
                Part.plain().ownSession().holdingStdinOf(orphan), "bash", "-c", "while :; do sleep 600; done");
        dashboard.signal("KILL");
        orphan.awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, orphan)).as(Arena.story(result)).contains(Outcome.EXITED);
    }

    @Test
    void keepsAWorkerThatAnUpdateLeftToTheDashboardStartedInItsPlace() throws InterruptedException {
        StagedGateway old = arena.stage().director().dashboard();
        StagedProcess left = old.leakedWorker(arena.key("update"), arena.part()).worker();
        old.signal("KILL");
        left.awaitParent(1, SOON);
        StagedGateway updated = arena.stage().director().dashboard(Part.plain().detached());
        StagedProcess used = updated.worker(arena.key("update"), arena.part());

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, left)).as(Arena.story(result)).contains(Outcome.EXITED);
        assertThat(Arena.verdict(result, left).reason()).isEqualTo(Reason.ORPHANED);
        assertThat(arena.isUntouched(used)).isTrue();
        assertThat(Arena.verdict(result, used).reason()).isEqualTo(Reason.OWNED);
    }

    private void shortenEveryWait() {
        for (String wait : List.of("SUPERSEDED_IDLE", "SUPERSEDED_IDLE_ATTACHED", "ABANDONED_IDLE", "SURPLUS_IDLE")) {
            arena.set("JUDGE_" + wait, "0s");
        }
    }

    /** Two passes, so that it is seen idle as well. */
    private void assertKept(StagedProcess worker, Reason why) throws InterruptedException {
        arena.sweep();
        assertThat(worker.awaitGone(Duration.ofMillis(300))).isFalse();
        SweepResult result = arena.sweep();
        Verdict verdict = Arena.verdict(result, worker);

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(verdict.decision()).as(verdict.toString()).isEqualTo(Decision.KEEP);
        assertThat(verdict.reason()).as(verdict.toString()).isEqualTo(why);
        assertThat(arena.isUntouched(worker))
                .as(() -> arena.signalsTo(worker).toString())
                .isTrue();
    }
}
