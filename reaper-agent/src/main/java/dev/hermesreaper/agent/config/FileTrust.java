package dev.hermesreaper.agent.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who else could decide what a file says: whoever can write it, or replace it or anything on the way to it.
 *
 * <p>The file, every directory from the root to it and every symbolic link followed must belong to root or to the user
 * we run as. None of them may be writable by group or others, except that a directory with the sticky bit may ({@code
 * /tmp}: nobody but the owner can replace what is in it). Group counts even where the group has one member, because
 * that cannot be known for sure. A POSIX access list shows in the group bits; one of macOS does not and is not seen.
 */
final class FileTrust {

    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;
    private static final int PERMISSIONS = 07777;

    /** As {@code path_resolution(7)} has it. */
    private static final int MOST_LINKS = 40;

    private final long userId;
    private final Set<String> problems = new LinkedHashSet<>();

    private FileTrust(long userId) {
        this.userId = userId;
    }

    /**
     * What lets another user change the file, each with the command that mends it; empty if nothing does.
     *
     * @param userId the number of the user we run as
     * @throws IOException if something on the way cannot be looked at
     */
    static List<String> problems(Path file, long userId) throws IOException {
        var trust = new FileTrust(userId);
        trust.walk(file.toAbsolutePath());
        return List.copyOf(trust.problems);
    }

    private void walk(Path file) throws IOException {
        Deque<Path> rest = new ArrayDeque<>();
        file.forEach(rest::addLast);
        Path root = file.getRoot();
        Path here = root;
        int links = 0;
        inspect(here, rest.isEmpty());
        while (!rest.isEmpty()) {
            Path name = rest.removeFirst();
            if (name.toString().equals("..")) {
                here = here.resolve(name).normalize(); // no links are left in it, and /.. is /
            } else if (!name.toString().equals(".") && !name.toString().isEmpty()) {
                Path next = here.resolve(name);
                if (Files.isSymbolicLink(next)) {
                    if (++links > MOST_LINKS) {
                        throw new FileSystemException(file.toString(), null, "Too many levels of symbolic links");
                    }
                    inspectOwner(next, "-h ");
                    Path target = Files.readSymbolicLink(next);
                    here = target.isAbsolute() ? root : here;
                    for (int index = target.getNameCount() - 1; index >= 0; index--) {
                        rest.addFirst(target.getName(index));
                    }
                } else {
                    here = next;
                    inspect(here, rest.isEmpty());
                }
            }
        }
    }

    private void inspect(Path path, boolean isLast) throws IOException {
        inspectOwner(path, "");
        int mode = number(path, "unix:mode") & PERMISSIONS;
        boolean isGuarded = !isLast && (mode & STICKY) != 0;
        if ((mode & WRITABLE_BY_OTHERS) != 0 && !isGuarded) {
            String who = (mode & 0002) != 0 ? "every user" : "its group";
            problems.add(String.format(
                    "%s: found it writable by %s (mode %04o), expected only by root or uid %d; fix: chmod go-w %s",
                    Found.visible(path.toString()), who, mode, userId, shell(path)));
        }
    }

    private void inspectOwner(Path path, String chownOption) throws IOException {
        long owner = Integer.toUnsignedLong(number(path, "unix:uid"));
        if (owner != 0 && owner != userId) {
            problems.add(String.format(
                    "%s: found it owned by uid %d, expected root or uid %d; fix: chown %s%d %s",
                    Found.visible(path.toString()), owner, userId, chownOption, userId, shell(path)));
        }
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Objects.requireNonNull(Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS));
    }

    /** The path as one word of a shell. */
    private static String shell(Path path) {
        String text = path.toString();
        boolean isPlain = text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-+@:,=%".indexOf(c) >= 0);
        return isPlain ? text : "'" + Found.visible(text).replace("'", "'\\''") + "'";
    }
}
