package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountsFileTest {

    private static final Counts SOME = Counts.NONE
            .plus(Map.of(new Counts.Reap("orphaned", "exited"), 3L, new Counts.Reap("superseded", "killed"), 1L), 99)
            .plusSweep(Instant.parse("2026-05-07T12:00:00.123Z"), Duration.ofMillis(1234), true, true);

    @TempDir
    private Path scratch;

    private SteppingHost host;
    private StateDirectory directory;

    @BeforeEach
    void setUp() {
        host = SteppingHost.in(scratch);
        directory = StateDirectory.open(scratch.resolve("state"), host.self());
    }

    private void write(Counts counts) throws InterruptedException {
        try (PassLock lock =
                PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow()) {
            assertThat(new CountsFile(directory).write(lock, counts)).isEmpty();
        }
    }

    @Test
    void readsBackWhatWasWritten() throws IOException, InterruptedException {
        assertThat(new CountsFile(directory).read()).isEqualTo(Counts.NONE);

        write(SOME);
        assertThat(new CountsFile(directory).read()).isEqualTo(SOME);

        write(SOME.plus(Map.of(new Counts.Reap("orphaned", "exited"), 2L), 1));
        Counts more = new CountsFile(directory).read();
        assertThat(more.reaps()).containsEntry(new Counts.Reap("orphaned", "exited"), 5L);
        assertThat(more.reclaimedBytes()).isEqualTo(100);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.file("counts.json"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"schema\":\"hermes-reaper/counts/2\"}",
                "{\"schema\":\"hermes-reaper/counts/1\",\"sweeps\":\"many\"}",
                "{\"schema\":\"hermes-reaper/counts/1\",\"sweeps\":1,\"reaps\":[[\"x\"]]}",
                "{\"schema\":\"hermes-reaper/counts/1\",\"sweeps\":1,\"reaps\":[],\"reclaimedBytes\":1,\"lastAt\":\"x\"}"
            })
    void beginsAnewWhereTheFileCannotBeBelieved(String text) throws IOException, InterruptedException {
        write(SOME);
        Files.writeString(directory.file("counts.json"), text);

        assertThat(new CountsFile(directory).read()).isEqualTo(Counts.NONE);
    }

    @Test
    void readsNothingThroughALink() throws IOException, InterruptedException {
        write(SOME);
        Path moved = Files.move(directory.file("counts.json"), scratch.resolve("moved"));
        Files.createSymbolicLink(directory.file("counts.json"), moved);

        assertThat(new CountsFile(directory).read()).isEqualTo(Counts.NONE);
    }
}
