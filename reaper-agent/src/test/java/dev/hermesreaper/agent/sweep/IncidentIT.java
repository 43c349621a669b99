package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedParent;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The reported incidents, staged again with real processes. */
@EnabledOnOs(OS.LINUX)
class IncidentIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private Arena arena;

    @BeforeEach
    void open() {
        arena = new Arena();
    }

    @AfterEach
    void close() {
        arena.close();
    }

    /** #21467: 128 workers over five sessions under one live dashboard; the newest of each is in use. */
    @Test
    void leavesFiveOf128WorkersUnderALiveDashboard() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        Map<String, StagedProcess> newest = new LinkedHashMap<>();
        List<StagedProcess> stale = new ArrayList<>();
        Map<String, Integer> sessions = new LinkedHashMap<>();
        sessions.put(arena.key("20260505_104123_c8063a"), 62);
        sessions.put(arena.key("20260506_072606_f58b62"), 30);
        sessions.put(arena.key("20260506_082737_2a52e2"), 29);
        sessions.put(arena.key("20260506_114839_5a88dd"), 4);
        sessions.put(arena.key("20260505_163042_6b92fb"), 3);
        sessions.forEach(
                (key, count) -> stale.addAll(dashboard.workers(Collections.nCopies(count - 1, key), Part.plain())));
        sessions.keySet().forEach(key -> newest.put(key, dashboard.worker(key)));

        SweepResult result = arena.sweep(false, true);

        assertThat(result.reapings()).hasSize(123).allSatisfy(reaping -> {
            assertThat(reaping.outcome()).isEqualTo(Outcome.EXITED);
            assertThat(reaping.verdict().reason()).isEqualTo(Reason.SUPERSEDED);
            assertThat(reaping.verdict().evidence())
                    .anyMatch(evidence -> evidence.key().equals("keeper")
                            && evidence.value()
                                    .equals(Long.toString(
                                            newest.get(reaping.verdict().sessionKey())
                                                    .pid())));
        });
        assertThat(stale)
                .allSatisfy(worker -> assertThat(worker.awaitGone(SOON)).isTrue());
        assertThat(newest.values())
                .allSatisfy(worker -> assertThat(worker.standing().isGone()).isFalse());
        assertThat(dashboard.standing().isGone()).isFalse();
        assertThat(result.reclaimedBytes()).isPositive();
    }

    /**
     * #32377: chats stacked behind a proxy that dropped their connections. Entry dead: its worker, held open by a
     * stranger, is ended. Node still alive: a leak we show and leave.
     */
    @Test
    void endsWorkersOfDeadEntriesAndShowsChatsWhoseNodeLives() throws InterruptedException {
        StagedParent manager = arena.stage().director().subreaper("systemd", "--user");
        StagedGateway dashboard = manager.dashboard();
        StagedGateway.Chain alive = dashboard.chain(Part.plain(), arena.key("node-lives"));
        List<StagedGateway.Chain> dead = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            dead.add(dashboard.chain(Part.plain(), arena.key("chain-" + i)));
        }
        List<StagedProcess> orphans = new ArrayList<>();
        for (StagedGateway.Chain chain : dead) {
            StagedGateway.Leaked leaked = chain.entry()
                    .leakedWorker(arena.key("leaked-" + chain.entry().pid()), Part.plain());
            orphans.add(leaked.worker());
            chain.entry().signal("KILL");
        }
        orphans.forEach(worker -> worker.awaitParent(manager.pid(), SOON));

        arena.set("JUDGE_ABANDONED_IDLE", "1s");
        SweepResult first = arena.sweep();
        StagedProcess looked = alive.workers().get(0);
        assertThat(looked.awaitGone(Duration.ofSeconds(1))).isFalse();
        SweepResult second = arena.sweep();
        Verdict left = second.verdicts().stream()
                .filter(verdict -> verdict.process().pid() == looked.pid())
                .findFirst()
                .orElseThrow();

        assertThat(orphans).allSatisfy(worker -> assertThat(Arena.outcome(first, worker))
                .as(Arena.story(first))
                .contains(Outcome.EXITED));
        assertThat(left.decision()).isEqualTo(Decision.REPORT);
        assertThat(left.reason()).isEqualTo(Reason.ABANDONED);
        assertThat(left.evidence())
                .anyMatch(evidence -> evidence.key().equals("chain")
                        && evidence.value().contains("node " + alive.node().pid()));
        assertThat(looked.standing().isGone()).isFalse();
        assertThat(alive.node().standing().isGone()).isFalse();
        assertThat(dashboard.standing().isGone()).isFalse();
    }

    /** #32377: the entry hangs, deaf, with its workers' pipes open, and its node is gone: both are ended. */
    @Test
    void endsAHungEntryWhoseNodeIsGoneTogetherWithItsWorker() throws InterruptedException {
        StagedParent manager = arena.stage().director().subreaper("tini", "-s");
        StagedGateway dashboard = manager.dashboard();
        StagedGateway.Chain chain = dashboard.chain(Part.plain().hanging().ignoringHangup(), arena.key("hung"));
        StagedProcess worker = chain.workers().get(0);
        chain.node().signal("KILL");
        chain.entry().awaitParent(manager.pid(), SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, chain.entry())).as(Arena.story(result)).contains(Outcome.EXITED);
        assertThat(Arena.outcome(result, worker)).as(Arena.story(result)).contains(Outcome.EXITED);
        assertThat(worker.awaitGone(SOON)).isTrue();
        assertThat(dashboard.standing().isGone()).isFalse();
    }

    /** #24775: 75 orphans, long after their sessions. */
    @Test
    void ends75Orphans() throws InterruptedException {
        StagedParent manager = arena.stage().director().subreaper("launchd-like");
        StagedGateway dashboard = manager.dashboard();
        StagedGateway neighbour = manager.dashboard();
        StagedProcess used = neighbour.worker(arena.key("used"));
        List<StagedProcess> orphans = new ArrayList<>();
        for (int i = 0; i < 75; i++) {
            orphans.add(dashboard
                    .leakedWorker(arena.key("orphan-" + i), Part.plain())
                    .worker());
        }
        dashboard.signal("KILL");
        orphans.forEach(worker -> worker.awaitParent(manager.pid(), SOON));

        SweepResult result = arena.sweep();

        assertThat(result.count(Outcome.EXITED)).as(Arena.story(result)).isEqualTo(75);
        assertThat(orphans)
                .allSatisfy(worker -> assertThat(worker.awaitGone(SOON)).isTrue());
        assertThat(used.standing().isGone()).isFalse();
    }
}
