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

/** A real second JVM that runs {@link Probe} or another main class; killed with SIGKILL when closed. */
public final class SecondJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;

    private SecondJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static SecondJvm run(String what, Path directory) throws IOException {
        return run(Probe.class, what, directory);
    }

    public static SecondJvm run(Class<?> main, String what, Path directory) throws IOException {
        return new SecondJvm(java(main, what, directory));
    }

    /** As {@link #run}, in a mount namespace of its own, where {@code script} has run first. */
    static SecondJvm runAfter(String script, String what, Path directory) throws IOException {
        return runAfter(Probe.class, script, what, directory);
    }

    public static SecondJvm runAfter(Class<?> main, String script, String what, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-ec", script + "\nexec \"$@\"", "sh"));
        command.addAll(java(main, what, directory));
        return new SecondJvm(command);
    }

    /** Whether this machine lets us mount things of our own. */
    public static boolean canMount() {
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

    private static List<String> java(Class<?> main, String what, Path directory) {
        String classPath = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                classPath,
                main.getName(),
                what,
                directory.toString());
    }

    public int pid() {
        return (int) process.pid();
    }

    /** The next line it says. */
    public String line() {
        try {
            return Optional.ofNullable(said.readLine()).orElse("(ended)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> remainingLines() {
        return said.lines().toList();
    }

    /** Kills it and waits until it is gone; what it has said can still be read. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }
}
