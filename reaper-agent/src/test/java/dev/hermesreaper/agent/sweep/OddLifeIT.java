package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.reap.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Workers that live as nobody planned: each could be taken for one that another replaced. */
@EnabledOnOs(OS.LINUX)
class OddLifeIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private Arena arena;

    @BeforeEach
    void open() {
        arena = new Arena()
                .set("JUDGE_SETTLE", "500ms")
                .set("JUDGE_SUPERSEDED_IDLE", "250ms")
                .set("JUDGE_SUPERSEDED_IDLE_ATTACHED", "250ms");
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void keepsOneWorkerForEachOfTwoDashboardsThatShareAHomeAndASession() throws InterruptedException {
        String key = arena.key("shared");
        StagedGateway one = arena.stage().director().dashboard();
        StagedGateway other = arena.stage().director().dashboard();
        StagedProcess replaced = one.worker(key, arena.part());
        StagedProcess ofOne = one.worker(key, arena.part());
        StagedProcess ofOther = other.worker(key, arena.part());

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(replaced.awaitGone(SOON)).as(Arena.story(result)).isTrue();
        assertThat(List.of(ofOne, ofOther)).allMatch(arena::isUntouched);
    }

    @Test
    void keepsAReplacedWorkerThatIsStoppedSinceWhatItWasDoingCannotBeTold() throws InterruptedException {
        String key = arena.key("stopped");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess stopped = dashboard.worker(key, arena.part());
        StagedProcess newest = dashboard.worker(key, arena.part());
        stopped.tell("nap", Map.of("seconds", 60));
        while (Arena.isWaitingForInput(stopped)) {
            Thread.onSpinWait();
        }
        stopped.signal("STOP");
        stopped.awaitState("T", SOON);

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(Arena.verdict(result, stopped).decision()).isEqualTo(Decision.KEEP);
        assertThat(arena.isUntouched(stopped)).isTrue();
        assertThat(arena.isUntouched(newest)).isTrue();
    }

    @Test
    void keepsAReplacedWorkerOneOfWhoseOtherThreadsWorks() throws InterruptedException {
        String key = arena.key("thread");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess working = dashboard.worker(key, arena.part());
        StagedProcess newest = dashboard.worker(key, arena.part());
        working.ask("thread-busy", Map.of("seconds", 30));

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(Arena.verdict(result, working).decision()).isEqualTo(Decision.KEEP);
        assertThat(arena.isUntouched(working)).isTrue();
        assertThat(arena.isUntouched(newest)).isTrue();
    }

    @Test
    void findsTheOwnerAtTheOtherEndOfASocketPairWhoeverTheParentIs() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess owned = dashboard.worker(
                arena.key("socket"), arena.part().stdin(Part.Stdin.SOCKETPAIR).detached());
        StagedGateway other = arena.stage().director().dashboard();
        StagedProcess orphan = other.leakedWorker(
                        arena.key("socket-orphan"), arena.part().stdin(Part.Stdin.SOCKETPAIR))
                .worker();
        other.signal("KILL");
        orphan.awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, orphan)).as(Arena.story(result)).contains(Outcome.EXITED);
        assertThat(Arena.verdict(result, owned).reason()).isEqualTo(Reason.OWNED);
        assertThat(arena.isUntouched(owned)).isTrue();
    }

    @Test
    void keepsThoseOfAChatWhoseNodeIsFrozen() throws InterruptedException {
        arena.set("JUDGE_ABANDONED_IDLE", "250ms");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedGateway.Chain chat = dashboard.chain(Part.plain(), arena.key("chat"));
        arena.stage().attach(dashboard, 1);
        chat.node().signal("STOP");
        chat.node().awaitState("T", SOON);

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(chat.workers()).allMatch(it -> !it.standing().isGone());
        assertThat(chat.entry().standing().isGone()).isFalse();
    }
}
