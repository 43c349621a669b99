package dev.hermesreaper.agent.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One directory of somebody's home, open for looking only. It is reached name by name from the root without following a
 * link ({@code openat(2)}), so whoever owns what is on the way cannot lead us elsewhere, and every file is looked up in
 * the directory that was opened, whatever its path leads to by then. Nothing is created, written or locked.
 */
final class HomeFiles implements AutoCloseable {

    private final Path path;
    private final int ownerUid;
    private final SecureDirectoryStream<Path> directory;

    private HomeFiles(Path path, int ownerUid, SecureDirectoryStream<Path> directory) {
        this.path = path;
        this.ownerUid = ownerUid;
        this.directory = directory;
    }

    /** @throws UnreadableException if there is none, or a link stands on the way */
    static HomeFiles open(Path home, int ownerUid) throws UnreadableException {
        Optional<Path> root = Optional.ofNullable(home.getRoot());
        if (root.isEmpty() || !home.equals(home.normalize())) {
            throw new UnreadableException("%s is not an absolute path".formatted(home));
        }
        try {
            return new HomeFiles(home, ownerUid, walk(root.get(), home));
        } catch (IOException e) {
            throw new UnreadableException("cannot open %s: %s".formatted(home, why(e)));
        }
    }

    private static SecureDirectoryStream<Path> walk(Path root, Path home) throws IOException, UnreadableException {
        SecureDirectoryStream<Path> here = secure(root);
        for (Path name : home) {
            try (SecureDirectoryStream<Path> outer = here) {
                here = outer.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
            } catch (AccessDeniedException e) {
                return past(home);
            }
        }
        return here;
    }

    /**
     * Opens a home below a directory we may pass but not list, which never happens to root: there is nothing a link on
     * the way could make us read that this user could not read anyway.
     */
    private static SecureDirectoryStream<Path> past(Path home) throws IOException, UnreadableException {
        if (!home.toRealPath().equals(home)) {
            throw new UnreadableException("a symbolic link leads to " + home);
        }
        return secure(home);
    }

    @SuppressWarnings("StreamResourceLeak") // it is what this class keeps open, and closes
    private static SecureDirectoryStream<Path> secure(Path directory) throws IOException, UnreadableException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
        if (stream instanceof SecureDirectoryStream<Path> it) {
            return it;
        }
        stream.close();
        throw new UnreadableException("this system cannot open files below a directory without following links");
    }

    /** The directory {@code name} in this one; empty if there is none. */
    Optional<HomeFiles> directory(String name) throws UnreadableException {
        Path there = path.resolve(name);
        try {
            SecureDirectoryStream<Path> stream = directory.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new HomeFiles(there, ownerUid, stream));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnreadableException("cannot open %s: %s".formatted(there, why(e)));
        }
    }

    /**
     * The file {@code name} as it is now; empty if there is none.
     *
     * @throws UnreadableException if it is anything but a plain file of the home's owner
     */
    Optional<FileStamp> stamp(String name) throws UnreadableException {
        Path file = path.resolve(name);
        try {
            BasicFileAttributes seen = directory
                    .getFileAttributeView(Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            if (seen.isSymbolicLink()) {
                throw new UnreadableException(file + " is a symbolic link, and none is followed");
            }
            if (!seen.isRegularFile()) {
                throw new UnreadableException(file + " is not a regular file");
            }
            return Optional.of(stamp(file, seen));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnreadableException("cannot read %s: %s".formatted(file, why(e)));
        }
    }

    /** Java tells owner and change time by path only, so what is at the path has to be what was seen. */
    private FileStamp stamp(Path file, BasicFileAttributes seen) throws IOException, UnreadableException {
        Map<String, Object> more = Files.readAttributes(file, "unix:fileKey,uid,ctime", LinkOption.NOFOLLOW_LINKS);
        Object inode = Objects.requireNonNull(seen.fileKey(), "fileKey");
        if (!inode.equals(more.get("fileKey"))) {
            throw new UnreadableException(file + " was exchanged while it was read");
        }
        if (!Objects.equals(more.get("uid"), ownerUid)) {
            throw new UnreadableException(
                    "%s belongs to user %s, the home to user %d".formatted(file, more.get("uid"), ownerUid));
        }
        FileTime changed = (FileTime) Objects.requireNonNull(more.get("ctime"), "ctime");
        return new FileStamp(inode, seen.size(), seen.lastModifiedTime(), changed);
    }

    /** Opens {@code name} to be read. Blocks for as long as the file system does, so a stamp comes first. */
    SeekableByteChannel open(String name) throws UnreadableException {
        try {
            return directory.newByteChannel(Path.of(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new UnreadableException("cannot read %s: %s".formatted(path.resolve(name), why(e)));
        }
    }

    /** The first {@code atMost} bytes of {@code name}, fewer where it has fewer. */
    ByteBuffer head(String name, int atMost) throws UnreadableException {
        ByteBuffer bytes = ByteBuffer.allocate(atMost);
        try (SeekableByteChannel from = open(name)) {
            int got = 0;
            while (got >= 0 && bytes.hasRemaining()) {
                got = from.read(bytes);
            }
        } catch (IOException e) {
            throw new UnreadableException("cannot read %s: %s".formatted(path.resolve(name), why(e)));
        }
        return bytes.flip();
    }

    Path path(String name) {
        return path.resolve(name);
    }

    /** What went wrong, in words: many exceptions of {@code java.nio.file} say no more than the path. */
    static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory, or a symbolic link";
        }
        Optional<String> said =
                Optional.ofNullable(e instanceof FileSystemException of ? of.getReason() : e.getMessage());
        return said.map(text -> text.toLowerCase(Locale.ROOT))
                .orElse(e.getClass().getSimpleName());
    }

    @Override
    public void close() {
        try {
            directory.close();
        } catch (IOException e) {
            // Nothing was written that could be lost.
        }
    }
}
