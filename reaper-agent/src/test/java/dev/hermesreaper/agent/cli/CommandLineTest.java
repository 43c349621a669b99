package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @TempDir
    private Path directory;

    /** One command, run in this JVM. */
    private record Run(int status, String out, String err) {
        static Run of(Map<String, String> environment, List<String> words) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int status = HermesReaper.run(
                    new Terminal(
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            false,
                            false,
                            environment),
                    words.toArray(String[]::new));
            return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    private Run run(String... words) {
        return Run.of(Map.of("HOME", directory.toString()), List.of(words));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("", "no command given"),
                mistake("frobnicate", "unknown command frobnicate"),
                mistake("swep", "did you mean sweep?"),
                mistake("sweep --dryrun", "unknown option --dryrun; did you mean --dry-run?"),
                mistake("report extra", "unexpected word extra"),
                mistake("report --format xml", "expected text, json, html or prometheus, found 'xml'"),
                mistake("sweep --settle tomorrow", "--settle: found \"tomorrow\", expected a duration"),
                mistake("sweep --settle 5", "write \"5s\" for seconds"),
                mistake("sweep --settle -5s", "--settle"),
                mistake("sweep --term-grace 2h", "--term-grace"),
                mistake("sweep --max-reaps 0", "--max-reaps: found \"0\", expected an integer from 1"),
                mistake("sweep --max-reaps many", "--max-reaps"),
                mistake("sweep --reason boredom", "expected one of orphaned, session-ended, superseded"),
                mistake("sweep --session", "--session"),
                mistake("explain", "PID"),
                mistake("explain abc", "expected a pid"),
                mistake("explain 0", "expected a pid"),
                mistake("explain -1", "expected a pid"),
                mistake("explain 99999999999999", "expected a pid"),
                mistake("explain 1 2", "unexpected word 2"),
                mistake("report --since yesterday", "expected a duration such as \"7d\""),
                mistake(
                        "report --format html --output /proc/nowhere/page.html",
                        "cannot write /proc/nowhere/page.html"),
                mistake("history --since", "--since"),
                mistake("history --since yesterday", "expected a duration such as \"7d\""),
                mistake("history --since -7d", "has a sign"),
                mistake("history --format xml", "expected text or json, found 'xml'"),
                mistake("histroy", "did you mean history?"),
                mistake("history extra", "unexpected word extra"),
                mistake("pause", "say for how long, e.g. hermes-reaper pause 1h"),
                mistake("pause soon", "expected a duration such as \"1h\": \"soon\""),
                mistake("pause 5", "write \"5s\" for seconds"),
                mistake("pause 0s", "expected more than no time"),
                mistake("pause -1h", "unknown option -1h"),
                mistake("pause 1h 2h", "unexpected word 2h"),
                mistake("pause 99999d", "is longer than"),
                mistake("pause 1h --state-dir /proc/nowhere", "not paused: nothing is kept in /proc/nowhere"),
                mistake("status --format xml", "expected text or json, found 'xml'"),
                mistake("statsu", "did you mean status?"),
                mistake("watch", "this is no terminal to watch on; for a pipe or a file: hermes-reaper report"),
                mistake("watch --interval soon", "expected a duration such as \"2s\""),
                mistake("watch --interval 1ms", "expected a duration from 200ms to 1h"),
                mistake("resume now", "unexpected word now"),
                mistake("config", "config show, config check or config init"),
                mistake("config shw", "did you mean show?"),
                mistake("--source x report", "--source: found \"x\", expected one of"),
                mistake("--color maybe report", "--color"),
                mistake("report --output /proc/nowhere/file", "cannot write /proc/nowhere/file"));
    }

    private static Arguments mistake(String words, String said) {
        return Arguments.of(words, said);
    }

    @ParameterizedTest(name = "hermes-reaper {0}")
    @MethodSource("mistakes")
    void saysWhatIsWrongInOneLineAndEndsWith2(String words, String said) {
        Run run = run(words.isEmpty() ? new String[0] : words.split(" ", -1));

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
            Run run = run(("--config " + file + " " + command).split(" ", -1));

            assertThat(run.status()).as(run.toString()).isEqualTo(3);
            assertThat(run.err().lines())
                    .hasSize(2)
                    .anyMatch(line -> line.contains(file + ":2") && line.contains("did you mean min_age?"))
                    .anyMatch(line -> line.contains(file + ":3") && line.contains("write \"5s\""));
        }
    }

    @Test
    void refusesAVariableThatIsNoDuration() {
        Run run = Run.of(
                Map.of("HOME", directory.toString(), "HERMES_REAPER_JUDGE_SETTLE", "soon"), List.of("config", "show"));

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("HERMES_REAPER_JUDGE_SETTLE").contains("\"soon\"");
    }

    @Test
    void writesACommentedConfigurationOnceAndReadsItBack() {
        Path file = directory.resolve("sub/config.toml");

        Run written = run("config", "init", file.toString());
        Run again = run("config", "init", file.toString());
        Run checked = run("--config", file.toString(), "config", "check");

        assertThat(written.status()).as(written.toString()).isZero();
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("is there already and is left alone");
        assertThat(checked.status()).as(checked.toString()).isZero();
        assertThat(checked.out()).contains(file + ": fine");
    }

    @Test
    void showsEveryValueWithItsOrigin() {
        Run run = Run.of(
                Map.of("HOME", directory.toString(), "HERMES_REAPER_JUDGE_SETTLE", "7s"), List.of("config", "show"));

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern(
                        "settle = \"7s\" +# environment HERMES_REAPER_JUDGE_SETTLE|settle = \"7s\" +# .*SETTLE")
                .containsPattern("min_age = \"1m\" +# default|min_age = \"60s\" +# default");
    }

    @Test
    void helpsWithExamplesOnEveryCommand() {
        for (String command : List.of(
                "report", "sweep", "explain", "history", "status", "watch", "pause", "resume", "config", "demo")) {
            Run run = run(command, "--help");

            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("Usage: hermes-reaper " + command).contains("xample");
        }
        assertThat(run("--help").out()).contains("Exit status:").contains("Examples:");
        assertThat(run("--version").out()).startsWith("hermes-reaper ");
    }

    @Test
    void saysThatNoServiceHasRunAndEndsWith1() {
        Path state = directory.resolve("state");

        Run text = run("status", "--state-dir", state.toString());
        Run json = run("status", "--format", "json", "--state-dir", state.toString());

        assertThat(text.status()).as(text.toString()).isEqualTo(1);
        assertThat(text.out()).contains("NO SERVICE", "none on record", state.toString());
        assertThat(json.status()).isEqualTo(1);
        JsonObject said = new Gson().fromJson(json.out(), JsonObject.class);
        assertThat(said.get("alive").getAsBoolean()).isFalse();
        assertThat(said.get("life").getAsString()).isEqualTo("none");
        assertThat(said.keySet())
                .containsExactly(
                        "schema",
                        "host",
                        "alive",
                        "life",
                        "stateDirectory",
                        "service",
                        "lastPass",
                        "nextPassInSeconds",
                        "mode",
                        "intervalSeconds",
                        "configFile",
                        "configProblem",
                        "watched",
                        "watchedCount",
                        "unwatched",
                        "problem",
                        "paused",
                        "sweeps");
    }

    @Test
    void endsWith4WhereItCannotTellWhetherAServiceIsAlive() throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"), PRIVATE);
        Files.writeString(state.resolve("status.json"), "{\"v\":1");

        Run run = run("status", "--state-dir", state.toString());

        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.err()).contains("cannot tell whether a service is alive", "status.json is damaged");
    }

    @Test
    void pausesAndSaysSoEverywhereUntilResumed() {
        Path state = directory.resolve("state");
        String at = " --state-dir " + state;

        Run paused = run(("pause 1h" + at).split(" "));
        Run report = run(("report" + at).split(" "));
        Run json = run(("report --format json" + at).split(" "));
        Run resumed = run(("resume" + at).split(" "));
        Run again = run(("resume" + at).split(" "));

        assertThat(paused.status()).as(paused.toString()).isZero();
        assertThat(paused.out()).startsWith("paused until ").contains(" by ", state.toString());
        assertThat(report.out()).contains("PAUSED", "Nobody is signalled", "hermes-reaper resume");
        JsonObject said = new Gson().fromJson(json.out(), JsonObject.class).getAsJsonObject("paused");
        assertThat(said.keySet()).containsExactly("by", "since", "until", "problem");
        assertThat(resumed.out()).startsWith("resumed; it was paused until ");
        assertThat(again.out()).startsWith("there was no pause").contains(state.toString());
        assertThat(run(("report --format json" + at).split(" ")).out()).contains("\"paused\": null");
    }

    @Test
    void writesTheFileThatConfigNames() {
        Path file = directory.resolve("named.toml");

        Run run = run("--config", file.toString(), "config", "init");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(file).exists();
    }

    @Test
    void saysThatAProcessIsNotThere() {
        Run run = run("explain", "999999999");

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).contains("there is no process 999999999");
    }

    @Test
    void saysInOneLineThatNothingIsOnRecord() {
        Path state = directory.resolve("state");
        for (String words : List.of("history", "history --since 7d")) {
            Run run = run(("--state-dir " + state + " " + words).split(" ", -1));

            assertThat(run.status()).as(run.toString()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().replaceAll("\\s+", " "))
                    .contains("NOTHING ON RECORD no pass has ended anything: there is no " + state + "/ledger.jsonl");
            assertThat(state).doesNotExist();
        }
        Run json = run("history", "--format", "json", "--state-dir", state.toString());
        assertThat(new Gson().fromJson(json.out(), JsonObject.class).keySet())
                .containsExactly(
                        "schema",
                        "host",
                        "since",
                        "acts",
                        "totals",
                        "damagedLines",
                        "newerLines",
                        "problems",
                        "paused",
                        "observes");
    }

    @Test
    void endsWith4WhereTheHistoryCannotBeRead() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        for (String format : List.of("text", "json")) {
            Run run = run("history", "--format", format, "--state-dir", link.toString());

            assertThat(run.status()).as(run.toString()).isEqualTo(4);
            assertThat(run.err()).contains("cannot read the history", link.toString(), "symbolic link");
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void saysThatThereIsNoHistoryYetInEveryFormat() {
        String at = " --since 7d --state-dir " + directory.resolve("state");

        Run text = run(("report" + at).split(" "));
        Run json = run(("report --format json" + at).split(" "));
        Run html = run(("report --format html" + at).split(" "));

        assertThat(text.status()).as(text.toString()).isZero();
        assertThat(text.out()).contains("NO SAMPLES", "run", "hermes-reaperd");
        JsonObject history = new Gson().fromJson(json.out(), JsonObject.class).getAsJsonObject("history");
        assertThat(history.get("samples").getAsInt()).isEqualTo(1);
        assertThat(html.out()).startsWith("<!doctype html>").contains("No samples since");
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void reportsAllTheSameWhereTheHistoryCannotBeReadAndEndsWith4() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);

        Run run = run("report", "--since", "7d", "--state-dir", link.toString());

        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.err()).contains("cannot read the history", "symbolic link");
        assertThat(run.out()).contains("UNREAD");
        assertThat(run("report", "--state-dir", link.toString()).status()).isZero();
    }

    @Test
    void leavesOutDamagedSamplesAndSaysHowMany() throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"), PRIVATE);
        Files.writeString(state.resolve("samples.jsonl"), "{\"v\":1,\"at\":\"2026\n\u0000\u0000\n");

        Run run = run("report", "--since", "7d", "--state-dir", state.toString());

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).contains("DAMAGED     2 lines of samples and ledger");
    }

    @Test
    void tellsWhatItCanAndSaysThatALineIsDamaged() throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"), PRIVATE);
        Files.writeString(state.resolve("ledger.jsonl"), "{\"v\":1,\"kind\":\"int");

        Run run = run("history", "--state-dir", state.toString());

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).contains("NOTHING ON RECORD", "DAMAGED", "1 line of");
    }

    @Test
    void reportsInJsonThatAProgramCanRead() {
        Run run = run("report", "--format", "json");

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
