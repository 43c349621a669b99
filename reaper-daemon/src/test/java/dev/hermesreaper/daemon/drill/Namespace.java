package dev.hermesreaper.daemon.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a drill in a pid and mount namespace of its own, with its own {@code /proc}. Needs root and {@code unshare(1)}. */
final class Namespace {

    static final String SKIPPED = "SKIPPED: no pid namespace of our own here (needs root and unshare)";

    private static final List<String> UNSHARE =
            List.of("unshare", "--fork", "--pid", "--mount", "--mount-proc", "--kill-child");

    private Namespace() {}

    static boolean isAvailable() {
        try {
            List<String> command = new ArrayList<>(UNSHARE);
            command.add("true");
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Runs {@link Drills#main} there, its temporary files in a directory that goes with it.
     *
     * @return all it said, and {@code ended with N} in the last line
     */
    static String run(int minutes, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(UNSHARE);
        // A shell as its first process, which waits for orphans: nobody else would, and no pid would be free again.
        command.addAll(List.of("sh", "-c", "\"$@\"; exit $?", "sh"));
        Path scratch = Files.createTempDirectory("drills");
        command.addAll(java(List.of("-Xmx256m", "-Djava.io.tmpdir=" + scratch), Drills.class.getName()));
        command.addAll(List.of(words));
        try {
            // To a file: whoever reads a pipe to its end waits as long as the drill hangs.
            Path said = scratch.resolve("said");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            String late = "";
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                late = "not over after " + minutes + " minutes, ";
                process.destroyForcibly();
            }
            int status = process.waitFor();
            return Files.readString(said) + late + "ended with " + status;
        } finally {
            new ProcessBuilder("rm", "-rf", scratch.toString()).start().waitFor();
        }
    }

    /** A JVM as this one, quick to start. */
    static List<String> java(List<String> options, String main) {
        String classPath = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }
}
