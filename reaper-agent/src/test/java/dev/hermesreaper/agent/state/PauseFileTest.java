package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a pause is in force, whatever the clocks and the disk do. */
class PauseFileTest {

    private static final Instant NOON = Instant.parse("2026-05-07T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path scratch;

    private Path directory;
    private RebootingHost machine;

    @BeforeEach
    void setUp() {
        machine = new RebootingHost(SteppingHost.in(scratch).self(), NOON);
        directory = scratch.resolve("state");
    }

    private Optional<Pause> now() {
        return PauseFile.in(directory, machine).now();
    }

    private void give(Duration length) {
        assertThat(PauseFile.toWrite(directory, machine).give("alice", length)).isEmpty();
    }

    @Test
    void thereIsNoneWhereNobodyGaveOne() {
        assertThat(now()).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void saysUntilWhenAndByWhom() throws IOException {
        give(HOUR);

        assertThat(now()).contains(Pause.of("alice", NOON, NOON.plus(HOUR)));
        assertThat(now().orElseThrow().said()).isEqualTo("paused until 2026-05-07 13:00:00 UTC by alice");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("pause.json"))))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("pause.json");
    }

    @Test
    void isOverWhenItsTimeIs() {
        give(HOUR);

        machine.pass(HOUR.minusMillis(1));
        assertThat(now()).isPresent();
        machine.pass(Duration.ofMillis(1));
        assertThat(now()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, -1, 1, 400})
    void aStepOfTheWallClockNeitherEndsNorProlongsIt(long days) {
        give(HOUR);
        machine.wall = machine.wall.plus(Duration.ofDays(days));

        machine.pass(Duration.ofMinutes(59));
        assertThat(now().orElseThrow().until()).contains(machine.wall.plus(Duration.ofMinutes(1)));
        machine.pass(Duration.ofMinutes(1));
        assertThat(now()).isEmpty();
    }

    @Test
    void sleepCounts() {
        give(HOUR);
        machine.pass(Duration.ofHours(2));

        assertThat(now()).isEmpty();
    }

    @Test
    void outlivesARebootUntilItsEndByTheWallClock() {
        give(HOUR);
        machine.pass(Duration.ofMinutes(10));
        machine.reboot(Duration.ofSeconds(30));

        assertThat(now().orElseThrow().until()).contains(NOON.plus(HOUR));
        machine.pass(Duration.ofMinutes(50));
        assertThat(now()).isEmpty();
    }

    @Test
    void aClockThatIsWrongAfterARebootDoesNotMakeItLastForEver() {
        give(HOUR);
        machine.reboot(Duration.ZERO);
        machine.wall = Instant.EPOCH;

        machine.pass(Duration.ofMinutes(59));
        assertThat(now()).isPresent();
        machine.pass(Duration.ofMinutes(1));
        assertThat(now()).isEmpty();
    }

    @Test
    void theLastOneGivenCounts() {
        give(HOUR);
        give(Duration.ofMinutes(1));

        machine.pass(Duration.ofMinutes(1));
        assertThat(now()).isEmpty();
    }

    @Test
    void endsWhenResumed() {
        give(HOUR);

        assertThat(PauseFile.in(directory, machine).end()).isEmpty();
        assertThat(now()).isEmpty();
        assertThat(PauseFile.in(directory, machine).end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"schema\":\"hermes-reaper/pause/2\"}",
                "{\"schema\":\"hermes-reaper/pause/1\",\"by\":\"x\",\"since\":\"soon\",\"until\":\"late\"}",
                "{\"schema\":\"hermes-reaper/pause/1\",\"by\":{}}",
                "\u0000\u0000\u0000"
            })
    void pausesUntilResumedWhereItCannotBeReadWhatWasWanted(String text) throws IOException {
        give(HOUR);
        Files.writeString(directory.resolve("pause.json"), text);
        machine.pass(Duration.ofDays(5000));

        assertThat(now().orElseThrow().said()).contains("paused until resumed", "pause.json");
        assertThat(PauseFile.in(directory, machine).end()).isEmpty();
        assertThat(now()).isEmpty();
    }

    @Test
    void followsNoLinkAndRemovesOnlyTheLink() throws IOException {
        give(HOUR);
        Path elsewhere = Files.writeString(scratch.resolve("elsewhere"), "precious");
        Files.delete(directory.resolve("pause.json"));
        Files.createSymbolicLink(directory.resolve("pause.json"), elsewhere);

        assertThat(now().orElseThrow().problem().orElseThrow()).contains("symbolic link");
        assertThat(PauseFile.toWrite(directory, machine).give("mallory", HOUR).orElseThrow())
                .contains("symbolic link");
        assertThat(PauseFile.in(directory, machine).end()).isEmpty();
        assertThat(elsewhere).hasContent("precious");
        assertThat(now()).isEmpty();
    }

    @Test
    void saysWhyItCannotBeGiven() throws IOException {
        Files.writeString(directory, "a file");

        assertThat(PauseFile.toWrite(directory, machine).give("alice", HOUR).orElseThrow())
                .contains(directory.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
    void pausesUntilMendedWhereTheDirectoryOfOneIsRefused(String mode) throws IOException {
        give(HOUR);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        machine.pass(Duration.ofDays(2));

        assertThat(now().orElseThrow().said())
                .contains("paused until resumed", "can be written by others", "chmod go-w " + directory);
        assertThat(PauseFile.in(directory, machine).end().orElseThrow()).contains("chmod go-w " + directory);

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(now()).isEmpty();
    }

    @Test
    void theSameQuestionNoticesADirectoryThatIsRefusedOrMendedMeanwhile() throws IOException {
        PauseFile asked = PauseFile.in(directory, machine);
        give(HOUR);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(asked.now().orElseThrow().problem()).isPresent();

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(asked.now()).contains(Pause.of("alice", NOON, NOON.plus(HOUR)));
    }

    @Test
    void pausesWhereTheDirectoryIsALinkToOneWithAPause() throws IOException {
        give(HOUR);
        Path link = Files.createSymbolicLink(scratch.resolve("link"), directory);

        assertThat(PauseFile.in(link, machine).now().orElseThrow().problem().orElseThrow())
                .contains("symbolic link");
    }

    @Test
    void pausesWhereItCannotBeToldWhetherThereIsOne() throws IOException {
        Path loop = Files.createSymbolicLink(scratch.resolve("loop"), Path.of("loop"));

        assertThat(PauseFile.in(loop.resolve("state"), machine)
                        .now()
                        .orElseThrow()
                        .problem())
                .isPresent();
    }

    @Test
    void thereIsNoneInARefusedDirectoryWithoutTheFile() throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(now()).isEmpty();

        Path file = Files.writeString(scratch.resolve("file"), "no directory");
        assertThat(PauseFile.in(file, machine).now()).isEmpty();
        assertThat(PauseFile.in(file.resolve("state"), machine).now()).isEmpty();
    }

    @Test
    void aBootThatCannotBeReadIsNotAnotherBoot() {
        give(HOUR);
        machine.hidesProcesses = true;

        machine.pass(Duration.ofMinutes(59));
        assertThat(now()).isPresent();
        machine.wall = machine.wall.plus(Duration.ofDays(400));
        assertThat(now()).as("the wall clock was set").isPresent();
        machine.pass(Duration.ofMinutes(1));
        assertThat(now()).isEmpty();
    }

    @Test
    void isNotOverAtOnceWhereTheBootCouldNotBeReadWhenItWasGiven() {
        machine.hidesProcesses = true;
        give(HOUR);
        machine.hidesProcesses = false;

        machine.pass(Duration.ofMinutes(59));
        assertThat(now()).isPresent();
        machine.pass(Duration.ofMinutes(1));
        assertThat(now()).isEmpty();
    }
}
