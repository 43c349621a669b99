package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a place is ours alone, and says in words an operator can act on why it is not.
 *
 * <p>Who may own what is above the directory: this user, root, and whoever owns {@code /}: in a user namespace root itself
 * shows up as an unmapped id. A parent may be writable by its group (user private groups make that the rule on some
 * systems), but not by everybody unless it is sticky.
 */
final class Trust {

    private final int uid;
    private final Set<Integer> ownersAbove;

    private Trust(int uid, Set<Integer> ownersAbove) {
        this.uid = uid;
        this.ownersAbove = ownersAbove;
    }

    /** The trust of user {@code uid}. */
    static Trust of(int uid, Path anyPath) throws IOException {
        Path root = anyPath.toAbsolutePath().getRoot();
        Optional<Inode> top = root == null ? Optional.empty() : Inode.at(root);
        int owner = top.isPresent() ? top.get().uid() : 0;
        return new Trust(uid, owner == 0 ? Set.of(0) : Set.of(0, owner));
    }

    /**
     * Why a stranger could put something else at {@code directory}; empty if none can. Everything above it is examined as
     * far as it exists: as it is written, links included, and again where that leads, if that is elsewhere.
     */
    Optional<String> refusalAbove(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent == null) {
            return Optional.empty();
        }
        Path deepest = parent.getRoot();
        for (int names = 0; names <= parent.getNameCount(); names++) {
            Path here = prefix(parent, names);
            Optional<Inode> inode = Inode.at(here);
            if (inode.isEmpty()) {
                break;
            }
            Optional<String> refusal = refusalAbove(here, inode.get());
            if (refusal.isPresent()) {
                return refusal;
            }
            deepest = here;
        }
        Path real = deepest.toRealPath();
        if (real.equals(deepest)) {
            return Optional.empty(); // it leads nowhere else
        }
        for (int names = 0; names <= real.getNameCount(); names++) {
            Path here = prefix(real, names);
            Optional<Inode> inode = Inode.at(here);
            Optional<String> refusal = inode.isPresent() ? refusalAbove(here, inode.get()) : Optional.empty();
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Path prefix(Path absolute, int names) {
        return names == 0 ? absolute.getRoot() : absolute.getRoot().resolve(absolute.subpath(0, names));
    }

    private Optional<String> refusalAbove(Path path, Inode inode) {
        if (inode.uid() != uid && !ownersAbove.contains(inode.uid())) {
            return Optional.of("%s belongs to user %d, who could replace what is below it: name another state directory"
                    .formatted(path, inode.uid()));
        }
        if (inode.isDirectory() && inode.isWritableByOthers() && !inode.isSticky()) {
            return Optional.of("%s can be written by everybody, who could replace what is below it: chmod o-w %s"
                    .formatted(path, path));
        }
        return Optional.empty();
    }

    /** Why {@code directory} is not one we may keep files in; empty if it is, or does not exist. */
    Optional<String> refusalOfDirectory(Path directory) throws IOException {
        Optional<Inode> inode = Inode.at(directory);
        if (inode.isEmpty()) {
            return Optional.empty();
        }
        if (inode.get().isLink()) {
            return Optional.of(aLink(directory));
        }
        if (!inode.get().isDirectory()) {
            return Optional.of("%s is not a directory: move it away".formatted(directory));
        }
        return refusalOfOwner(directory, inode.get());
    }

    /**
     * Why {@code file} must not be read, replaced or locked; empty if it may be, or does not exist. Somebody who can write
     * the directory could still exchange it afterwards, so {@link #refusalOfDirectory} comes first, and whoever opens it
     * opens it without following links.
     */
    Optional<String> refusalOfFile(Path file) throws IOException {
        Optional<Inode> found = Inode.at(file);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Inode inode = found.get();
        if (inode.isLink()) {
            return Optional.of(aLink(file));
        }
        if (!inode.isRegular()) {
            return Optional.of("%s is not a regular file: move it away".formatted(file));
        }
        if (inode.names() > 1) {
            return Optional.of(
                    "%s is known by %d names, it could be anything: move it away".formatted(file, inode.names()));
        }
        return refusalOfOwner(file, inode);
    }

    private Optional<String> refusalOfOwner(Path path, Inode inode) {
        if (inode.uid() != uid) {
            return Optional.of(
                    "%s belongs to user %d, not to user %d who runs this: run it as that user; if nothing of that user needs it, chown %d %s"
                            .formatted(path, inode.uid(), uid, uid, path));
        }
        if (inode.isWritableByGroupOrOthers()) {
            return Optional.of("%s can be written by others (mode %04o): chmod go-w %s"
                    .formatted(path, inode.mode() & 07777, path));
        }
        return Optional.empty();
    }

    private static String aLink(Path path) {
        return "%s is a symbolic link, and nothing is read or written through one: remove it".formatted(path);
    }
}
