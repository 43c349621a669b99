package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps by another user, and in a container: needs root, and only ever covers the one session it made up. */
@EnabledOnOs(OS.LINUX)
class ElsewhereIT {

    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    private Path shared;

    private Arena arena;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(PidNamespace.isAvailable(), PidNamespace.SKIPPED);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "SKIPPED: no setpriv");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        arena = new Arena();
    }

    @AfterEach
    void close() {
        if (arena != null) {
            arena.close();
        }
    }

    @Test
    void keepsTheOrphanOfAnotherUserWhereTheReaperHasNoRights() throws Exception {
        String key = arena.key("s");
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess orphan = dashboard.leakedWorker(key, arena.part()).worker();
        dashboard.signal("KILL");
        orphan.awaitParent(1, Duration.ofSeconds(10));

        List<String> said = run(command(NOBODY, bystander(key)), "");

        assertThat(said).contains("verdict KEEP not-ours", "reapings 0");
        assertThat(arena.isUntouched(orphan)).isTrue();
    }

    @Test
    void keepsAWorkerOfItsOwnWhereWhoMayOwnItIsHidden() throws Exception {
        String key = arena.key("hidepid");
        Path standins = copy(arena.stage().root(), shared.resolve("standins"));
        List<String> worker =
                command(NOBODY, List.of("/usr/bin/python3", "-m", "tui_gateway.slash_worker", "--session-key", key));
        String script = "mount -t proc -o hidepid=2 proc /proc; (cd " + standins + "; sleep 600 | exec "
                + quoted(worker) + " >/dev/null &) ; " + quoted(command(NOBODY, bystander(key)));

        List<String> said = run(inANamespace(script), "");

        assertThat(said).contains("verdict KEEP unknown", "reapings 0");
    }

    @Test
    void keepsTheWorkersOfADashboardThatIsTheFirstProcessOfAContainer() throws Exception {
        String key = arena.key("pid1");
        Path standins = copy(arena.stage().root(), shared.resolve("standins"));
        String script = "(" + quoted(bystander(key)) + " </dev/null; echo over) & exec env PYTHONPATH=" + standins + " "
                + arena.stage().pythonExecutable() + " " + standins.resolve("bin/hermes")
                + " dashboard --port 0 --host 127.0.0.1 --no-open --tui";

        List<String> said = run(inANamespace(script), "{\"cmd\":\"worker\",\"key\":\"" + key + "\",\"id\":1}\n");

        assertThat(said).contains("verdict KEEP owned", "parent 1", "reapings 0");
    }

    private static List<String> inANamespace(String script) {
        return List.of("unshare", "--fork", "--pid", "--mount", "--mount-proc", "--kill-child", "sh", "-c", script);
    }

    private static String quoted(List<String> words) {
        return "'" + String.join("' '", words) + "'";
    }

    private static List<String> command(List<String> by, List<String> what) {
        List<String> command = new ArrayList<>(by);
        command.addAll(what);
        return command;
    }

    /** Says what is said until it is over, and ends what has said it. */
    private static List<String> run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            List<String> said = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.equals("over"); line = reader.readLine()) {
                said.add(line);
            }
            return said;
        } finally {
            process.destroyForcibly(); // unshare outlives SIGTERM, and its child ends with it
        }
    }

    /** Copies of everything, since nobody may not be allowed into the directories of whoever builds. */
    private List<String> bystander(String key) throws IOException {
        List<String> copies = new ArrayList<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (name.matches(
                            "(classes|test-classes|main|test|.*reaper-agent|gson|toml4j|slf4j-api|jna|jspecify|sqlite).*")
                    && Files.exists(Path.of(entry))) {
                copies.add(copy(Path.of(entry), shared.resolve(copies.size() + name))
                        .toString());
            }
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djna.tmpdir=/tmp",
                "-cp",
                String.join(File.pathSeparator, copies),
                Bystander.class.getName(),
                key);
    }

    private static Path copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return target;
    }
}
