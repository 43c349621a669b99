package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code lstat(2)} says of a path: the link itself where it is one. May be another file by the time this is read.
 *
 * @param device the file system
 * @param number the file's number on it
 * @param mode kind and permissions
 * @param uid the owner
 * @param names how many names (hard links) it has
 */
record Inode(long device, long number, int mode, int uid, int names) {

    private static final int KIND = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int STICKY = 01000;

    /** The inode at {@code path}; empty if there is nothing. */
    static Optional<Inode> at(Path path) throws IOException {
        try {
            Map<String, Object> of =
                    Files.readAttributes(path, "unix:dev,ino,mode,uid,nlink", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Inode(
                    number(of, "dev").longValue(),
                    number(of, "ino").longValue(),
                    number(of, "mode").intValue(),
                    number(of, "uid").intValue(),
                    number(of, "nlink").intValue()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Number number(Map<String, Object> attributes, String name) {
        return (Number) Objects.requireNonNull(attributes.get(name), name);
    }

    /** What stays the same however the file is called. */
    record Key(long device, long number) {}

    Key key() {
        return new Key(device, number);
    }

    boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }

    boolean isRegular() {
        return (mode & KIND) == REGULAR;
    }

    boolean isLink() {
        return (mode & KIND) == LINK;
    }

    boolean isWritableByOthers() {
        return (mode & 0002) != 0;
    }

    boolean isWritableByGroupOrOthers() {
        return (mode & 0022) != 0;
    }

    /** Whether only the owner of an entry may rename or remove it, as in {@code /tmp}. */
    boolean isSticky() {
        return (mode & STICKY) != 0;
    }
}
