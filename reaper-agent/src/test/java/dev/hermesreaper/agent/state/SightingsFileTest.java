package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sightings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightingsFileTest {

    @TempDir
    private Path scratch;

    private StateDirectory directory;
    private SightingsFile sightings;
    private Path file;
    private PassLock lock;

    @BeforeEach
    void setUp() throws InterruptedException {
        SteppingHost host = SteppingHost.in(scratch);
        directory = StateDirectory.open(scratch.resolve("state"), host.self());
        sightings = new SightingsFile(directory);
        file = directory.file("sightings.json");
        lock = PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow();
    }

    @AfterEach
    void tearDown() {
        lock.close();
    }

    @Test
    void remembersEveryField() {
        assertThat(sightings.write(lock, Seen.three())).isEmpty();

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.problem()).isEmpty();
        assertThat(remembered.sightings().all())
                .containsExactlyInAnyOrder(Seen.idle(101), Seen.working(102), Seen.unreadable(103));
    }

    @Test
    void remembersNothingBeforeTheFirstPass() {
        assertThat(sightings.recall(lock, Seen.PRESENT)).isEqualTo(Recollection.of(Sightings.NONE));
        assertThat(sightings.peek(Seen.PRESENT)).isEqualTo(Recollection.of(Sightings.NONE));
    }

    @Test
    void remembersThatNothingWasSeen() {
        sightings.write(lock, Seen.three());
        sightings.write(lock, Sightings.NONE);

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.problem()).isEmpty();
        assertThat(remembered.sightings().all()).isEmpty();
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        sightings.write(lock, Seen.three());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void isOneJsonDocument() throws IOException {
        sightings.write(lock, Seen.three());

        JsonObject document = new Gson().fromJson(Files.readString(file), JsonObject.class);

        assertThat(document.get("schema").getAsString()).isEqualTo("hermes-reaper/sightings/1");
        assertThat(document.get("sightings").getAsJsonArray()).hasSize(3);
    }

    @Test
    void forgetsAnotherBootWithoutAWord() {
        Sighting idle = Seen.idle(101);
        Sighting before = Seen.ofBoot("another", idle);
        sightings.write(lock, Sightings.of(List.of(before, Seen.working(102))));

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.sightings().all()).containsExactly(Seen.working(102));
        assertThat(remembered.problem()).isEmpty();
    }

    @Test
    void saysHowManySightingsCannotHaveHappened() {
        sightings.write(lock, Sightings.of(List.of(Seen.idle(101, Duration.ofMinutes(70)), Seen.working(102))));

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.sightings().all()).containsExactly(Seen.working(102));
        assertThat(remembered.problem()).get().asString().contains(file.toString(), "1 of 2");
        assertThat(file).exists();
    }

    @Test
    void keepsTheTwentyThousandLastSeen() {
        List<Sighting> many = new ArrayList<>(Seen.generation(1, 20_000).all());
        Sighting idle = Seen.idle(99);
        Sighting older = new Sighting(
                Seen.worker(99),
                Seen.at(Seen.THEN.minusNanos(1)),
                idle.activity(),
                idle.doing(),
                idle.stopped(),
                idle.idleSince(),
                idle.workingSince(),
                idle.lastWorked(),
                idle.unownedSince(),
                idle.unattendedSince(),
                idle.workerlessSince(),
                idle.lastOwner(),
                idle.wallStepped());
        many.add(0, older);
        sightings.write(lock, Sightings.of(many));

        Sightings remembered = sightings.recall(lock, Seen.PRESENT).sightings();

        assertThat(file.toFile().length()).isLessThan(SightingsText.LONGEST_FILE);
        assertThat(remembered.all()).hasSize(20_000);
        assertThat(remembered.of(older.identity())).isEmpty();
    }

    @Test
    void isNeitherReadNorReplacedWhereItIsALink() throws IOException {
        Path target = Files.writeString(scratch.resolve("target"), "precious");
        Files.createSymbolicLink(file, target);

        assertThat(sightings.peek(Seen.PRESENT).problem()).get().asString().contains(file + " is a symbolic link");
        assertThat(sightings.recall(lock, Seen.PRESENT).problem())
                .get()
                .asString()
                .contains(file.toString());
        assertThat(sightings.write(lock, Seen.three())).get().asString().contains(file.toString());
        assertThat(file).isSymbolicLink();
        assertThat(target).hasContent("precious");
    }

    @Test
    void isNotWrittenWhereALinkStandsBesideIt() throws IOException {
        sightings.write(lock, Seen.generation(1, 1));
        Path target = Files.writeString(scratch.resolve("target"), "precious");
        Path beside = Files.createSymbolicLink(directory.file("sightings.json.tmp"), target);

        assertThat(sightings.write(lock, Seen.three())).get().asString().contains(beside + " is a symbolic link");
        assertThat(target).hasContent("precious");
        assertThat(beside).isSymbolicLink();
    }

    @Test
    void isNotReadWhereItHasASecondName() throws IOException {
        sightings.write(lock, Seen.three());
        Files.createLink(scratch.resolve("other"), file);

        assertThat(sightings.recall(lock, Seen.PRESENT).problem())
                .get()
                .asString()
                .contains("2 names");
    }

    @Test
    void isNotReadWhereOthersCanWriteIt() throws IOException {
        sightings.write(lock, Seen.three());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.sightings().all()).isEmpty();
        assertThat(remembered.problem()).get().asString().contains("chmod go-w " + file);
    }

    @Test
    void isNotReadWhereItIsAPipeThatWouldNeverEnd() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        assertThat(sightings.recall(lock, Seen.PRESENT).problem())
                .get()
                .asString()
                .contains("not a regular file");
        assertThat(sightings.write(lock, Seen.three())).get().asString().contains("not a regular file");
    }

    @Test
    void removesWhatAKilledWriterLeft() throws IOException {
        Path beside = Files.writeString(directory.file("sightings.json.tmp"), "{\"schema\":\"hermes-rea");

        assertThat(sightings.recall(lock, Seen.PRESENT).problem()).isEmpty();

        assertThat(beside).doesNotExist();
    }

    @Test
    void forgetsWhatWasSeenBeforeIfTheLastLookIsLost() throws IOException {
        sightings.write(lock, Seen.three());
        Files.createDirectory(directory.file("sightings.json.tmp"));

        assertThat(sightings.write(lock, Seen.three())).get().asString().contains("tmp", "forgotten");

        assertThat(sightings.peek(Seen.PRESENT)).isEqualTo(Recollection.of(Sightings.NONE));
    }

    @Test
    void isOnlyWrittenUnderTheLock() {
        lock.close();

        assertThatThrownBy(() -> sightings.write(lock, Seen.three())).isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void isNotReadInADirectoryThatIsNotOurs() throws IOException {
        sightings.write(lock, Seen.three());
        Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
        StateDirectory ours = StateDirectory.existing(
                directory.path(), SteppingHost.in(scratch).self());

        assertThat(new SightingsFile(ours).peek(Seen.PRESENT).sightings().all()).isEmpty();
        assertThat(sightings.recall(lock, Seen.PRESENT).problem())
                .get()
                .asString()
                .contains("chmod");
        assertThat(sightings.write(lock, Seen.three())).isPresent();
    }
}
