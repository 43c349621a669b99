package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.sighting.Sightings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightingsFileIT {

    private static final int KILLS = 50;
    private static final String SKIPPED = "SKIPPED: no mount namespace of our own here (needs root and unshare)";

    private final ProbeHost host = new ProbeHost();

    @TempDir
    private Path scratch;

    /** SIGKILL at 50 random moments between a few writes: what is left is the last one that was done, or the next. */
    @Test
    void isOldOrNewWheneverItsWriterIsKilled() throws Exception {
        StateDirectory directory = StateDirectory.open(scratch.resolve("state"), host.self());
        SightingsFile sightings = new SightingsFile(directory);
        Random random = new Random(20_261_121);
        int leftovers = 0;
        for (int i = 0; i < KILLS; i++) {
            long done;
            try (SecondJvm writer = SecondJvm.run("write", directory.path())) {
                assertThat(writer.line()).isEqualTo("1");
                TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
                writer.kill();
                List<String> said = writer.remainingLines();
                done = 1L + said.size();
            }
            leftovers += Files.exists(directory.file("sightings.json.tmp")) ? 1 : 0;

            try (PassLock lock =
                    PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow()) {
                Recollection remembered = sightings.recall(lock, Seen.PRESENT);
                assertThat(remembered.problem()).isEmpty();
                assertThat(remembered.sightings().all()).hasSize(300);
                assertThat(generations(remembered.sightings())).hasSize(1).isSubsetOf(done, done + 1L);
                assertThat(directory.file("sightings.json.tmp")).doesNotExist();
            }
        }
        assertThat(leftovers).as("kills that hit a write half done").isPositive();
    }

    private static Set<Long> generations(Sightings sightings) {
        return sightings.all().stream()
                .map(sighting ->
                        sighting.idleSince().orElseThrow().minusMinutes(40).toNanos())
                .collect(Collectors.toSet());
    }

    @Test
    void isForgottenAndSaidWhereTheDiskIsFull() throws Exception {
        assumeTrue(SecondJvm.canMount(), SKIPPED);
        Path disk = Files.createDirectory(scratch.resolve("disk"));

        try (SecondJvm other = SecondJvm.runAfter(
                "mount -t tmpfs -o size=64k,mode=700 tmpfs '" + disk + "'", "fill", disk.resolve("state"))) {

            assertThat(other.line()).isEqualTo("written");
            assertThat(other.line()).isEqualTo("no space left on device");
            assertThat(other.line())
                    .startsWith("cannot write " + disk.resolve("state/sightings.json"))
                    .contains("no space left", "forgotten");
            assertThat(other.line()).isEqualTo("remembered 0");
            assertThat(other.line()).isEqualTo("beside false");
            assertThat(other.line()).isEqualTo("written");
        }
    }

    @Test
    void isNotKeptOnAReadOnlyDisk() throws Exception {
        assumeTrue(SecondJvm.canMount(), SKIPPED);
        Path disk = Files.createDirectory(scratch.resolve("disk"));
        String mount = "mount -t tmpfs -o mode=700 tmpfs '%s'\nmkdir -m 700 '%s'\nmount -o remount,ro '%s'"
                .formatted(disk, disk.resolve("state"), disk);

        try (SecondJvm other = SecondJvm.runAfter(mount, "open", disk.resolve("state"))) {
            assertThat(other.line()).contains(disk.resolve("state").toString(), "read-only");
        }
        try (SecondJvm other = SecondJvm.runAfter(mount, "try", disk.resolve("state"))) {
            assertThat(other.line()).contains(disk.resolve("state").toString(), "read-only");
        }
        try (SecondJvm other = SecondJvm.runAfter(mount, "open", disk.resolve("new/state"))) {
            assertThat(other.line()).contains(disk.resolve("new/state").toString(), "read-only file system");
        }
    }
}
