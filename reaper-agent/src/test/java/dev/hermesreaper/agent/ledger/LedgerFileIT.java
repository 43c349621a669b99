package dev.hermesreaper.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.state.ProbeHost;
import dev.hermesreaper.agent.state.SecondJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFileIT {

    private static final int KILLS = 30;
    private static final String SKIPPED = "SKIPPED: no mount namespace of our own here (needs root and unshare)";

    private final ProbeHost host = new ProbeHost();

    @TempDir
    private Path scratch;

    /** SIGKILL at random moments: all that was said to be written is told, and at most what was being written besides. */
    @ParameterizedTest
    @ValueSource(strings = {"write", "rotate"})
    void tellsAllThatWasWrittenWheneverItsWriterIsKilled(String how) throws Exception {
        Random random = new Random(20_261_121);
        Set<String> written = new HashSet<>();
        long lines = 0;
        for (int i = 0; i < KILLS; i++) {
            // One that is rotated keeps a hundred files and no more, and half a second makes as many; so two kills
            // each.
            Path state = scratch.resolve(how.equals("write") ? "state" : "state" + i / 2);
            if (how.equals("rotate") && i % 2 == 0) {
                written.clear();
            }
            int before = written.size();
            try (SecondJvm writer = SecondJvm.run(Scribe.class, how, state)) {
                assertThat(writer.line()).isEqualTo("ready");
                TimeUnit.MICROSECONDS.sleep(random.nextInt(150_000));
                writer.kill();
                written.addAll(writer.remainingLines());
            }

            Book.Told told = Book.told(state, host, Instant.MIN);
            Set<String> seen = new HashSet<>();
            for (Act act : told.acts()) {
                assertThat(act.ending().outcome()).isIn("exited", "interrupted");
                assertThat(act.reason()).isEqualTo("superseded");
                String who = act.sweepId() + " " + act.identity().pid();
                if (!act.grounds().isEmpty()) {
                    seen.add("intent " + who);
                }
                if (act.ending().isReaped()) {
                    seen.add("outcome " + who);
                }
            }
            assertThat(told.reading().problems()).isEmpty();
            assertThat(told.reading().damagedLines()).isLessThanOrEqualTo(i + 1L);
            assertThat(seen).containsAll(written);
            // What was written between the last word and the kill.
            assertThat(seen.size() - written.size()).isBetween(0, 1);
            written.addAll(seen);
            lines += seen.size() - before;
        }
        assertThat(lines).as("lines told of").isGreaterThan(3L * KILLS);
    }

    @Test
    void isReadWhileItIsWrittenAndRotated() throws Exception {
        Path state = scratch.resolve("state");
        try (SecondJvm writer = SecondJvm.run(Scribe.class, "rotate", state)) {
            assertThat(writer.line()).isEqualTo("ready");
            int most = 0;
            for (int i = 0; i < 40; i++) {
                Book.Told told = Book.told(state, host, Instant.MIN);
                List<Integer> passes = told.acts().stream()
                        .map(act -> Integer.valueOf(
                                act.sweepId().substring(act.sweepId().indexOf('-') + 1)))
                        .distinct()
                        .toList();
                assertThat(told.reading().problems()).isEmpty();
                assertThat(told.acts()).noneMatch(act -> act.ending().outcome().equals("interrupted"));
                assertThat(passes).isSorted();
                if (!passes.isEmpty()) {
                    assertThat(passes.get(passes.size() - 1) - passes.get(0)).isEqualTo(passes.size() - 1);
                }
                most = Math.max(most, told.reading().files());
                writer.line();
            }
            assertThat(most).as("files at once").isGreaterThan(3);
        }
    }

    @Test
    void saysOnceThatTheDiskIsFullAndGoesOn() throws Exception {
        assumeTrue(SecondJvm.canMount(), SKIPPED);
        Path disk = Files.createDirectory(scratch.resolve("disk"));

        try (SecondJvm other = SecondJvm.runAfter(
                Scribe.class,
                "mount -t tmpfs -o size=64k,mode=700 tmpfs '" + disk + "'",
                "fill",
                disk.resolve("state"))) {

            assertThat(other.line()).isEqualTo("full");
            assertThat(other.line())
                    .isEqualTo("cannot write " + disk.resolve("state/ledger.jsonl") + ": no space left on device");
            assertThat(other.line()).isEqualTo("damaged 0");
            assertThat(other.line()).isEqualTo("first exited");
        }
    }
}
