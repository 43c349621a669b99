package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program started as a user's shell or cron does it, which a JVM cannot be told once it runs. */
class OddShellIT {

    @TempDir
    private Path directory;

    /** What {@code script} says and ends with; it runs the program as {@code "$@" WORD…}. */
    private String run(String script) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of("sh", "-c", script + "\necho ended with $?", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, HermesReaper.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HERMES_REAPER_"));
        builder.directory(directory.toFile());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void readsTheConfigurationItWroteUnderAUmaskThatLetsTheGroupWrite() throws Exception {
        String said = run("umask 002; file=$PWD/new/deep/config.toml\n"
                + "\"$@\" config init \"$file\" && \"$@\" --config \"$file\" config check");

        assertThat(said).contains("config.toml: fine").endsWith("ended with 0\n");
    }

    @Test
    void saysThatAVariableNamesAPathWhichThisLocaleCannotWrite() throws Exception {
        String said =
                run("export LC_ALL=C; HERMES_REAPER_CONFIG=$(printf '/nowhere/\\303\\274.toml') \"$@\" config check");

        assertThat(said)
                .contains("environment variable HERMES_REAPER_CONFIG: found ")
                .contains("set LC_ALL=C.UTF-8")
                .endsWith("ended with 3\n");
    }
}
