package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassLockIT {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final ProbeHost host = new ProbeHost();

    @TempDir
    private Path scratch;

    private StateDirectory directory;

    @BeforeEach
    void setUp() {
        directory = StateDirectory.open(scratch.resolve("state"), host.self());
    }

    @Test
    void isHeldAgainstAnotherProcessWhichIsNamed() throws Exception {
        try (SecondJvm other = SecondJvm.run("hold", directory.path())) {
            assertThat(other.line()).isEqualTo("held " + other.pid());

            LockAttempt attempt = PassLock.acquire(directory, PATIENCE, host);

            assertThat(attempt.isBusy()).isTrue();
            assertThat(attempt.holder()).contains(other.pid());
        }
    }

    @Test
    void isFreeOnceItsHolderIsKilled() throws Exception {
        try (SecondJvm other = SecondJvm.run("hold", directory.path())) {
            assertThat(other.line()).startsWith("held");
            other.kill();
            assertThat(Files.readString(directory.file("pass.lock"))).startsWith(other.pid() + " ");

            try (PassLock lock =
                    PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow()) {
                lock.requireHeldOn(directory);
            }
        }
    }

    @Test
    void doesNotBelieveANameThatIsNotTheHolders() throws Exception {
        try (SecondJvm other = SecondJvm.run("hold", directory.path())) {
            assertThat(other.line()).startsWith("held");
            Files.writeString(directory.file("pass.lock"), host.self().pid() + " 1 " + BareHost.BOOT + "\n");

            LockAttempt attempt = PassLock.acquire(directory, Duration.ZERO, host);

            assertThat(attempt.isBusy()).isTrue();
            assertThat(attempt.holder()).isEmpty();
        }
    }

    @Test
    void isNotLetGoOfByASecondAttemptInTheSameProcess() throws Exception {
        try (PassLock lock =
                PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow()) {
            assertThat(PassLock.acquire(directory, PATIENCE, host).isBusy()).isTrue();

            try (SecondJvm other = SecondJvm.run("try", directory.path())) {
                assertThat(other.line())
                        .isEqualTo("busy Optional[" + host.self().pid() + "]");
            }
            lock.requireHeldOn(directory);
        }
        try (SecondJvm other = SecondJvm.run("try", directory.path())) {
            assertThat(other.line()).isEqualTo("free");
        }
    }
}
