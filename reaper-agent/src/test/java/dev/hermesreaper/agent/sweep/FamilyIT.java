package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a leaked worker has started goes with it, but for what somebody else uses. Real processes, real signals. */
@EnabledOnOs(OS.LINUX)
class FamilyIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Arena arena;
    private StagedProcess worker;
    private StagedGateway dashboard;

    @BeforeEach
    void open() {
        arena = new Arena();
        dashboard = arena.stage().director().dashboard();
        worker = dashboard.leakedWorker(arena.key("family"), Part.plain()).worker();
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void endsTheServersItStartedAlsoThoseInASessionOfTheirOwnAndThoseThatIgnoreSigterm() throws InterruptedException {
        long plain = spawn(Map.of("argv", List.of("sleep", "300")));
        long ownSession = spawn(Map.of("argv", List.of("sleep", "300"), "setsid", true));
        long deaf = spawn(Map.of("argv", List.of("bash", "-c", "trap '' TERM; while :; do sleep 1; done")));

        Reaping reaping = sweepOrphaned();

        assertThat(outcomes(reaping)).containsKeys(plain, ownSession, deaf);
        assertThat(outcomes(reaping).get(plain)).isEqualTo(Outcome.EXITED);
        assertThat(outcomes(reaping).get(ownSession)).isEqualTo(Outcome.EXITED);
        assertThat(outcomes(reaping).get(deaf)).isEqualTo(Outcome.KILLED);
        assertThat(List.of(plain, ownSession, deaf)).noneMatch(FamilyIT::lives);
    }

    @Test
    void sparesAServerSomebodyIsConnectedTo() throws InterruptedException {
        JsonObject server = worker.ask("spawn", Map.of("server", true, "setsid", true));
        arena.stage().attach(server.get("port").getAsInt(), 1);
        long pid = server.get("pid").getAsLong();

        Reaping reaping = sweepOrphaned();

        assertThat(outcomes(reaping).get(pid)).isEqualTo(Outcome.SPARED);
        assertThat(lives(pid)).isTrue();
    }

    /** An environment of which nothing is shown, as of what is not dumpable or has overwritten it. */
    @Test
    void sparesWhatHidesItsEnvironment() throws InterruptedException {
        long closed = spawn(Map.of("argv", List.of("env", "-i", "/bin/sleep", "300"), "setsid", true));
        while (lives(closed) && !isWithoutEnvironment(closed)) {
            Thread.onSpinWait();
        }
        long plain = spawn(Map.of("argv", List.of("sleep", "300")));

        Reaping reaping = sweepOrphaned();

        assertThat(reaping.descendants())
                .filteredOn(it -> it.process().pid() == closed)
                .singleElement()
                .returns(Outcome.SPARED, Reaping.Descendant::outcome)
                .returns("its environment cannot be read, so it may be protected", Reaping.Descendant::detail);
        assertThat(outcomes(reaping).get(plain)).isEqualTo(Outcome.EXITED);
        assertThat(lives(closed)).isTrue();
    }

    private static boolean isWithoutEnvironment(long pid) {
        try {
            return Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ")).length == 0
                    && Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                            .equals("sleep\n");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void sparesAServerOnAUnixSocket() throws InterruptedException {
        Path ready = directory.resolve("socket");
        long pid = spawn(Map.of(
                "argv",
                List.of(
                        arena.stage().pythonExecutable().toString(),
                        "-c",
                        "import socket, sys, time; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]);"
                                + " s.listen(); time.sleep(300)",
                        ready.toString()),
                "setsid",
                true));
        while (!Files.exists(ready) && lives(pid)) {
            Thread.onSpinWait();
        }

        Reaping reaping = sweepOrphaned();

        assertThat(outcomes(reaping).get(pid)).isEqualTo(Outcome.SPARED);
        assertThat(lives(pid)).isTrue();
    }

    /** Somebody started a dashboard from a terminal command: it and its workers are in use. */
    @Test
    void sparesADashboardThatRunsBelowIt() throws InterruptedException {
        Path root = arena.stage().root();
        long below = spawn(Map.of(
                "argv",
                List.of(
                        arena.stage().pythonExecutable().toString(),
                        root.resolve("bin/hermes").toString(),
                        "dashboard",
                        "--port",
                        "0")));

        Reaping reaping = sweepOrphaned();

        assertThat(reaping.descendants())
                .filteredOn(it -> it.process().pid() == below)
                .singleElement()
                .returns(Outcome.SPARED, Reaping.Descendant::outcome)
                .returns("it is a gateway", Reaping.Descendant::detail);
        assertThat(lives(below)).isTrue();
    }

    private long spawn(Map<String, ?> options) {
        return worker.ask("spawn", options).get("pid").getAsLong();
    }

    private Reaping sweepOrphaned() throws InterruptedException {
        dashboard.signal("KILL");
        worker.awaitParent(1, SOON);
        SweepResult result = arena.sweep();
        assertThat(Arena.outcome(result, worker)).as(Arena.story(result)).contains(Outcome.EXITED);
        return result.reapings().get(0);
    }

    private static Map<Long, Outcome> outcomes(Reaping reaping) {
        return reaping.descendants().stream()
                .collect(Collectors.toMap(it -> (long) it.process().pid(), Reaping.Descendant::outcome));
    }

    /** As the kernel says; one that is dead and only waits to be collected does not live. */
    private static boolean lives(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException gone) {
            return false;
        }
    }
}
