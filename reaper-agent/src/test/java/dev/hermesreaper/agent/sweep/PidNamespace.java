package dev.hermesreaper.agent.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs a class in a JVM, in a pid and mount namespace of its own: nothing outside can be signalled by it, pids can be
 * reused on purpose, file systems mounted, and all it has started ends with it.
 */
final class PidNamespace {

    static final String SKIPPED = "SKIPPED: no pid namespace of our own here (needs root and unshare)";

    private PidNamespace() {}

    /** What it said, and how it ended. */
    record Ended(int status, List<String> lines) {

        /** What follows this word, of every line that begins with it. */
        List<String> all(String beginning) {
            return lines.stream()
                    .filter(line -> line.startsWith(beginning + " "))
                    .map(line -> line.substring(beginning.length() + 1))
                    .toList();
        }

        String line(String beginning) {
            return all(beginning).stream()
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line " + beginning + " in " + lines));
        }

        int number(String beginning) {
            return Integer.parseInt(line(beginning));
        }
    }

    static boolean isAvailable() {
        try {
            return run(List.of("true")).status() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** Runs {@code main} with these arguments to its end. */
    static Ended run(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        return runBy(List.of(), main, arguments);
    }

    /** As above, started by another program, which executes it; its temporary files are in a directory that goes with it. */
    static Ended runBy(List<String> launcher, Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        // Stand-ins of other users read what is in it.
        Path scratch = Files.createTempDirectory(
                "namespace", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        List<String> command = java(launcher, main, arguments);
        command.add(launcher.size() + 1, "-Djava.io.tmpdir=" + scratch);
        try {
            return run(command);
        } finally {
            new ProcessBuilder("rm", "-rf", scratch.toString()).start().waitFor();
        }
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        // Init is a shell that waits: it collects the orphans, as a JVM would not.
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                "--fork",
                "--pid",
                "--mount",
                "--mount-proc",
                "--kill-child",
                "sh",
                "-c",
                "\"$@\"; exit $?",
                "sh"));
        all.addAll(command);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> lines;
        try (InputStream said = process.getInputStream()) {
            lines = new String(said.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        return new Ended(process.waitFor(), lines);
    }

    static List<String> java(List<String> launcher, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Its file is named after the pid, which another JVM may have in another namespace.
                "-XX:-UsePerfData",
                "-Xmx128m",
                "-D%s=%s".formatted(ThisMachine.PROPERTY, ThisMachine.SOURCE),
                "-cp",
                Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                        .orElse(System.getProperty("java.class.path")),
                main.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return command;
    }
}
