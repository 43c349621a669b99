package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Workers somebody uses, and programs that only mention one: nobody may send them anything. */
@EnabledOnOs(OS.LINUX)
class InUseIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

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
    void keepsTheNewestOfASessionAndTheOneThatWorksAndEndsTheRest() throws InterruptedException, IOException {
        Path signals = Files.createFile(directory.resolve("signals"));
        StagedGateway dashboard = arena.stage().director().dashboard();
        String key = arena.key("s");
        List<StagedProcess> stack = dashboard.workers(List.of(key, key, key, key), Part.plain());
        StagedProcess atWork = dashboard.worker(key, Part.plain().loggingSignals(signals));
        StagedProcess newest = dashboard.worker(key, Part.plain().loggingSignals(signals));
        atWork.tell("nap", Map.of("seconds", 20));

        SweepResult result = arena.sweep(false, true);

        assertThat(stack).allSatisfy(worker -> assertThat(Arena.outcome(result, worker))
                .as(Arena.story(result))
                .contains(Outcome.EXITED));
        assertThat(result.reapings()).hasSize(4);
        assertThat(newest.standing().isGone()).isFalse();
        assertThat(atWork.standing().isGone()).isFalse();
        assertThat(Files.readString(signals)).isEmpty();
    }

    @Test
    void keepsAWorkerOfAnotherUser() throws InterruptedException {
        assumeTrue(OwnUser.uid() == 0, "only root can start a process as another user");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedGateway.Leaked leaked =
                dashboard.leakedWorker(arena.key("s"), Part.plain().user(65534));
        dashboard.signal("KILL");
        leaked.worker().awaitParent(1, SOON);

        SweepResult result = arena.sweep();
        Verdict verdict = arena.judge(leaked.worker());

        assertThat(result.reapings()).isEmpty();
        assertThat(verdict.reason()).isEqualTo(Reason.NOT_OURS);
        assertThat(leaked.worker().standing().isGone()).isFalse();
    }

    @Test
    void doesNotTakeAProgramThatMentionsAWorkerForOne() throws InterruptedException, IOException {
        Path log = Files.createFile(directory.resolve("tui_gateway.slash_worker.log"));
        String key = arena.key("s");
        List<StagedProcess> innocent = List.of(
                arena.stage().director().program("tail", "-f", log.toString()),
                arena.stage().director().program("grep", "tui_gateway.slash_worker", "/dev/zero"),
                arena.stage()
                        .director()
                        .program("bash", "-c", "sleep 60; python3 -m tui_gateway.slash_worker --session-key " + key),
                arena.stage().director().impostor(Part.plain(), "vim", "tui_gateway/slash_worker.py"),
                arena.stage()
                        .director()
                        .program(
                                arena.stage().pythonExecutable().toString(),
                                "-c",
                                "import time; time.sleep(60)",
                                "-m",
                                "tui_gateway.slash_worker",
                                "--session-key",
                                key));

        SweepResult result = arena.sweep(false, true);

        assertThat(result.reapings()).isEmpty();
        assertThat(result.judgement().verdicts()).noneMatch(verdict -> innocent.stream()
                .anyMatch(process -> process.pid() == verdict.process().pid()));
        assertThat(innocent)
                .allSatisfy(process -> assertThat(process.standing().isGone()).isFalse());
    }

    @Test
    void keepsAWorkerThatWasStartedWithTheKeepMark() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedGateway.Leaked leaked =
                dashboard.leakedWorker(arena.key("s"), Part.plain().env("HERMES_REAPER_KEEP", "1"));
        dashboard.signal("KILL");
        leaked.worker().awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(result.reapings()).isEmpty();
        assertThat(arena.judge(leaked.worker()).reason()).isEqualTo(Reason.PROTECTED);
    }

    @Test
    void namesTheNegligentParentOfAZombie() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("s"));
        worker.signal("KILL");
        worker.awaitGone(SOON);

        Verdict verdict = arena.judge(worker);

        assertThat(verdict.reason()).isEqualTo(Reason.ZOMBIE);
        assertThat(verdict.evidence().get(0).value()).contains(Long.toString(dashboard.pid()));
    }
}
