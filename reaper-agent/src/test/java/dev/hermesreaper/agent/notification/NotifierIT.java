package dev.hermesreaper.agent.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.OwnUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real commands: those that work, fail, hang, do not read, or could be somebody else's. */
class NotifierIT {

    private static final Notice NOTICE = new Notice("reaped", "{\"event\":\"reaped\"}");
    private static final long UID = OwnUser.uid();

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path directory;

    @BeforeEach
    void closeTheDirectory() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(directory.resolve("notify"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private Notifier notifier(Duration atMost, String... command) {
        return new Notifier(List.of(command), UID, atMost, complaints::add);
    }

    @Test
    void handsEachEventToTheCommandOnItsInputInOrder() throws Exception {
        Path heard = directory.resolve("heard");
        Notifier notifier = notifier(
                Duration.ofSeconds(10),
                script("cat >>" + heard + "; echo noise; echo noise >&2").toString());

        notifier.tell(NOTICE);
        notifier.tell(new Notice("blind", "{\"event\":\"blind\"}"));
        notifier.finish();

        assertThat(complaints).isEmpty();
        assertThat(heard).hasContent("{\"event\":\"reaped\"}\n{\"event\":\"blind\"}\n");
    }

    @Test
    void takesALineForTheShell() throws Exception {
        Path heard = directory.resolve("heard");
        Notifier notifier = notifier(Duration.ofSeconds(10), "/bin/sh", "-c", "tr a-z A-Z >" + heard);

        notifier.tell(NOTICE);
        notifier.finish();

        assertThat(complaints).isEmpty();
        assertThat(heard).hasContent("{\"EVENT\":\"REAPED\"}\n");
    }

    @Test
    void endsACommandThatTakesTooLongAndGoesOn() throws Exception {
        Path pid = directory.resolve("pid");
        Notifier notifier = notifier(
                Duration.ofSeconds(2), // a shell may need a while to start on a busy machine
                script("echo $$ >" + pid + "; exec sleep 60").toString());

        notifier.tell(NOTICE);
        notifier.finish();

        assertThat(complaints).hasSize(1).first().asString().contains("\"reaped\" failed", "ended after 2 s");
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(child -> assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void saysThatACommandFailedAndDoesNotMindOneThatDoesNotRead() throws Exception {
        Notifier failing = notifier(Duration.ofSeconds(10), script("exit 3").toString());
        failing.tell(NOTICE);
        failing.finish();
        assertThat(complaints)
                .containsExactly("the notification \"reaped\" failed: " + directory + "/notify: status 3");

        complaints.clear();
        Notifier deaf =
                notifier(Duration.ofSeconds(10), script("exec <&-; exit 0").toString());
        deaf.tell(NOTICE);
        deaf.finish();
        assertThat(complaints).isEmpty();
    }

    @Test
    void runsNothingThatAnotherUserCouldHaveWritten() throws Exception {
        Path heard = directory.resolve("heard");
        Path script = script("cat >" + heard);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxrwxrwx"));

        for (List<String> command : List.of(
                List.of(script.toString()),
                List.of("/bin/sh", script.toString()),
                List.of("/bin/sh", "-c", "cat | " + script))) {
            complaints.clear();
            Notifier notifier = notifier(Duration.ofSeconds(10), command.toArray(String[]::new));
            notifier.tell(NOTICE);
            notifier.finish();

            assertThat(complaints).hasSize(1).first().asString().contains("not run", "chmod go-w " + script);
            assertThat(heard).doesNotExist();
        }
    }

    @Test
    void saysThatThereIsNoSuchProgram() throws Exception {
        Notifier notifier =
                notifier(Duration.ofSeconds(10), directory.resolve("none").toString());
        notifier.tell(NOTICE);
        notifier.finish();

        assertThat(complaints).hasSize(1).first().asString().contains("none: no such file");
    }

    @Test
    void neverWaitsAndDropsWhatIsTooMuch() throws Exception {
        Path go = directory.resolve("go");
        Notifier notifier = notifier(
                Duration.ofSeconds(20),
                script("while [ ! -e " + go + " ]; do sleep 0.05; done").toString());

        for (int i = 0; i < Notifier.MOST_WAITING + 10; i++) {
            notifier.tell(NOTICE);
        }

        assertThat(complaints).hasSizeBetween(9, 10).allMatch(it -> it.contains("is dropped: 32 others wait"));
        Files.createFile(go);
        notifier.finish();
        assertThat(complaints).hasSizeBetween(9, 10);
    }
}
