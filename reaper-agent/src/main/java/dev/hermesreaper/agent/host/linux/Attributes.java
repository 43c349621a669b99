package dev.hermesreaper.agent.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What is told of a file without opening it. */
final class Attributes {

    /** {@code S_IWUSR}: the owner may write it. */
    private static final int WRITABLE = 0200;

    private Attributes() {}

    /** The number of the user it belongs to; -1 where that is not told. */
    static int owner(String path) {
        try {
            return (Integer) Files.getAttribute(Path.of(path), "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            return -1;
        }
    }

    /** Kind and permissions, of a link its own; 0 where that is not told. */
    static int mode(String path) {
        try {
            return (Integer) Files.getAttribute(Path.of(path), "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }

    static boolean isWritable(int mode) {
        return (mode & WRITABLE) != 0;
    }

    /**
     * Whether two paths lead to the same inode of the same device; false where that cannot be told. Mount namespaces do not
     * matter: a sandboxed service has one of its own, with the same root.
     */
    static boolean isSameFile(String one, String other) {
        try {
            String asked = "unix:dev,ino";
            return Files.readAttributes(Path.of(one), asked).equals(Files.readAttributes(Path.of(other), asked));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
