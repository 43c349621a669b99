package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.host.Self;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The private directory of the files that outlive a pass: 0700, ours, not a symbolic link, nowhere a stranger could
 * replace it. Where it is not, or cannot be written, {@link #problem} says what to do about it and nothing is kept.
 *
 * <p>That it is writable holds for the moment of opening; a disk may fill up later. What is in a directory that cannot be
 * written is not used either: looks since then may be missing in it.
 */
public final class StateDirectory {

    /** Mode 0600, whatever the umask. */
    static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE = PosixFilePermissions.asFileAttribute(
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));

    private final Path path;
    private final Optional<Trust> trust;
    private final Optional<String> problem;

    private StateDirectory(Path path, Optional<Trust> trust, Optional<String> problem) {
        this.path = path;
        this.trust = trust;
        this.problem = problem;
    }

    /** The directory at {@code path} for a pass: made, with its parents, where it does not exist, and to be written. */
    public static StateDirectory open(Path path, Self self) {
        return examined(path, self, true);
    }

    /** The directory at {@code path} for a question: nothing is made, and it need be neither there nor writable. */
    public static StateDirectory existing(Path path, Self self) {
        return examined(path, self, false);
    }

    private static StateDirectory examined(Path given, Self self, boolean forWriting) {
        Path path = given.toAbsolutePath().normalize();
        if (self.uid() < 0) {
            return unusable(path, "it is not known which user runs this, so nothing in it can be trusted");
        }
        try {
            Trust trust = Trust.of(self.uid(), path);
            Optional<String> refusal = trust.refusalAbove(path);
            if (refusal.isEmpty() && forWriting) {
                make(path);
            }
            if (refusal.isEmpty()) {
                refusal = trust.refusalOfDirectory(path);
            }
            if (refusal.isPresent()) {
                return unusable(path, refusal.get());
            }
            if (forWriting && !Files.isWritable(path)) {
                return unusable(
                        path, "it is read-only, or this user may not write it: make it writable, or name another one");
            }
            return new StateDirectory(path, Optional.of(trust), Optional.empty());
        } catch (IOException e) {
            return unusable(path, why(e) + ". Name a directory that this user can make or write");
        }
    }

    private static void make(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null || Inode.at(path).isPresent()) {
            return;
        }
        Files.createDirectories(parent, PRIVATE_DIRECTORY);
        try {
            Files.createDirectory(path, PRIVATE_DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            // Another pass made it meanwhile, or somebody planted something: it is examined next.
        }
    }

    private static StateDirectory unusable(Path path, String because) {
        return new StateDirectory(path, Optional.empty(), Optional.of("nothing is kept in " + path + ": " + because));
    }

    /** Why nothing can be kept, and what to do about it; empty if all is well. */
    public Optional<String> problem() {
        return problem;
    }

    public boolean isUsable() {
        return problem.isEmpty();
    }

    /** Absolute; where it is, or would be. */
    public Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Why {@code file} of this directory must not be touched; empty if it may be, or does not exist. */
    Optional<String> refusal(Path file) throws IOException {
        if (trust.isEmpty()) {
            return problem;
        }
        Optional<String> directory = trust.get().refusalOfDirectory(path);
        return directory.isPresent() ? directory : trust.get().refusalOfFile(file);
    }

    /** Makes what was renamed in it survive a power cut, where the file system can do that for a directory. */
    void sync() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some file systems sync no directories. The file itself is complete; at worst the one before it comes
            // back.
        }
    }

    /** What went wrong, in words: many exceptions of {@code java.nio.file} say no more than the path. */
    static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something else is already there";
        }
        Optional<String> said =
                Optional.ofNullable(e instanceof FileSystemException of ? of.getReason() : e.getMessage());
        return said.map(text -> text.toLowerCase(Locale.ROOT))
                .orElse(e.getClass().getSimpleName());
    }
}
