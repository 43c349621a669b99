package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.host.Self;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {

    private static final int STRANGER = 12_345;

    @TempDir
    private Path scratch;

    private Self self;
    private Path path;

    @BeforeEach
    void setUp() {
        self = SteppingHost.in(scratch).self();
        path = scratch.resolve("state/hermes-reaper");
    }

    @Test
    void isMadeWithItsParentsForItsOwnerAlone() throws IOException {
        StateDirectory directory = StateDirectory.open(path, self);

        assertThat(directory.problem()).isEmpty();
        assertThat(mode(path)).isEqualTo("rwx------");
        assertThat(mode(scratch.resolve("state"))).isEqualTo("rwx------");
    }

    @Test
    void mayBeThereAlready() {
        StateDirectory.open(path, self);

        assertThat(StateDirectory.open(path, self).isUsable()).isTrue();
    }

    @Test
    void isNotMadeForAQuestion() {
        StateDirectory directory = StateDirectory.existing(path, self);

        assertThat(directory.isUsable()).isTrue();
        assertThat(scratch.resolve("state")).doesNotExist();
    }

    @Test
    void isNoSymbolicLink() throws IOException {
        Path target = Files.createDirectory(scratch.resolve("target"));
        Files.createSymbolicLink(scratch.resolve("link"), target);

        assertRefused(scratch.resolve("link"), "symbolic link");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void isNoSymbolicLinkToNowhereThatWouldBeMade() throws IOException {
        Files.createSymbolicLink(scratch.resolve("link"), scratch.resolve("target"));

        assertRefused(scratch.resolve("link"), "symbolic link");
        assertThat(scratch.resolve("target")).doesNotExist();
    }

    @Test
    void isNoFile() throws IOException {
        assertRefused(Files.createFile(scratch.resolve("file")), "not a directory");
    }

    @Test
    void cannotBeMadeBelowAFile() throws IOException {
        Path file = Files.createFile(scratch.resolve("file"));

        assertRefused(file.resolve("state"), "not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    void isNotWritableByOthers(String mode) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));

        assertRefused(path, "chmod go-w " + path);
    }

    @Test
    void belongsToWhoRunsThis() {
        StateDirectory.open(path, self);

        StateDirectory directory = StateDirectory.open(path, new Self(1, STRANGER, "test"));

        assertThat(directory.problem()).get().asString().contains("belongs to user " + self.uid());
    }

    @Test
    void isOfNoUseToNobodyInParticular() {
        assertThat(StateDirectory.open(path, new Self(1, -1, "test")).problem())
                .get()
                .asString()
                .contains("not known which user");
        assertThat(path).doesNotExist();
    }

    @Test
    void isNotBelowADirectoryEverybodyCanWrite() throws IOException {
        Path shared = Files.createDirectory(scratch.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertRefused(shared.resolve("state"), "chmod o-w " + shared);
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void mayBeBelowAStickyDirectoryEverybodyCanWrite() throws IOException {
        Path shared = Files.createDirectory(scratch.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 01777);

        assertThat(StateDirectory.open(shared.resolve("state"), self).problem()).isEmpty();
    }

    @Test
    void mayBeReachedThroughOurOwnLink() throws IOException {
        Path real = Files.createDirectory(scratch.resolve("real"));
        Path link = Files.createSymbolicLink(scratch.resolve("link"), real);

        assertThat(StateDirectory.open(link.resolve("state"), self).problem()).isEmpty();
        assertThat(real.resolve("state")).isDirectory();
    }

    @Test
    void isNotReachedThroughALinkOfAStranger() throws IOException {
        assumeTrue(self.uid() == 0, "SKIPPED: only root can make a link that belongs to another user");
        Path real = Files.createDirectory(scratch.resolve("real"));
        Path link = Files.createSymbolicLink(scratch.resolve("link"), real);
        Files.setAttribute(link, "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);

        assertRefused(link.resolve("state"), "belongs to user " + STRANGER);
        assertThat(real).isEmptyDirectory();
    }

    @Test
    void isNotBelowADirectoryOfAStrangerThatALinkLeadsTo() throws IOException {
        assumeTrue(self.uid() == 0, "SKIPPED: only root can make a directory that belongs to another user");
        Path foreign = Files.createDirectories(scratch.resolve("foreign/deep")).getParent();
        Files.setAttribute(foreign, "unix:uid", STRANGER);
        Path link = Files.createSymbolicLink(scratch.resolve("link"), foreign.resolve("deep"));

        assertRefused(link.resolve("state"), "%s belongs to user %d".formatted(foreign, STRANGER));
        assertThat(foreign.resolve("deep")).isEmptyDirectory();
    }

    private void assertRefused(Path refused, String because) {
        StateDirectory directory = StateDirectory.open(refused, self);

        assertThat(directory.isUsable()).isFalse();
        assertThat(directory.problem()).get().asString().contains(refused.toString(), because);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
