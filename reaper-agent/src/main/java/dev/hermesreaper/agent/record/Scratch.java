package dev.hermesreaper.agent.record;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A directory of our own (mode 0700) that holds a private copy for as long as it is read. */
final class Scratch implements AutoCloseable {

    private static final String PREFIX = "hermes-reaper-record-";

    /** Longer than any reading: whoever made it was killed meanwhile. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path path;

    private Scratch(Path path) {
        this.path = path;
    }

    /**
     * Makes one, and removes those that a killed process left behind.
     *
     * @param in an existing directory
     */
    static Scratch in(Path in, Instant now) throws UnreadableException {
        try {
            Scratch scratch = new Scratch(Files.createTempDirectory(in, PREFIX));
            scratch.removeLeftBehind(in, now);
            return scratch;
        } catch (IOException e) {
            throw new UnreadableException("cannot keep a private copy in %s: %s".formatted(in, HomeFiles.why(e)));
        }
    }

    private void removeLeftBehind(Path in, Instant now) throws IOException {
        Object self = Objects.requireNonNull(owner(path));
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(in, PREFIX + "*")) {
            for (Path sibling : siblings) {
                if (Files.isDirectory(sibling, LinkOption.NOFOLLOW_LINKS)
                        && self.equals(owner(sibling))
                        && Files.getLastModifiedTime(sibling).toInstant().isBefore(now.minus(LEFT_BEHIND))) {
                    remove(sibling);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It may be gone by now, or be unreadable: then it stays.
        }
    }

    private static Object owner(Path of) throws IOException {
        return Files.getAttribute(of, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path path() {
        return path;
    }

    /** When the file {@code name} in it was last written, by the kernel's clock. */
    Optional<Instant> written(String name) {
        try {
            return Optional.of(Files.getLastModifiedTime(file(name)).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Removes a directory that holds files only. */
    private static void remove(Path directory) {
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(directory);
        } catch (IOException | DirectoryIteratorException e) {
            // What cannot be removed now is found again by a later reading.
        }
    }

    @Override
    public void close() {
        remove(path);
    }
}
