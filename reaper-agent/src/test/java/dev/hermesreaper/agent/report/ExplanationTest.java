package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {

    private static Explanation of(Machine machine, int pid) {
        return Explanation.of(
                machine.report(), machine.judgement().look().table().find(pid).orElseThrow());
    }

    private static String text(Explanation explanation) {
        return ExplainText.render(explanation, Layout.of(120));
    }

    private static JsonObject json(Explanation explanation) {
        return new Gson().fromJson(ExplainJson.render(explanation), JsonObject.class);
    }

    private static ProcessEntry process(Argv argv, Executable executable) {
        return new ProcessEntry(new ProcessIdentity("boot", 500, 5), 1, 'S', 1, 1000, argv, executable, "comm");
    }

    private static Explanation ofOther(Argv argv, Executable executable) {
        return Explanation.of(new Machine().report(), process(argv, executable));
    }

    @Test
    void showsAVerdictWithEverythingBehindIt() {
        assertThat(text(of(Machine.incident(), 9000)))
                .startsWith(
                        """
                        9000  slash worker of session 20260505_104123_c8063a   2d old   60.0 MiB + 34.0 MiB swapped
                        REAP  superseded: \
                        """)
                .containsPattern("\n  keeper +9061 +/proc/9061/stat\n")
                .containsPattern(
                        "\\n  owner +dashboard 8123 holds the other end of its stdin +/proc/8123/fd/77 pipe:.372842.\\n")
                .contains("\nCould keep it\n  [ ] zombie ")
                .contains("\n  [ ] busy ")
                .contains("\nCould end it\n  [ ] orphaned ")
                .contains("\n  [x] superseded  ")
                .endsWith("\nThe next sweep ends it, unless it moves, is claimed or is protected before.\n");
    }

    @Test
    void promisesNoEndWhereNobodyIsSignalled() {
        assertThat(ExplainText.render(
                        of(Machine.incident(), 9000), Optional.of("[reap] mode = \"observe\""), Layout.of(120)))
                .endsWith("\nIt is due, but nobody is signalled now: [reap] mode = \"observe\".\n");
    }

    @Test
    void saysWhatWouldChangeAWait() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 0);
        machine.worker(9000, "k", dashboard, Duration.ofSeconds(168));
        machine.worker(9001, "k", dashboard, Duration.ofMinutes(2));

        assertThat(text(of(machine, 9000)))
                .contains("\nWAIT  idling: ")
                .endsWith("\nDue as superseded in 7m 12s, if it stays idle until then.\n");
    }

    @Test
    void saysWhatWouldChangeAKeep() {
        Machine machine = new Machine();
        Optional<ProcessEntry> owner = Optional.of(machine.dashboard(8123, 1));
        machine.worker(9000, "busy", owner, Machine.HERMES, Duration.ofHours(1), Doing.WORKING);
        machine.worker(9001, "idle", owner, Machine.HERMES, Duration.ofHours(1), Doing.IDLE);

        assertThat(text(of(machine, 9000)))
                .contains("\nKEEP  busy: ")
                .contains("[x] busy ")
                .contains("\nIt is judged once it is idle.");
        assertThat(text(of(machine, 9001)))
                .contains("\nKEEP  owned: ")
                .contains("\nIt would be reaped if its owner went away");
    }

    @Test
    void saysWhyAChatIsLeftAlone() {
        Machine machine = new Machine();
        machine.worker(9000, "k", machine.chat(8200, machine.dashboard(8123, 0)), Duration.ofHours(9));

        assertThat(text(of(machine, 9000)))
                .contains("\nREPORT  abandoned: ")
                .contains("never ended here, because its chat's own node process lives")
                .contains("could still use it. Close this chat in the");
        assertThat(json(of(machine, 8200)).get("kind").getAsString()).isEqualTo("node");
        JsonObject entry = json(of(machine, 8201));
        assertThat(entry.get("kind").getAsString()).isEqualTo("entry");
        assertThat(entry.getAsJsonArray("gates")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200})
    void isNeverWiderThanTheScreen(int columns) {
        Machine machine = new Machine();
        machine.worker(9000, "k".repeat(300), machine.dashboard(8123, 0), Duration.ofHours(9));

        for (int pid : new int[] {9000, 8123}) {
            assertThat(ExplainText.render(of(machine, pid), Layout.of(columns)).lines())
                    .allMatch(line -> Cells.width(line) <= columns);
        }
    }

    @Test
    void isTheWorkerOfTheReportWithItsGates() {
        JsonObject json = json(of(Machine.incident(), 9000));

        assertThat(json.get("schema").getAsString()).isEqualTo("hermes-reaper/explain/1");
        assertThat(json.keySet()).startsWith("schema", "pid", "startTicks").endsWith("kind", "gates");
        assertThat(json.get("verdict").getAsString()).isEqualTo("reap");
        JsonObject gate = json.getAsJsonArray("gates").get(0).getAsJsonObject();
        assertThat(gate).hasToString("{\"gate\":\"zombie\",\"passed\":true,\"detail\":\"it lives, state S\"}");
    }

    @Test
    void saysWhatElseAProcessIs() {
        Explanation tail =
                ofOther(Argv.of("tail", "-f", "tui_gateway.slash_worker.log"), Executable.at("/usr/bin/tail"));

        assertThat(text(tail))
                .startsWith(
                        """
                        500  tail   not a slash worker
                        KEEP  not-a-worker: its words mention tui_gateway.slash_worker, but it runs tail
                        """);
        JsonObject json = json(tail);
        assertThat(json.keySet())
                .containsExactly("schema", "pid", "kind", "verdict", "reason", "detail", "evidence", "gates");
        assertThat(json.get("kind").getAsString()).isEqualTo("other");
        assertThat(json.get("reason").getAsString()).isEqualTo("not-a-worker");
        assertThat(json.getAsJsonArray("gates")).isEmpty();
    }

    @Test
    void saysWhyItCannotTell() {
        assertThat(ofOther(Argv.UNREADABLE, Executable.UNREADABLE).why())
                .isEqualTo("its command line cannot be read, so what it is cannot be told");
        assertThat(ofOther(Argv.of("python3", "x.py", "tui_gateway.slash_worker"), Executable.at("/usr/bin/python3"))
                        .why())
                .contains("but not as the module it runs");
        assertThat(ofOther(Argv.of("vim"), Executable.at("/usr/bin/vim")).why())
                .isEqualTo("it runs vim, nothing of Hermes");
        assertThat(of(Machine.incident(), 8123).why()).contains("gateways are reported, never signalled");
    }

    @Test
    void keepsSecretsOfACommandLineToItself() {
        Explanation other = ofOther(Argv.of("curl", "-H", "token: s3cret"), Executable.at("/usr/bin/curl"));

        assertThat(text(other) + ExplainJson.render(other)).doesNotContain("s3cret");
    }
}
