package dev.hermesreaper.agent.config;

import static dev.hermesreaper.agent.config.ConfigDirectory.permit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTrustTest {

    private static final int STRANGER = 54_321;

    @TempDir
    private Path temporary;

    private Path directory;
    private Path file;
    private long userId;

    @BeforeEach
    void prepare() throws IOException {
        // the real path: on macOS the usual one leads through a link
        directory = permit(Files.createDirectory(temporary.toRealPath().resolve("config")), "rwxr-xr-x");
        file = permit(Files.writeString(directory.resolve("config.toml"), ""), "rw-r--r--");
        userId = new ConfigDirectory(temporary).userId();
    }

    @Test
    void trustsAFileOnlyItsOwnerCanWrite() throws IOException {
        assertThat(FileTrust.problems(file, userId)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rw-rw-r--, its group, 0664", "rw-r--rw-, every user, 0646", "rw-rw-rw-, every user, 0666"})
    void distrustsAFileThatOthersCanWrite(String permissions, String who, String mode) throws IOException {
        permit(file, permissions);

        assertThat(FileTrust.problems(file, userId))
                .containsExactly(file + ": found it writable by " + who + " (mode " + mode
                        + "), expected only by root or uid " + userId + "; fix: chmod go-w " + file);
    }

    @Test
    void distrustsAFileInADirectoryThatOthersCanWrite() throws IOException {
        permit(directory, "rwxrwxrwx");

        assertThat(FileTrust.problems(file, userId))
                .singleElement()
                .asString()
                .startsWith(directory + ": found it writable by every user (mode 0777)")
                .endsWith("chmod go-w " + directory);
    }

    @Test
    void distrustsAFileBelowADirectoryThatOthersCanWrite() throws IOException {
        Path inner = permit(Files.createDirectory(directory.resolve("inner")), "rwx------");
        Path deep = permit(Files.writeString(inner.resolve("config.toml"), ""), "rw-------");
        permit(directory, "rwxrwxr-x");

        assertThat(FileTrust.problems(deep, userId)).singleElement().asString().startsWith(directory + ": ");
    }

    @Test
    void trustsAFileInASharedDirectoryWithTheStickyBit() throws IOException {
        Files.setAttribute(directory, "unix:mode", 01777);

        assertThat(FileTrust.problems(file, userId)).isEmpty();
    }

    @Test
    void seesThroughTheStickyBitOfTheFileItself() throws IOException {
        Files.setAttribute(file, "unix:mode", 01666);

        assertThat(FileTrust.problems(file, userId)).hasSize(1);
    }

    @Test
    void followsLinksToWhereTheyLead() throws IOException {
        Path open = permit(Files.createDirectory(directory.resolve("open")), "rwxrwxrwx");
        permit(Files.writeString(open.resolve("real.toml"), ""), "rw-r--r--");
        Files.createSymbolicLink(directory.resolve("dotfiles"), open);
        Path link = Files.createSymbolicLink(directory.resolve("link.toml"), Path.of("../config/./dotfiles/real.toml"));

        assertThat(FileTrust.problems(link, userId)).singleElement().asString().startsWith(open + ": ");
    }

    @Test
    void distrustsALinkThatStandsWhereOthersCanWrite() throws IOException {
        Path open = permit(Files.createDirectory(directory.resolve("open")), "rwxrwxrwx");
        Path link = Files.createSymbolicLink(open.resolve("link.toml"), file);

        assertThat(FileTrust.problems(link, userId)).singleElement().asString().startsWith(open + ": ");
    }

    @Test
    void givesUpOnLinksThatGoRoundInCircles() throws IOException {
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertThatThrownBy(() -> FileTrust.problems(loop, userId)).hasMessageContaining("symbolic links");
    }

    @Test
    void quotesAStrangePathForTheShell() throws IOException {
        Path strange = permit(Files.writeString(directory.resolve("a 'b';\n.toml"), ""), "rw-rw-rw-");

        assertThat(FileTrust.problems(strange, userId))
                .singleElement()
                .asString()
                .endsWith("chmod go-w '" + directory + "/a '\\''b'\\'';\\u000a.toml'");
    }

    @Test
    void trustsRootAndOneselfButNoStranger() throws IOException {
        assumeRoot();
        give(file, STRANGER);

        assertThat(FileTrust.problems(file, STRANGER)).isEmpty();
        assertThat(FileTrust.problems(file, 0))
                .containsExactly(file + ": found it owned by uid " + STRANGER
                        + ", expected root or uid 0; fix: chown 0 " + file);
        give(file, 0);
        assertThat(FileTrust.problems(file, STRANGER)).isEmpty();
    }

    @Test
    void distrustsTheDirectoryOfAStranger() throws IOException {
        assumeRoot();
        give(directory, STRANGER);

        assertThat(FileTrust.problems(file, 0)).singleElement().asString().endsWith("chown 0 " + directory);
    }

    @Test
    void distrustsTheLinkOfAStranger() throws IOException {
        assumeRoot();
        Files.setAttribute(directory, "unix:mode", 01777);
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        give(link, STRANGER);

        assertThat(FileTrust.problems(link, 0)).singleElement().asString().endsWith("chown -h 0 " + link);
    }

    @Test
    void isAskedBeforeAFileIsRead() throws IOException {
        permit(file, "rw-rw-rw-");
        Files.writeString(file, "not TOML");

        assertThatThrownBy(() -> ConfigFile.read(file, userId))
                .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems())
                        .isEqualTo(List.of("another user could change the configuration, " + file
                                + ": found it writable by every user " + "(mode 0666), expected only by root or uid "
                                + userId + "; fix: chmod go-w " + file)));
    }

    private void assumeRoot() {
        assumeTrue(userId == 0, "only root can give a file away");
    }

    private static void give(Path path, int owner) throws IOException {
        Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
    }
}
