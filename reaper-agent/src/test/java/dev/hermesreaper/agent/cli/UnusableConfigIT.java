package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an operator needs most where the configuration cannot be used. All of it only reads this machine. */
@EnabledOnOs(OS.LINUX)
class UnusableConfigIT {

    private static final String MISTAKE = "config.toml:2: [judge] settle: found string \"soon\"";

    @TempDir
    private Path directory;

    private int status;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve("config.toml"), "[judge]\nsettle = \"soon\"\n");
    }

    /** All that one command says. */
    private String run(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
        List<String> options = List.of(
                "--config",
                directory.resolve("config.toml").toString(),
                "--state-dir",
                directory.resolve("state").toString());
        status = HermesReaper.run(
                new Terminal(to, to, false, false, Map.of("HOME", directory.toString())),
                Stream.concat(options.stream(), Stream.of(words)).toArray(String[]::new));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhatWasEnded() {
        assertThat(run("history")).contains(MISTAKE, "no pass has ended anything");
        assertThat(status).isZero();
    }

    @Test
    void sweepsNobody() {
        assertThat(run("sweep", "--dry-run")).contains(MISTAKE);
        assertThat(status).isEqualTo(3);
    }

    @Test
    void isExaminedWithTheRestOfTheMachine() throws IOException {
        Path bundle = directory.resolve("doctor.zip");

        assertThat(run("doctor", "--self-test", "--bundle", bundle.toString()))
                .contains("FAULT  config      cannot be used: sweeps end with status 3", MISTAKE)
                .contains("sight", "signals", "state")
                .contains("nothing was staged: the configuration cannot be used");
        assertThat(status).isEqualTo(1);
        try (var zip = FileSystems.newFileSystem(bundle)) {
            assertThat(Files.readString(zip.getPath("hermes-reaper/doctor.txt")))
                    .contains("cannot be used");
        }
    }
}
