package dev.hermesreaper.agent.service;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Puts files in their place, each as a whole or not at all, and takes them away again; keeps the manifest. */
final class Placement {

    static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Manifest manifest;

    Placement(Manifest manifest) {
        this.manifest = manifest;
    }

    /** The bytes of a file; empty if there is none. */
    static Optional<byte[]> bytes(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw ServiceException.unreadable("cannot read " + file + ": " + why(failure));
        }
    }

    /**
     * Writes it, and records that.
     *
     * @throws ServiceException if it cannot be written; what was there before still is
     */
    void put(Change change, String purpose) {
        Path directory = change.file().toAbsolutePath().getParent();
        boolean makes = directory != null && !Files.isDirectory(directory);
        List<Written> entries = new ArrayList<>(manifest.read());
        Optional<Written> earlier =
                entries.stream().filter(it -> it.path().equals(change.file())).findFirst();
        Written written = Written.of(
                change, purpose, makes || earlier.map(Written::madeDirectory).orElse(false));
        if (earlier.isPresent()) {
            entries.remove(earlier.get());
            // Our own text is not what was there before us; what somebody else put in its place since is.
            if (change.before().filter(earlier.get()::isUnchanged).isPresent()) {
                written = new Written(
                        written.file(), purpose, written.digest(), earlier.get().before(), written.madeDirectory());
            }
        }
        List<Written> before = List.copyOf(manifest.read());
        entries.add(written);
        try {
            manifest.write(entries);
            if (makes) {
                Files.createDirectories(directory);
            }
            replace(change.file(), change.after(), "rw-r--r--");
        } catch (IOException failure) {
            restore(before, makes ? directory : null);
            throw ServiceException.failed(
                    "cannot write " + change.file() + ": " + why(failure) + "; nothing was changed");
        }
    }

    private void restore(List<Written> entries, @org.jspecify.annotations.Nullable Path made) {
        try {
            manifest.write(entries);
            if (made != null) {
                Files.deleteIfExists(made);
            }
        } catch (IOException alsoFailed) {
            // An entry too many names a file that is not there; taking it away does nothing.
        }
    }

    /**
     * Takes away what was written for some purpose, and puts back what was there before.
     *
     * @return what was left alone, and why; empty if all is as it was
     */
    List<String> undo(Predicate<Written> which, List<Path> undone) {
        List<Written> entries = new ArrayList<>(manifest.read());
        List<String> left = new ArrayList<>();
        for (Written written : List.copyOf(entries)) {
            if (!which.test(written)) {
                continue;
            }
            try {
                Optional<byte[]> now = bytes(written.path());
                if (now.isPresent() && !written.isUnchanged(now.get())) {
                    left.add(written.file() + " was changed by somebody else since, and is left as it is");
                    continue;
                }
                takeAway(written, now.isPresent());
                undone.add(written.path());
                entries.remove(written);
                manifest.write(entries);
            } catch (IOException failure) {
                left.add("cannot undo " + written.file() + ": " + why(failure));
            }
        }
        return left;
    }

    private static void takeAway(Written written, boolean isThere) throws IOException {
        Optional<byte[]> original = written.original();
        if (isThere && original.isPresent()) {
            replace(written.path(), original.get(), "rw-r--r--");
        } else if (isThere) {
            Files.delete(written.path());
        }
        Path directory = written.path().getParent();
        if (written.madeDirectory() && directory != null && Files.isDirectory(directory)) {
            try (var rest = Files.list(directory)) {
                if (rest.findAny().isEmpty()) {
                    Files.delete(directory);
                }
            }
        }
    }

    /** Replaces a file by rename; a new one has {@code mode}, an old one keeps mode and owner. */
    static void replace(Path file, byte[] bytes, String mode) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".hermes-reaper");
        try {
            // Never into what lies there already: it may be a link of the directory's owner to a file of ours.
            Files.deleteIfExists(beside);
            Files.write(beside, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            PosixFileAttributeView view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
            if (Files.exists(file)) {
                PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
                view.setPermissions(old.permissions());
                PosixFileAttributes ours = view.readAttributes();
                if (!ours.owner().equals(old.owner())) {
                    view.setOwner(old.owner());
                }
                if (!ours.group().equals(old.group())) {
                    view.setGroup(old.group());
                }
            } else {
                view.setPermissions(PosixFilePermissions.fromString(mode));
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.deleteIfExists(beside);
            throw failure;
        }
    }

    static String why(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException of && of.getReason() != null) {
            return of.getReason();
        }
        return failure.getClass().getSimpleName();
    }
}
