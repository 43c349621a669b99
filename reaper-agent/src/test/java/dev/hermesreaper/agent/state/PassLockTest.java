package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassLockTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    private Path scratch;

    private SteppingHost host;
    private StateDirectory directory;
    private Path file;

    @BeforeEach
    void setUp() {
        host = SteppingHost.in(scratch);
        directory = StateDirectory.open(scratch.resolve("state"), host.self());
        file = directory.file("pass.lock");
    }

    @Test
    void isFreeAtFirst() throws Exception {
        try (PassLock lock = acquired()) {
            lock.requireHeldOn(directory);
            assertThat(Files.readString(file)).startsWith(SteppingHost.PID + " ");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isFreeAgainAfterThePass() throws Exception {
        acquired().close();

        assertThat(file).isEmptyFile();
        acquired().close();
    }

    @Test
    void isNotGivenTwiceWithinOneProcess() throws Exception {
        try (PassLock lock = acquired()) {
            LockAttempt second = PassLock.acquire(directory, PATIENCE, host);

            assertThat(second.isBusy()).isTrue();
            assertThat(second.holder()).contains(SteppingHost.PID);
            lock.requireHeldOn(directory);
        }
    }

    @Test
    void isWaitedForNoLongerThanAsked() throws Exception {
        try (PassLock lock = acquired()) {
            Duration before = host.time();

            PassLock.acquire(directory, PATIENCE.plusMillis(30), host);

            assertThat(host.time().minus(before)).isEqualTo(PATIENCE.plusMillis(30));
            lock.requireHeldOn(directory);
        }
    }

    @Test
    void isGivenAsSoonAsItIsFree() throws Exception {
        PassLock lock = acquired();
        Duration before = host.time();
        host.after(Duration.ofSeconds(3), lock::close);

        try (PassLock second =
                PassLock.acquire(directory, PATIENCE, host).lock().orElseThrow()) {
            assertThat(host.time().minus(before)).isEqualTo(Duration.ofSeconds(3));
            second.requireHeldOn(directory);
        }
    }

    @Test
    void isWaitedForWhileAwakeOnly() throws Exception {
        PassLock lock = acquired();
        host.after(Duration.ofSeconds(3), () -> {
            host.suspend(Duration.ofHours(8));
            host.after(Duration.ofSeconds(3), lock::close);
        });

        LockAttempt attempt = PassLock.acquire(directory, PATIENCE, host);

        assertThat(attempt.lock()).isPresent();
        attempt.lock().orElseThrow().close();
    }

    @Test
    void isNotLostByClosingTheOneBeforeOnceMore() throws Exception {
        PassLock first = acquired();
        first.close();
        try (PassLock second = acquired()) {
            first.close();

            assertThat(PassLock.acquire(directory, Duration.ZERO, host).isBusy())
                    .isTrue();
            second.requireHeldOn(directory);
        }
    }

    @Test
    void isOfOneDirectory() throws Exception {
        StateDirectory other = StateDirectory.open(scratch.resolve("other"), host.self());

        try (PassLock lock = acquired();
                PassLock of =
                        PassLock.acquire(other, Duration.ZERO, host).lock().orElseThrow()) {
            lock.requireHeldOn(directory);
            of.requireHeldOn(other);
        }
    }

    @Test
    void isNotTakenThroughALink() throws Exception {
        Path target = Files.writeString(scratch.resolve("target"), "precious");
        Files.createSymbolicLink(file, target);

        LockAttempt attempt = PassLock.acquire(directory, PATIENCE, host);

        assertThat(attempt.isBusy()).isFalse();
        assertThat(attempt.problem()).get().asString().contains(file + " is a symbolic link");
        assertThat(target).hasContent("precious");
    }

    @Test
    void doesNotMakeWhatALinkLeadsTo() throws Exception {
        Files.createSymbolicLink(file, scratch.resolve("target"));

        assertThat(PassLock.acquire(directory, PATIENCE, host).problem()).isPresent();
        assertThat(scratch.resolve("target")).doesNotExist();
    }

    @Test
    void doesNotEmptyAFileThatHasAnotherName() throws Exception {
        Path precious = Files.writeString(scratch.resolve("precious"), "precious");
        Files.createLink(file, precious);

        assertThat(PassLock.acquire(directory, PATIENCE, host).problem())
                .get()
                .asString()
                .contains("2 names");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void cannotBeHadWhereNothingCanBeKept() throws Exception {
        StateDirectory none = StateDirectory.open(Files.createFile(scratch.resolve("file")), host.self());

        LockAttempt attempt = PassLock.acquire(none, PATIENCE, host);

        assertThat(attempt.isBusy()).isFalse();
        assertThat(attempt.problem()).isEqualTo(none.problem());
    }

    @Test
    void cannotBeHadInADirectoryThatIsGone() throws Exception {
        Files.delete(directory.path());

        assertThat(PassLock.acquire(directory, PATIENCE, host).problem()).isPresent();
    }

    @Test
    void isTakenOverWhateverTheFileSays() throws Exception {
        for (String left : new String[] {"1 1 x\n", "99999999999999999999", "\0".repeat(5000), "4000 77 "}) {
            put(left);

            try (PassLock lock = acquired()) {
                lock.requireHeldOn(directory);
                assertThat(Files.readString(file)).isEqualTo("4000 77 " + BareHost.BOOT + "\n");
            }
        }
    }

    private PassLock acquired() throws InterruptedException {
        return PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow();
    }

    private void put(String content) throws IOException {
        Files.writeString(file, content);
    }
}
