package dev.hermesreaper.agent.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real second JVM that runs {@link Probe}; killed with SIGKILL when closed. */
final class SecondJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;

    private SecondJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static SecondJvm run(String what, Path directory) throws IOException {
        return new SecondJvm(java(what, directory));
    }

    /** As {@link #run}, in a mount namespace of its own, where {@code script} has run first. */
    static SecondJvm runAfter(String script, String what, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-ec", script + "\nexec \"$@\"", "sh"));
        command.addAll(java(what, directory));
        return new SecondJvm(command);
    }

    /** Whether this machine lets us mount things of our own. */
    static boolean canMount() {
        try {
            Process tried = new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                    .redirectErrorStream(true)
                    .start();
            tried.getInputStream().readAllBytes();
            return tried.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> java(String what, Path directory) {
        String classPath = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                classPath,
                Probe.class.getName(),
                what,
                directory.toString());
    }

    int pid() {
        return (int) process.pid();
    }

    /** The next line it says. */
    String line() {
        try {
            return Optional.ofNullable(said.readLine()).orElse("(ended)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> remainingLines() {
        return said.lines().toList();
    }

    /** Kills it and waits until it is gone; what it has said can still be read. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }
}
