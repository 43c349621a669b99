package dev.hermesreaper.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a home may exchange what lies there between any two of our steps. */
final class ExchangedFilesIT {

    @TempDir
    private Path directory;

    /** A FIFO that takes the place of a file after we looked at it blocks whoever opens it, for ever. */
    @Test
    @Timeout(60)
    void answersInTimeAlthoughFilesTurnIntoFifosAndLinks() throws IOException, InterruptedException {
        HermesHome home = new HermesHome(directory.resolve("home"))
                .python("create('wal'); session('s1', 0, 600, 'tui_close'); db.close()");
        Asking asking = Asking.in(directory);
        assertThat(asking.about("s1", home).row()).as("while it holds still").isPresent();
        Process exchanger = home.start(
                "os.rename(path, home + '/real'); os.mkfifo(home + '/fifo'); os.symlink('/dev/zero', home + '/zero')",
                "print('ready', flush=True)",
                "while os.getppid() != 1:",
                "    for it in ('real', 'fifo', 'real', 'zero'):",
                "        os.link(home + '/' + it, home + '/next', follow_symlinks=False)",
                "        os.replace(home + '/next', path)",
                "        if os.path.exists(home + '/next'): os.unlink(home + '/next')");
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(exchanger.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("ready");
            // One that has opened a FIFO holds up all after it: they are answered, too, but with nothing.
            for (int i = 0; i < 300; i++) {
                SessionRecord record = asking.about("s1", home, Duration.ofMillis(100));
                assertThat(
                                record.isKnown()
                                        ? record.row().orElseThrow().endReason().orElseThrow()
                                        : "tui_close")
                        .isEqualTo("tui_close");
            }
        } finally {
            exchanger.destroyForcibly();
            exchanger.waitFor();
            // Lets go of a reader that waits for the other end.
            home.python(
                    "import errno",
                    "os.unlink(home + '/zero')",
                    "if os.path.islink(path): os.unlink(path)",
                    "try: os.close(os.open(home + '/fifo', os.O_WRONLY | os.O_NONBLOCK))",
                    "except OSError as e: assert e.errno == errno.ENXIO");
        }
    }
}
