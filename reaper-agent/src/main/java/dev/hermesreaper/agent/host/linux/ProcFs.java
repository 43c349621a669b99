package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.RawText;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads files below {@code /proc} into one buffer that is used again for the next file. Tells a process that is gone
 * from a file that the kernel refuses to show. For one thread and one reading only. By Java's own means; see {@link CalledProcFs}.
 */
class ProcFs {

    /** How reading a file went. */
    enum Answer {
        READ,
        /** There is no such process any more. */
        GONE,
        /** The process is there, the file is not for us. */
        DENIED
    }

    /** The JVM reads up to this much through the stack, more through a fresh allocation. */
    static final int MOST_AT_ONCE = 8192;

    /** No command line is longer: six megabytes, whatever the stack limit ({@code execve(2)}); tables of sockets may be. */
    private static final int LARGEST = 64 << 20;

    private final String root;

    /** Used again for every file that is read. */
    private final StringBuilder path = new StringBuilder(64);

    private byte[] buffer;
    private int length;

    ProcFs(String root) {
        this(root, MOST_AT_ONCE);
    }

    /** @param room bytes a file has before the buffer grows */
    ProcFs(String root, int room) {
        this.root = root;
        this.buffer = new byte[room];
    }

    String root() {
        return root;
    }

    /** Another of this kind, for another thread. */
    ProcFs another() {
        return new ProcFs(root);
    }

    /** Bytes of the file read last; only the first {@link #length} count. */
    byte[] bytes() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** The file read last, as text. */
    String text() {
        return RawText.decode(buffer, 0, length);
    }

    String path(int pid, String name) {
        path.setLength(0);
        path.append(root).append('/').append(pid).append('/').append(name);
        return path.toString();
    }

    /** Reads {@code /proc/PID/name}, a file of one record: the kernel hands that out in one piece. */
    Answer read(int pid, String name) {
        return read(pid, name, false);
    }

    /** Reads {@code /proc/PID/name}, a file of many records. */
    Answer readAll(int pid, String name) {
        return read(pid, name, true);
    }

    private Answer read(int pid, String name, boolean toTheEnd) {
        try {
            length = 0;
            readFile(pid, name, toTheEnd);
            return Answer.READ;
        } catch (IOException e) {
            length = 0;
            // The message of errno is in the user's language, so the directory is asked instead.
            return exists(pid) ? Answer.DENIED : Answer.GONE;
        }
    }

    /** Reads {@code /proc/name}; false if that is not possible. */
    boolean read(String name) {
        try {
            length = 0;
            readFile(root + '/' + name, false);
            return true;
        } catch (IOException e) {
            length = 0;
            return false;
        }
    }

    /** Fills the buffer from {@code /proc/PID/name}. */
    void readFile(int pid, String name, boolean toTheEnd) throws IOException {
        readFile(path(pid, name), toTheEnd);
    }

    /** Fills the buffer from a file. */
    void readFile(String path, boolean toTheEnd) throws IOException {
        try (FileInputStream in = new FileInputStream(path)) {
            int read;
            do {
                makeRoom(MOST_AT_ONCE);
                read = in.read(buffer, length, MOST_AT_ONCE);
                length += Math.max(0, read);
            } while (read > 0 && length < LARGEST && (read == MOST_AT_ONCE || toTheEnd));
        }
    }

    /** Adds {@code bytes} to what was read, as many as {@code read} says; whether there may be more. */
    boolean take(byte[] bytes, int read) {
        if (read <= 0) {
            return false;
        }
        makeRoom(read);
        System.arraycopy(bytes, 0, buffer, length, read);
        length += read;
        return length < LARGEST;
    }

    private void makeRoom(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    /** Whether the process is there, as far as it is visible. */
    boolean exists(int pid) {
        return new File(root + '/' + pid).exists();
    }

    /** Owner of {@code /proc/PID}: the effective user, or root where the process keeps its memory to itself; -1 unknown. */
    int owner(int pid) {
        return Attributes.owner(root + '/' + pid);
    }

    /** Pids of all visible processes. */
    int[] pids() {
        return requireSome(numbers(root));
    }

    /** As {@link #pids}, and where it is told, how to know them again. */
    Listed processes() {
        int[] pids = requireSome(numbers(root));
        return new Listed(pids, new long[pids.length]);
    }

    /** @param pids what a listing gave, null if it could not be read */
    int[] requireSome(int @Nullable [] pids) {
        if (pids == null) {
            throw new HostException(
                    new File(root).isDirectory()
                            ? "cannot list " + root + " although it is there: raise this program's limit of open files"
                            : "cannot read " + root + ": run where /proc is mounted");
        }
        if (pids.length == 0) {
            throw new HostException("cannot read " + root + ": it lists no process; run where /proc is mounted");
        }
        return pids;
    }

    /** The numbers a directory of threads or descriptors lists; {@link Listing#answer} tells why there are none. */
    Listing list(int pid, String name) {
        int[] numbers = numbers(pid, name);
        return numbers != null
                ? new Listing(Answer.READ, numbers)
                : new Listing(exists(pid) ? Answer.DENIED : Answer.GONE, new int[0]);
    }

    /** The numbers among the names in {@code /proc/PID/name}; null if it cannot be listed. */
    int @Nullable [] numbers(int pid, String name) {
        return numbers(path(pid, name));
    }

    /** The numbers among the names in a directory; null if it cannot be listed. */
    int @Nullable [] numbers(String directory) {
        String[] names = new File(directory).list();
        if (names == null) {
            return null;
        }
        int[] numbers = new int[names.length];
        int found = 0;
        for (String name : names) {
            int number = number(name);
            if (number >= 0) {
                numbers[found++] = number;
            }
        }
        return Arrays.copyOf(numbers, found);
    }

    /**
     * The target of a symbolic link.
     *
     * <p>A link that is not there although its process is, is {@link Answer#GONE} too: a closed descriptor, a kernel
     * thread's executable.
     */
    Link link(int pid, String name) {
        return link(path(pid, name));
    }

    /** That of the name {@code number} in a directory. */
    Link linkIn(String directory, int number) {
        return link(directory + '/' + number);
    }

    /** As {@link #link(int, String)}, by path. */
    Link link(String path) {
        try {
            return new Link(Answer.READ, RawPath.text(Files.readSymbolicLink(Path.of(path))));
        } catch (AccessDeniedException e) {
            return new Link(Answer.DENIED, "");
        } catch (NoSuchFileException e) {
            return new Link(Answer.GONE, "");
        } catch (IOException | InvalidPathException e) {
            return new Link(new File(path).getParentFile().exists() ? Answer.DENIED : Answer.GONE, "");
        }
    }

    /** Of what protocol the socket is that {@code descriptor} stands for; empty where that is not told. */
    String protocol(Descriptors.Descriptor descriptor) {
        return "";
    }

    /** Whether {@code descriptor} is open for writing: its owner may write the link. */
    boolean isOpenForWriting(Descriptors.Descriptor descriptor) {
        return Attributes.isWritable(Attributes.mode(descriptor.path()));
    }

    /** A decimal number, -1 if {@code name} is none. */
    static int number(String name) {
        int value = 0;
        int size = name.length();
        if (size == 0 || size > 9) {
            return -1;
        }
        for (int i = 0; i < size; i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /**
     * Numbers in a directory.
     *
     * @param answer whether it could be read
     * @param numbers in no order
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listing(Answer answer, int[] numbers) {}

    /**
     * Processes.
     *
     * @param pids in no order
     * @param inodes the inode number of each one's directory, which the next process with that pid does not have; 0 where that
     *     is not told
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listed(int[] pids, long[] inodes) {}

    /**
     * A symbolic link.
     *
     * @param answer whether it could be read
     * @param target where it leads
     */
    record Link(Answer answer, String target) {}
}
