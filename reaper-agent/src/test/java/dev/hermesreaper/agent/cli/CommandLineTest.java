package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One table: what is typed, how it ends, what is said. Nothing here observes or signals anything. */
class CommandLineTest {

    @TempDir
    private Path directory;

    private CommandRun run(String... words) {
        return CommandRun.of(directory, Map.of(), words);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("", "no command given"),
                mistake("frobnicate", "unknown command frobnicate"),
                mistake("swep", "did you mean sweep?"),
                mistake("sweep --dryrun", "unknown option --dryrun; did you mean --dry-run?"),
                mistake("report extra", "unexpected word extra"),
                mistake("report --format xml", "--format: found \"xml\", expected one of text, json, html, prometheus"),
                mistake("sweep --settle tomorrow", "--settle: found \"tomorrow\", expected a duration"),
                mistake("sweep --settle 5", "write \"5s\" for seconds"),
                mistake("sweep --settle -5s", "--settle"),
                mistake("sweep --term-grace 2h", "--term-grace"),
                mistake("sweep --max-reaps 0", "--max-reaps: found \"0\", expected an integer from 1"),
                mistake("sweep --max-reaps many", "--max-reaps"),
                mistake("sweep --reason boredom", "expected one of orphaned, session-ended, superseded"),
                mistake("sweep --session", "--session"),
                mistake("explain", "PID"),
                mistake("explain abc", "PID: found \"abc\", expected a pid"),
                mistake("explain 0", "expected a pid"),
                mistake("explain -1", "expected a pid"),
                mistake("explain 99999999999999", "expected a pid"),
                mistake("explain 1 2", "unexpected word 2"),
                mistake("report --since yesterday", "--since: found \"yesterday\", expected a duration such as"),
                mistake(
                        "--state-dir /proc/nowhere report --format html --output /proc/nowhere/page.html",
                        "cannot write /proc/nowhere/page.html"),
                mistake("history --since", "--since"),
                mistake("history --since yesterday", "--since: found \"yesterday\", expected a duration such as"),
                mistake("history --since -7d", "has a sign"),
                mistake("history --format xml", "--format: found \"xml\", expected one of text, json"),
                mistake("histroy", "did you mean history?"),
                mistake("history extra", "unexpected word extra"),
                mistake("pause", "say for how long, e.g. hermes-reaper pause 1h"),
                mistake("pause soon", "D: found \"soon\", expected a duration such as \"1h\""),
                mistake("pause 5", "write \"5s\" for seconds"),
                mistake("pause 0s", "expected more than no time"),
                mistake("pause -1h", "unknown option -1h"),
                mistake("pause 1h 2h", "unexpected word 2h"),
                mistake("pause 99999d", "is longer than"),
                mistake("pause 1h --state-dir /proc/nowhere", "not paused: nothing is kept in /proc/nowhere"),
                mistake("status --format xml", "--format: found \"xml\", expected one of text, json"),
                mistake("statsu", "did you mean status?"),
                mistake("watch", "this is no terminal to watch on; for a pipe or a file: hermes-reaper report"),
                mistake("watch --interval soon", "--interval: found \"soon\", expected a duration such as"),
                mistake("watch --interval 1ms", "expected a duration from 200ms to 1h"),
                mistake("resume now", "unexpected word now"),
                mistake("config", "config show, config check or config init"),
                mistake("config shw", "did you mean show?"),
                mistake("--source x report", "--source: found \"x\", expected one of"),
                mistake("--color maybe report", "--color: found \"maybe\", expected one of auto, always, never"),
                mistake(
                        "--state-dir /proc/nowhere report --output /proc/nowhere/file",
                        "cannot write /proc/nowhere/file: its directory is not there; name a file in a directory"),
                mistake("report --output ", "--output: found \"\", expected a path"),
                mistake("--state-dir  report", "--state-dir: found \"\", expected a path"),
                mistake(
                        "config init /proc/nowhere/file",
                        "cannot write /proc/nowhere/file: its directory is not there"));
    }

    private static Arguments mistake(String words, String said) {
        return Arguments.of(words, said);
    }

    @ParameterizedTest(name = "hermes-reaper {0}")
    @MethodSource("mistakes")
    void saysWhatIsWrongInOneLineAndEndsWith2(String words, String said) {
        CommandRun run = run(words.isEmpty() ? new String[0] : words.split(" ", -1));

        assertThat(run.status()).as(run.toString()).isEqualTo(2);
        assertThat(run.err().lines().findFirst().orElse(""))
                .startsWith("hermes-reaper: ")
                .contains(said);
        assertThat(run.err().lines().count()).as(run.err()).isLessThanOrEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void namesFileKeyAndFixOfEveryMistakeInAConfiguration() throws IOException {
        Path file = directory.resolve("config.toml");
        Files.writeString(file, "[judge]\nmin_agee = \"1s\"\nsettle = 5\n");

        for (String command : List.of("report", "config check", "sweep --dry-run")) {
            CommandRun run = run(("--config " + file + " " + command).split(" ", -1));

            assertThat(run.status()).as(run.toString()).isEqualTo(3);
            assertThat(run.err().lines())
                    .hasSize(2)
                    .anyMatch(line -> line.contains(file + ":2") && line.contains("did you mean min_age?"))
                    .anyMatch(line -> line.contains(file + ":3") && line.contains("write \"5s\""));
        }
    }

    @Test
    void refusesAVariableThatIsNoDuration() {
        CommandRun run = CommandRun.of(directory, Map.of("HERMES_REAPER_JUDGE_SETTLE", "soon"), "config", "show");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("HERMES_REAPER_JUDGE_SETTLE").contains("\"soon\"");
    }

    @Test
    void writesACommentedConfigurationOnceAndReadsItBack() {
        Path file = directory.resolve("sub/config.toml");

        CommandRun written = run("config", "init", file.toString());
        CommandRun again = run("config", "init", file.toString());
        CommandRun checked = run("--config", file.toString(), "config", "check");

        assertThat(written.status()).as(written.toString()).isZero();
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("is there already and is left alone");
        assertThat(checked.status()).as(checked.toString()).isZero();
        assertThat(checked.out()).contains(file + ": fine");
    }

    @Test
    void showsEveryValueWithItsOrigin() {
        CommandRun run = CommandRun.of(directory, Map.of("HERMES_REAPER_JUDGE_SETTLE", "7s"), "config", "show");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern("settle = \"7s\" +# environment HERMES_REAPER_JUDGE_SETTLE")
                .containsPattern("min_age = \"1m\" +# default");
    }

    @Test
    void helpsWithExamplesOnEveryCommand() {
        for (String command : HermesReaper.commands().subcommands().keySet()) {
            CommandRun run = run(command, "--help");

            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("Usage: hermes-reaper " + command).contains("xample");
        }
        assertThat(run("--help").out()).contains("Exit status:").contains("Examples:");
        assertThat(run("--version").out()).startsWith("hermes-reaper ");
    }

    @Test
    void writesTheFileThatConfigNames() {
        Path file = directory.resolve("named.toml");

        CommandRun run = run("--config", file.toString(), "config", "init");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(file).exists();
    }

    @Test
    void saysThatAProcessIsNotThere() {
        CommandRun run = run(
                "explain",
                "999999999",
                "--state-dir",
                directory.resolve("state").toString());

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).contains("there is no process 999999999");
    }

    @Test
    void reportsInJsonThatAProgramCanRead() {
        CommandRun run = run(
                "report",
                "--format",
                "json",
                "--state-dir",
                directory.resolve("state").toString());

        assertThat(run.status()).as(run.err()).isZero();
        JsonObject report = new Gson().fromJson(run.out(), JsonObject.class);
        assertThat(report.get("schema").getAsString()).isEqualTo("hermes-reaper/report/1");
        assertThat(report.keySet())
                .contains(
                        "host",
                        "takenAt",
                        "complete",
                        "blind",
                        "processes",
                        "gateways",
                        "workers",
                        "sessions",
                        "totals");
    }
}
