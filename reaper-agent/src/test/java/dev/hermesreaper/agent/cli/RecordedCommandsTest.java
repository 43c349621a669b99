package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that tell, or leave, what outlives a pass, with a state directory of their own. */
class RecordedCommandsTest {

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @TempDir
    private Path directory;

    private CommandRun run(String... words) {
        return CommandRun.of(directory, Map.of(), words);
    }

    @Test
    void pausesResumesAndTellsTheStateAlsoWithAConfigurationThatCannotBeUsed() throws IOException {
        String state = directory.resolve("state").toString();
        String broken = Files.writeString(directory.resolve("broken.toml"), "[reap]\nmod = \"observe\"\n")
                .toString();

        CommandRun pause = run("pause", "1h", "--config", broken, "--state-dir", state);
        CommandRun status = run("status", "--config", broken, "--state-dir", state);
        CommandRun resume = run("resume", "--config", broken, "--state-dir", state);

        assertThat(pause.status()).as(pause.toString()).isZero();
        assertThat(pause.out()).startsWith("paused until ");
        assertThat(status.status()).as(status.toString()).isEqualTo(1);
        assertThat(status.out()).contains("PAUSED");
        assertThat(resume.status()).as(resume.toString()).isZero();
        assertThat(resume.out()).startsWith("resumed; it was paused until ");
        assertThat(List.of(pause, status, resume))
                .allSatisfy(it -> assertThat(it.err()).contains(broken + ":2").hasLineCount(1));
    }

    @Test
    void saysThatNoServiceHasRunAndEndsWith1() {
        Path state = directory.resolve("state");

        CommandRun text = run("status", "--state-dir", state.toString());
        CommandRun json = run("status", "--format", "json", "--state-dir", state.toString());

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

        CommandRun run = run("status", "--state-dir", state.toString());

        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.err()).contains("cannot tell whether a service is alive", "status.json is damaged");
    }

    @Test
    void pausesAndSaysSoEverywhereUntilResumed() {
        Path state = directory.resolve("state");
        String at = " --state-dir " + state;

        CommandRun paused = run(("pause 1h" + at).split(" "));
        CommandRun report = run(("report" + at).split(" "));
        CommandRun json = run(("report --format json" + at).split(" "));
        CommandRun resumed = run(("resume" + at).split(" "));
        CommandRun again = run(("resume" + at).split(" "));

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
    void saysInOneLineThatNothingIsOnRecord() {
        Path state = directory.resolve("state");
        for (String words : List.of("history", "history --since 7d")) {
            CommandRun run = run(("--state-dir " + state + " " + words).split(" ", -1));

            assertThat(run.status()).as(run.toString()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().replaceAll("\\s+", " "))
                    .contains("NOTHING ON RECORD no pass has ended anything: there is no " + state + "/ledger.jsonl");
            assertThat(state).doesNotExist();
        }
        CommandRun json = run("history", "--format", "json", "--state-dir", state.toString());
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
            CommandRun run = run("history", "--format", format, "--state-dir", link.toString());

            assertThat(run.status()).as(run.toString()).isEqualTo(4);
            assertThat(run.err()).contains("cannot read the history", link.toString(), "symbolic link");
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void saysThatThereIsNoHistoryYetInEveryFormat() {
        String at = " --since 7d --state-dir " + directory.resolve("state");

        CommandRun text = run(("report" + at).split(" "));
        CommandRun json = run(("report --format json" + at).split(" "));
        CommandRun html = run(("report --format html" + at).split(" "));

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

        CommandRun run = run("report", "--since", "7d", "--state-dir", link.toString());

        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.err()).contains("cannot read the history", "symbolic link");
        assertThat(run.out()).contains("UNREAD");
        assertThat(run("report", "--state-dir", link.toString()).status()).isZero();
    }

    @Test
    void leavesOutDamagedSamplesAndSaysHowMany() throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"), PRIVATE);
        Files.writeString(state.resolve("samples.jsonl"), "{\"v\":1,\"at\":\"2026\n\u0000\u0000\n");

        CommandRun run = run("report", "--since", "7d", "--state-dir", state.toString());

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).contains("DAMAGED     2 lines of samples and ledger");
    }

    @Test
    void tellsWhatItCanAndSaysThatALineIsDamaged() throws IOException {
        Path state = Files.createDirectory(directory.resolve("state"), PRIVATE);
        Files.writeString(state.resolve("ledger.jsonl"), "{\"v\":1,\"kind\":\"int");

        CommandRun run = run("history", "--state-dir", state.toString());

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).contains("NOTHING ON RECORD", "DAMAGED", "1 line of");
    }
}
