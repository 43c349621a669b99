package dev.hermesreaper.agent.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file that node_exporter's textfile collector reads: replaced as a whole by {@code rename(2)}, so that no reader sees
 * half of it, and readable by everybody, since node_exporter is another user. What is in its place, a link too, is
 * replaced and not followed; the file written beside it is new, or nothing is written. Its name ends in a way that the
 * collector passes over.
 */
public final class Textfile {

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path file;

    public Textfile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Writes {@code metrics}.
     *
     * @return why that failed, in words for the operator; what was there before then still is
     */
    public Optional<String> write(List<Metric> metrics) {
        Path beside = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        if (isSomethingElse()) {
            return Optional.of("cannot write the metrics to " + file
                    + ": it is there already, is no regular file and is left alone; mend [metrics] textfile");
        }
        try {
            try {
                Files.deleteIfExists(beside);
                write(beside, PrometheusText.render(metrics));
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                Files.deleteIfExists(beside);
                throw e;
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot write the metrics to " + file + ": " + why(e));
        }
    }

    /** A device, which root would lose ({@code /dev/null}), a pipe or a directory; a link is replaced, not followed. */
    private boolean isSomethingElse() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isSymbolicLink(file);
    }

    private static void write(Path beside, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                beside,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(READABLE))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        // The umask may have taken away what the collector needs. Not followed: somebody who may write to the directory
        // could have put a link there meanwhile, and root would open another file to all.
        Files.getFileAttributeView(beside, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(READABLE);
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its directory does not exist; make it, or mend [metrics] textfile";
        }
        Optional<String> reason = e instanceof FileSystemException of
                ? Optional.ofNullable(of.getReason())
                : Optional.ofNullable(e.getMessage());
        return reason.orElse(e.getClass().getSimpleName()) + "; this user must be able to write to its directory";
    }
}
