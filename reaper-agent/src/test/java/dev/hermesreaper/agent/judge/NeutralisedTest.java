package dev.hermesreaper.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.testing.FakeProcess;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every veto and every rule is for: without it, some row of the decision table would come out otherwise. */
class NeutralisedTest {
    private final Scene scene = new Scene();

    @Test
    void withoutZombieADeadWorkerIsNotKnownToBeDead() {
        FakeProcess dead =
                scene.world().worker(101).ownedBy(scene.world().dashboard(100)).zombie();

        assertThat(reasonOf(dead)).isEqualTo(Reason.ZOMBIE);
        scene.without(Reason.ZOMBIE);
        assertThat(reasonOf(dead)).isNotEqualTo(Reason.ZOMBIE);
    }

    @Test
    void withoutForeignNamespaceAWorkerInAContainerIsReaped() throws InterruptedException {
        FakeProcess orphan = VetoRows.orphan(scene, FakeProcess::inOtherPidNamespace);

        assertKeptThenReaped(orphan, () -> scene.jurisdiction("foreignNamespaces", true));
        scene.jurisdiction("foreignNamespaces", false);
        assertKeptThenReaped(orphan, () -> scene.without(Reason.FOREIGN_NAMESPACE));
    }

    @Test
    void withoutNotOursAnotherUsersWorkerIsReaped() throws InterruptedException {
        FakeProcess orphan = VetoRows.orphan(scene, it -> it.uid(1001));

        assertKeptThenReaped(orphan, () -> scene.jurisdiction("everybody", true));
        scene.jurisdiction("everybody", false);
        assertKeptThenReaped(orphan, () -> scene.jurisdiction("uids", Set.of(1001)));
        scene.jurisdiction("uids", Set.of(1000));
        assertKeptThenReaped(orphan, () -> scene.without(Reason.NOT_OURS));
    }

    @Test
    void withoutUnknownWhatCannotBeReadIsReaped() throws InterruptedException {
        FakeProcess orphan = VetoRows.orphan(scene, FakeProcess::hidesExecutable);

        assertKeptThenReaped(orphan, () -> scene.without(Reason.UNKNOWN));
    }

    @Test
    void evenWithoutUnknownAWorkerWhoseOwnerCannotBeToldIsKept() throws InterruptedException {
        scene.world().start(100).runs("/usr/bin/python3", "python3", "x.py").hidesFiles();
        FakeProcess worker = VetoRows.orphan(scene);
        scene.without(Reason.UNKNOWN);

        assertThat(scene.verdict(worker).orElseThrow().decision()).isEqualTo(Decision.KEEP);
    }

    @Test
    void withoutProtectedAProtectedWorkerIsReaped() throws InterruptedException {
        FakeProcess orphan = VetoRows.orphan(scene.jurisdiction("protectedKeys", Set.of("s1")));

        assertKeptThenReaped(orphan, () -> scene.without(Reason.PROTECTED));
    }

    @Test
    void withoutManagedTheMainProcessOfAUnitIsReaped() throws InterruptedException {
        FakeProcess orphan = VetoRows.orphan(scene, it -> it.with("SYSTEMD_EXEC_PID", "101"));

        assertKeptThenReaped(orphan, () -> scene.without(Reason.MANAGED));
    }

    @Test
    void withoutTooYoungAWorkerIsReapedBeforeItsGatewayHoldsItsPipe() throws InterruptedException {
        FakeProcess orphan = VetoRows.orphan(scene, it -> it.startedAgo("1s"));

        assertKeptThenReaped(orphan, () -> scene.policy("minAge", Duration.ZERO));
        scene.policy("minAge", Duration.ofMinutes(1));
        assertKeptThenReaped(orphan, () -> scene.without(Reason.TOO_YOUNG));
    }

    @Test
    void withoutOrphanedAnOrphanIsLeft() throws InterruptedException {
        FakeProcess orphan = VetoRows.orphan(scene);

        assertThat(reasonOf(orphan)).isEqualTo(Reason.ORPHANED);
        scene.policy("orphaned", Action.IGNORE);
        assertThat(scene.verdict(orphan).orElseThrow().decision()).isEqualTo(Decision.KEEP);
    }

    @Test
    void withoutSupersededTheOlderOfTwoIsLeft() throws InterruptedException {
        FakeProcess dashboard = scene.world().dashboard(100);
        FakeProcess older = scene.world().worker(101).ownedBy(dashboard);
        scene.world().worker(102).startedAgo("1h").ownedBy(dashboard);
        scene.watched("10m");

        assertThat(reasonOf(older)).isEqualTo(Reason.SUPERSEDED);
        scene.policy("superseded", Action.IGNORE);
        assertThat(scene.verdict(older).orElseThrow().decision()).isEqualTo(Decision.KEEP);
    }

    @Test
    void withoutSessionEndedTheWorkerOfAnEndedSessionIsLeft() throws InterruptedException {
        FakeProcess worker = RecordRows.idle(scene, it -> it.sessionEnded("tui_close", "40m"));

        assertThat(reasonOf(worker)).isEqualTo(Reason.SESSION_ENDED);
        scene.policy("sessionEnded", Action.IGNORE);
        assertThat(scene.verdict(worker).orElseThrow().decision()).isEqualTo(Decision.KEEP);
    }

    @Test
    void withoutTheTimeSinceItsEndAWorkerIsReapedWhileItsUserMayStillComeBack() throws InterruptedException {
        FakeProcess worker = RecordRows.idle(scene, it -> it.sessionEnded("tui_close", "1m"));

        assertThat(scene.verdict(worker).orElseThrow().decision()).isEqualTo(Decision.WAIT);
        scene.policy("sessionGrace", Duration.ofMinutes(1));
        assertThat(reasonOf(worker)).isEqualTo(Reason.SESSION_ENDED);
    }

    @Test
    void withoutAbandonedTheWorkerOfADashboardNobodyLooksAtIsLeft() throws InterruptedException {
        FakeProcess worker =
                scene.world().worker(101).ownedBy(scene.world().dashboard(100).clients(0));
        scene.watched("1h");

        assertThat(reasonOf(worker)).isEqualTo(Reason.ABANDONED);
        scene.policy("abandoned", Action.IGNORE);
        assertThat(scene.verdict(worker).orElseThrow().decision()).isEqualTo(Decision.KEEP);
    }

    @Test
    void withoutSurplusWorkersBeyondTheClientsAreNotShown() throws InterruptedException {
        FakeProcess dashboard = scene.world().dashboard(100).clients(1);
        FakeProcess older = scene.world().worker(101).of("a").ownedBy(dashboard);
        scene.world().worker(102).of("b").startedAgo("1h").ownedBy(dashboard);
        scene.watched("6h");

        assertThat(reasonOf(older)).isEqualTo(Reason.SURPLUS);
        scene.policy("surplus", Action.IGNORE);
        assertThat(reasonOf(older)).isEqualTo(Reason.OWNED);
    }

    private void assertKeptThenReaped(FakeProcess process, Runnable neutralise) {
        assertThat(scene.verdict(process).orElseThrow().decision()).isEqualTo(Decision.KEEP);
        neutralise.run();
        assertThat(scene.verdict(process).orElseThrow().decision())
                .as(() -> Scene.inFull(scene.verdict(process)))
                .isEqualTo(Decision.REAP);
        scene.without();
    }

    private Reason reasonOf(FakeProcess process) {
        return scene.verdict(process).orElseThrow().reason();
    }
}
