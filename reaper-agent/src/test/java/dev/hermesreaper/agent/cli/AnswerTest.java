package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {

    @TempDir
    private Path directory;

    private static void give(String text, Path file) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new Answer(new Terminal(nowhere, nowhere, false, false, Map.of()), Optional.of(file)).give(text);
    }

    @Test
    void isAFileOfItsUserAlone() throws IOException {
        Path file = directory.resolve("leaks.html");

        give("first", file);
        give("second", file);

        assertThat(file).hasContent("second\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void writesThroughNoPlantedLink() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "kept");
        Path file = directory.resolve("leaks.html");
        Files.createSymbolicLink(directory.resolve(".leaks.html.part"), precious);

        give("answer", file);

        assertThat(precious).hasContent("kept");
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(file).hasContent("answer\n");
    }

    @Test
    void takesNotThePlaceOfALink() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "kept");
        Path link = Files.createSymbolicLink(directory.resolve("leaks.html"), precious);

        assertThatThrownBy(() -> give("answer", link))
                .isInstanceOf(UnwritableException.class)
                .hasMessageContaining(link + " is there already, is no regular file and is left alone");

        assertThat(precious).hasContent("kept");
        assertThat(link).isSymbolicLink();
    }

    /** Of root, {@code --output /dev/null} would otherwise cost the machine that device; a socket stands for it here. */
    @Test
    void takesNotThePlaceOfWhatIsNoFile() throws IOException {
        Path socket = directory.resolve("s");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThatThrownBy(() -> give("answer", socket))
                    .isInstanceOf(UnwritableException.class)
                    .hasMessageContaining("is no regular file");

            assertThat(Files.isRegularFile(socket)).isFalse();
        }
    }
}
