package dev.hermesreaper.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextfileTest {

    private static final List<Metric> ONE = List.of(Metric.gauge("one", "Says \\ and\nmore.", 1L));

    @TempDir
    private Path directory;

    @Test
    void isThereAsAWholeAndReadableByEverybody() throws IOException {
        Path file = directory.resolve("hermes_reaper.prom");

        assertThat(new Textfile(file).write(ONE)).isEmpty();
        assertThat(new Textfile(file).write(ONE)).isEmpty();

        assertThat(file).hasContent("# HELP one Says \\\\ and\\nmore.\n# TYPE one gauge\none 1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(directory.toFile().list()).containsExactly("hermes_reaper.prom");
    }

    @Test
    void replacesALinkInItsPlaceAndLeavesWhatItPointsTo() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Path file = Files.createSymbolicLink(directory.resolve("hermes_reaper.prom"), precious);

        assertThat(new Textfile(file).write(ONE)).isEmpty();

        assertThat(precious).hasContent("precious");
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void leavesADeviceOrAPipeWhereItIs() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(new Textfile(pipe).write(ONE).orElseThrow()).contains(pipe.toString(), "[metrics] textfile");

        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(directory.toFile().list()).containsExactly("pipe");
    }

    @Test
    void saysWhatToDoWhereItCannotBeWritten() throws IOException {
        Path nowhere = directory.resolve("none/hermes_reaper.prom");
        Path busy = Files.createDirectory(directory.resolve("busy.prom"));
        Files.writeString(busy.resolve("file"), "");

        assertThat(new Textfile(nowhere).write(ONE).orElseThrow())
                .contains(nowhere.toString(), "its directory does not exist", "[metrics] textfile");
        assertThat(new Textfile(busy).write(ONE).orElseThrow()).contains(busy.toString());
        assertThat(directory.toFile().list()).containsExactly("busy.prom");
    }
}
