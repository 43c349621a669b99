package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {

    private static final Moment THEN =
            new Moment(Duration.ofHours(2), Duration.ofHours(1), Instant.parse("2026-05-07T12:00:00.250Z"));

    @TempDir
    private Path scratch;

    private StateDirectory directory;

    @BeforeEach
    void setUp() {
        directory = StateDirectory.open(
                scratch.resolve("state"), SteppingHost.in(scratch).self());
    }

    private static Status status(List<Integer> watched, Optional<String> text) {
        return new Status(
                new ProcessIdentity("boot", 4711, 99),
                "0.1.0",
                Instant.parse("2026-05-07T11:00:00Z"),
                THEN,
                Duration.ofMillis(12_345),
                17,
                text.map(it -> new Status.Pass(THEN, Duration.ofMillis(31), 128, 123, false, true)),
                new Status.Setup("reap", Duration.ofSeconds(30), text, text),
                watched,
                watched.size(),
                text,
                text,
                false);
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        Status some = status(List.of(1, 2, 3), Optional.of("/etc/\u00e9 \"x\"\n"));
        Status little = status(List.of(), Optional.empty());

        assertThat(new StatusFile(directory).read().status()).isEmpty();
        assertThat(new StatusFile(directory).read().problem()).isEmpty();
        for (Status status : List.of(some, little)) {
            assertThat(new StatusFile(directory).write(status)).isEmpty();
            assertThat(new StatusFile(directory).read().status()).contains(status);
        }
        assertThat(directory.path().toFile().list()).containsExactly("status.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.file("status.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void namesFiftyOfThoseItWatchesAndCountsThemAll() {
        Status many = status(IntStream.range(100, 600).boxed().toList(), Optional.empty());

        assertThat(new StatusFile(directory).write(many)).isEmpty();
        Status read = new StatusFile(directory).read().status().orElseThrow();
        assertThat(read.watched()).hasSize(50);
        assertThat(read.watchedCount()).isEqualTo(500);
    }

    @Test
    void saysThatItIsDamagedAtWhicheverByteItWasCut() throws IOException {
        assertThat(new StatusFile(directory).write(status(List.of(1), Optional.of("x"))))
                .isEmpty();
        String whole = Files.readString(directory.file("status.json"));
        for (int length = 0; length < whole.length() - 1; length += 7) {
            Files.writeString(directory.file("status.json"), whole.substring(0, length));

            StatusFile.Read read = new StatusFile(directory).read();
            assertThat(read.status()).isEmpty();
            assertThat(read.problem().orElseThrow()).contains("status.json is damaged");
        }
    }
}
