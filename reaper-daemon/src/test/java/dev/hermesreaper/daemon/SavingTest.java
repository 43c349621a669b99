package dev.hermesreaper.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody saves the configuration file just before a worker is due, which is at 10 s. */
class SavingTest {

    private static final Duration DUE = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final World world = new World();
    private final Shift shift = new Shift(world);
    private Path file;

    @BeforeEach
    void oneIsDue() {
        file = directory.resolve("config.toml");
        save("# as it was");
        shift.file(file);
        world.worker(101).of("precious").orphanedTo(1);
    }

    /** As an editor does it: another file each time. */
    private void save(String text) {
        try {
            Path next = Files.writeString(directory.resolve("config.toml.new"), text + "\n");
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void saveFrom(int firstMillis, int lastMillis) {
        for (int at = firstMillis; at < lastMillis; at += 400) {
            int number = at;
            world.in(at + "ms", () -> save("# draft " + number));
        }
    }

    @Test
    void signalsWhereNothingIsSaved() {
        shift.run("29s");

        assertThat(world.signals()).singleElement().satisfies(it -> assertThat(it.at())
                .isBetween(DUE, DUE.plusMillis(100)));
    }

    @Test
    void signalsNobodyWhomTheSavedFileProtects() {
        world.in("9900ms", () -> save("[protect]\nsession_keys = [\"precious\"]"));

        shift.run("100s");

        assertThat(world.signals()).isEmpty();
        assertThat(shift.configs()).hasSize(2);
        assertThat(shift.problems()).noneMatch(it -> it.contains("configuration"));
    }

    /** It is read when the pass is over. */
    @Test
    void doesNotKillWhomAFileProtectsThatIsSavedDuringItsGrace() {
        world.process(101).ignoresTerm();
        world.in("15s", () -> save("[protect]\nsession_keys = [\"precious\"]"));

        shift.run("100s");

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
        assertThat(shift.reapings()).singleElement().satisfies(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.DEFERRED);
            assertThat(it.detail()).contains("configuration");
        });
    }

    @Test
    void signalsNobodyWhereTheSavedFileSaysObserve() {
        world.in("9900ms", () -> save("[reap]\nmode = \"observe\""));

        shift.run("100s");

        assertThat(world.signals()).isEmpty();
        assertThat(shift.looks()).hasSizeGreaterThan(3);
    }

    @Test
    void waitsUntilTheFileStaysAsItIs() {
        saveFrom(9900, 15_000);
        world.in("15s", () -> save("[protect]\nsession_keys = [\"precious\"]"));

        shift.run("100s");

        assertThat(world.signals()).isEmpty();
        assertThat(shift.vitals()).allSatisfy(it -> assertThat(it.gap()).isEmpty());
    }

    @Test
    void goesOnWithTheLastGoodOneAndSaysSoWhereSavingDoesNotEnd() {
        saveFrom(9900, 60_000);

        shift.run("50s");

        assertThat(world.signals()).singleElement().satisfies(it -> assertThat(it.at())
                .isBetween(DUE.plusSeconds(10), DUE.plusSeconds(12)));
        assertThat(shift.problems())
                .filteredOn(it -> it.contains("has been changing for 10 s"))
                .hasSize(1);
    }

    @Test
    void readsItAtOnceForWhomAsks() {
        saveFrom(9900, 12_000);
        world.in("12s", () -> {
            save("[protect]\nsession_keys = [\"precious\"]");
            shift.reload();
        });

        shift.run("12500ms");

        assertThat(shift.configs()).hasSize(2);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void takesOnARefusedFileOnceItsDirectoryIsMended() {
        world.in("12s", () -> mode("rwxrwxr-x"));
        world.in("12s", () -> save("[protect]\nsession_keys = [\"other\"]"));
        world.in("200s", () -> mode("rwxr-xr-x"));

        shift.run("300s");

        assertThat(shift.problems())
                .filteredOn(it -> it.contains("writable by its group"))
                .hasSize(1);
        assertThat(shift.configs()).hasSize(2);
        assertThat(shift.vitals()).last().satisfies(it -> assertThat(it.configProblem())
                .isEmpty());
    }

    private void mode(String permissions) {
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void stopsWhileItWaits() {
        saveFrom(9900, 60_000);
        world.in("14s", shift::stop);

        shift.run("60s");

        assertThat(world.elapsed()).isLessThan(Duration.ofSeconds(15));
        assertThat(world.signals()).isEmpty();
    }
}
