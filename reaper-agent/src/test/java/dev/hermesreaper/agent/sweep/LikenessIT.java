package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.reap.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Is it the right program? Workers that do not look like one, and others that do. */
@EnabledOnOs(OS.LINUX)
class LikenessIT {

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

    private StagedProcess orphan(String name, Part part, Consumer<StagedProcess> before) {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess orphan = dashboard.leakedWorker(arena.key(name), part).worker();
        before.accept(orphan);
        dashboard.signal("KILL");
        orphan.awaitParent(1, SOON);
        return orphan;
    }

    @Test
    void keepsAnOrphanThatHasOverwrittenItsWordsAndItsEnvironment() throws InterruptedException {
        StagedProcess emptied =
                orphan("emptied", arena.part(), it -> it.ask("title", Map.of("hex", "", "environment", true)));
        StagedProcess titled = orphan(
                "titled", arena.part(), it -> it.ask("title", Map.of("hex", hex("hermes: idle"), "environment", true)));

        SweepResult result = arena.sweep();

        assertThat(result.reapings()).isEmpty();
        assertThat(arena.isUntouched(emptied)).isTrue();
        assertThat(arena.isUntouched(titled)).isTrue();
    }

    @Test
    void keepsAnOrphanWhoseEnvironmentWasZeroedSinceItMayHaveSaidKeepMe() throws InterruptedException {
        StagedProcess orphan = orphan(
                "zeroed",
                arena.part().env("HERMES_REAPER_KEEP", "1"),
                it -> it.ask("title", Map.of("hex", words(it), "environment", true)));

        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(Arena.verdict(result, orphan).reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(arena.isUntouched(orphan)).isTrue();
    }

    private static String words(StagedProcess process) {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void stillKnowsWorkersAndGatewaysWhoseInterpreterAnUpdateRemoved() throws InterruptedException {
        StagedProcess orphan = orphan("s", arena.part().deletedInterpreter(), it -> {});
        Part replaced = Part.plain()
                .deletedInterpreter()
                .env("STANDIN_PYTHON", arena.stage().pythonExecutable().toString());
        StagedGateway updated = arena.stage().director().module(replaced, "hermes_cli.main", "serve", "--port", "0");
        StagedProcess owned = updated.worker(arena.key("s-owned"), arena.part().detached());
        owned.awaitParent(1, SOON);

        SweepResult result = arena.sweep();

        assertThat(Arena.outcome(result, orphan)).as(Arena.story(result)).contains(Outcome.EXITED);
        assertThat(Arena.verdict(result, owned).reason()).isEqualTo(Reason.OWNED);
        assertThat(arena.isUntouched(owned)).isTrue();
    }

    @Test
    void takesWhatAGatewayForksForNothingUntilItHasBecomeSomething() throws InterruptedException {
        arena.set("JUDGE_SUPERSEDED_IDLE", "0s").set("JUDGE_SUPERSEDED_IDLE_ATTACHED", "0s");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("s"), arena.part());
        long likeGateway = dashboard
                .ask("fork-before-exec", Map.of("seconds", 60))
                .get("pid")
                .getAsLong();
        long likeWorker =
                worker.ask("fork-before-exec", Map.of("seconds", 60)).get("pid").getAsLong();

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(result.judgement().verdicts()).noneMatch(it -> it.process().pid() == likeWorker);
        assertThat(arena.stage().livePids()).contains(likeGateway, likeWorker);
        assertThat(arena.isUntouched(worker)).isTrue();
    }

    @Test
    void takesChildrenThatWearTheWordsOfAWorkerForItsOwn() throws InterruptedException {
        arena.set("JUDGE_SUPERSEDED_IDLE", "0s").set("JUDGE_SUPERSEDED_IDLE_ATTACHED", "0s");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("s"), arena.part());
        List<Long> children = List.of(fork(worker), fork(worker), fork(worker));

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(Arena.verdict(result, worker).reason()).isEqualTo(Reason.OWNED);
        assertThat(result.judgement().verdicts())
                .noneMatch(it -> children.contains((long) it.process().pid()));
        assertThat(arena.stage().livePids()).containsAll(children);
        assertThat(arena.isUntouched(worker)).isTrue();
    }

    private static long fork(StagedProcess worker) {
        return worker.ask("fork", Map.of()).get("pid").getAsLong();
    }

    @Test
    void takesASessionKeyForWhatItSaysAndNotForAPattern() throws InterruptedException {
        arena.set("JUDGE_SUPERSEDED_IDLE", "0s");
        StagedGateway dashboard = arena.stage().director().dashboard();
        List<String> keys = List.of(
                arena.key(".*"), arena.key("a.b"), arena.key("aab"), arena.key("(x|y)[z]+$"), arena.key("--model"));
        List<StagedProcess> alone = keys.stream()
                .map(key -> dashboard.worker(key, arena.part().equalsForm()))
                .toList();
        StagedProcess older =
                dashboard.worker(arena.key("^two\\d?$"), arena.part().equalsForm());
        StagedProcess newer = dashboard.worker(arena.key("^two\\d?$"), arena.part());

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(alone).allSatisfy(it -> {
            assertThat(Arena.verdict(result, it).reason()).isEqualTo(Reason.OWNED);
            assertThat(arena.isUntouched(it)).isTrue();
        });
        assertThat(older.awaitGone(SOON)).isTrue();
        assertThat(arena.isUntouched(newer)).isTrue();
    }

    @Test
    void keepsAnOrphanThatNamesNoSession() {
        ThisMachine.assumeProc("OSHI drops an empty word");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess orphan = dashboard.leakedWorker("", arena.part()).worker();
        dashboard.signal("KILL");
        orphan.awaitParent(1, SOON);

        assertThat(arena.judge(orphan).reason()).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void doesNotTakeAnAgentWhosePromptQuotesAWorkerForOne() throws InterruptedException {
        StagedProcess agent = arena.stage()
                .director()
                .program(
                        arena.stage().pythonExecutable().toString(),
                        "-c",
                        "import time; time.sleep(60)",
                        "chat",
                        "-q",
                        "end all python3 -m tui_gateway.slash_worker --session-key " + arena.key("quoted"));

        SweepResult result = arena.sweep(false, true);

        assertThat(result.judgement().verdicts()).noneMatch(it -> it.process().pid() == agent.pid());
        assertThat(agent.standing().isGone()).isFalse();
    }

    /** A dashboard renames itself where {@code setproctitle} is installed; so does a terminal, which listens nowhere. */
    @Test
    void doesNotCountTheClientsOfWhatIsTitledHermesAndListensNowhere() throws InterruptedException {
        ThisMachine.assumeProc("OSHI sees other words in a title");
        arena.set("JUDGE_ABANDONED_IDLE", "0s").set("JUDGE_SURPLUS_IDLE", "0s");
        StagedGateway terminal = arena.stage().director().hermes(Part.plain(), "--tui");
        StagedProcess worker = terminal.worker(arena.key("titled"), arena.part());
        terminal.ask("title", Map.of("hex", hex("hermes"), "environment", true));

        arena.sweep();
        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(Arena.verdict(result, worker).reason()).isEqualTo(Reason.OWNED);
        assertThat(Arena.verdict(result, worker).gates())
                .anyMatch(
                        gate -> gate.name().equals("abandoned") && gate.detail().contains("it listens nowhere"));
        assertThat(arena.isUntouched(worker)).isTrue();
    }

    @Test
    void keepsADashboardsWorkersOnceItHasRenamedItself() throws InterruptedException {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.worker(arena.key("renamed"), arena.part());
        StagedProcess detached =
                dashboard.worker(arena.key("renamed-detached"), arena.part().detached());
        dashboard.ask("title", Map.of("hex", hex("hermes"), "environment", true));
        arena.stage().attach(dashboard, 1);

        SweepResult result = arena.sweep();

        assertThat(result.reapings()).as(Arena.story(result)).isEmpty();
        assertThat(List.of(worker, detached)).allSatisfy(it -> {
            assertThat(Arena.verdict(result, it).reason()).isEqualTo(Reason.OWNED);
            assertThat(arena.isUntouched(it)).isTrue();
        });
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
