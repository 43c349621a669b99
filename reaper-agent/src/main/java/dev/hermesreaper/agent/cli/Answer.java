package dev.hermesreaper.agent.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where an answer goes: the terminal, or a file that is there completely or not at all. That file is its user's alone, since
 * an answer names users and sessions. It replaces a regular file and nothing else.
 */
final class Answer {

    private final Terminal terminal;
    private final Optional<Path> file;

    Answer(Terminal terminal, Optional<Path> file) {
        this.terminal = terminal;
        this.file = file.map(Path::toAbsolutePath);
    }

    /**
     * Gives it.
     *
     * @throws UnwritableException if the file cannot be written; whatever was there before still is
     */
    void give(String text) {
        String ended = text.endsWith("\n") ? text : text + "\n";
        if (file.isEmpty()) {
            terminal.out().print(ended);
            terminal.out().flush();
            return;
        }
        Path target = file.get();
        requireReplaceable(target);
        Path beside = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.deleteIfExists(beside);
            write(beside, ended);
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            discard(beside);
            throw UnwritableException.at(target, failure);
        }
    }

    /** A device (root would lose {@code /dev/null}), a pipe or a link is not a file that an answer may take the place of. */
    private static void requireReplaceable(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnwritableException(target
                    + " is there already, is no regular file and is left alone; name another file, or leave --output out"
                    + " and redirect");
        }
    }

    /** The file is new, or nothing is written: others may plant a link in a shared directory, and root would follow it. */
    private static void write(Path beside, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                beside,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException alsoFailed) {
            // Nothing was written where the answer belongs; that is what the caller is told.
        }
    }
}
