package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.reap.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Something speaks for a worker at the last moment: after it was found leaked and is held, or after its SIGTERM. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondThoughtsIT {

    private final Map<String, StagedProcess> workers = new HashMap<>();
    private Arena arena;
    private RecordedHome home;
    private StagedGateway attended;
    private StagedGateway deserted;
    private SweepResult result;

    @BeforeAll
    void meddleWithTheSecondPass(@TempDir Path directory) throws IOException, InterruptedException {
        arena = new Arena()
                .set("JUDGE_SESSION_GRACE", "1s")
                .set("JUDGE_ABANDONED_IDLE", "1s")
                .set("REAP_TERM_GRACE", "700ms");
        home = new RecordedHome(directory.resolve("home")).does("create()");
        attended = arena.stage().director().dashboard();
        deserted = arena.stage().director().dashboard();
        arena.stage().attach(attended, 9);
        for (String name : List.of("reopened", "claimed", "asked", "closed")) {
            ended(name, arena.part());
        }
        ended("reopened-late", arena.part().ignoringTerm());
        ended("closed-deaf", arena.part().ignoringTerm());
        worker(deserted, "client-came", arena.part());

        arena.sweep();
        assertThat(workers.get("closed").awaitGone(Duration.ofSeconds(4))).isFalse();
        result = arena.onMachine(this::meddledWith).sweep();
    }

    private Host meddledWith(Host real) {
        MeddledHost machine = new MeddledHost(real);
        machine.on("after hold " + pid("reopened"), () -> home.does("reopen('%s')", arena.key("reopened")));
        machine.on(
                "after hold " + pid("claimed"),
                () -> home.does("claim({'%s': %d})", arena.key("claimed"), attended.pid()));
        // The first details after it is held are those of the fresh look, the next are the last question.
        machine.on(
                "after hold " + pid("asked"),
                () -> machine.on(
                        "after details " + pid("asked"),
                        () -> machine.on("before details " + pid("asked"), () -> think(workers.get("asked")))));
        machine.on("after hold " + pid("client-came"), () -> arena.stage().attach(deserted, 1));
        machine.on(
                "after signal " + pid("reopened-late") + " TERM",
                () -> home.does("reopen('%s')", arena.key("reopened-late")));
        return machine.host();
    }

    private static void think(StagedProcess worker) {
        worker.tell("busy", Map.of("seconds", 2));
        while (Arena.isWaitingForInput(worker)) {
            Thread.onSpinWait();
        }
    }

    private long pid(String name) {
        return workers.get(name).pid();
    }

    private void ended(String name, Part part) {
        worker(attended, name, part);
        home.does("session('%s', now(2.3), 'tui_close')", arena.key(name));
    }

    private void worker(StagedGateway gateway, String name, Part part) {
        workers.put(
                name,
                gateway.worker(
                        arena.key(name), part.env("HERMES_HOME", home.path().toString())));
    }

    @AfterAll
    void close() {
        home.close();
        arena.close();
    }

    @Test
    void sparesAWorkerWhoseSessionIsReopenedAfterItWasFoundEnded() {
        assertSparedUntouched("reopened");
    }

    @Test
    void sparesAWorkerWhoseSessionIsClaimedAfterItWasFoundEnded() {
        assertSparedUntouched("claimed");
    }

    @Test
    void sparesAWorkerThatHasJustWokenWithACommandWhenItIsAskedLast() {
        assertSparedUntouched("asked");
        assertThat(Arena.story(result)).contains("it moved right before the signal");
    }

    @Test
    void sparesAWorkerToWhoseDesertedDashboardAClientComes() {
        assertSparedUntouched("client-came");
    }

    @Test
    void doesNotKillAWorkerWhoseSessionIsReopenedAfterItsSigterm() {
        StagedProcess worker = workers.get("reopened-late");

        assertThat(Arena.outcome(result, worker)).as(Arena.story(result)).contains(Outcome.SPARED);
        assertThat(worker.standing().isGone()).isFalse();
        assertThat(arena.signalsTo(worker)).containsExactly(worker.pid() + " TERM");
    }

    /** The control: nothing speaks for these. */
    @Test
    void endsTheOthers() {
        assertThat(Arena.verdict(result, workers.get("closed")).reason()).isEqualTo(Reason.SESSION_ENDED);
        assertThat(Arena.outcome(result, workers.get("closed")))
                .as(Arena.story(result))
                .contains(Outcome.EXITED);
        assertThat(Arena.outcome(result, workers.get("closed-deaf"))).contains(Outcome.KILLED);
    }

    private void assertSparedUntouched(String name) {
        assertThat(Arena.outcome(result, workers.get(name)))
                .as(Arena.story(result))
                .contains(Outcome.SPARED);
        assertThat(arena.isUntouched(workers.get(name))).isTrue();
    }
}
