package dev.hermesreaper.agent.host.linux;

import com.sun.jna.Native;
import dev.hermesreaper.agent.process.RawText;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /proc} by calls to the C library: less garbage and less work than by streams, for the service, that looks for
 * ever and has JNA loaded to hold processes. Answers what {@link ProcFs} answers.
 */
final class CalledProcFs extends ProcFs {

    /** {@code getdents64(2)}, as this architecture numbers it ({@code syscalls(2)}); -1 where that is not known. */
    private static final long GETDENTS64 =
            switch (System.getProperty("os.arch", "")) {
                case "amd64", "x86_64" -> 217;
                case "aarch64", "riscv64", "loongarch64" -> 61;
                default -> -1;
            };

    /** In {@code struct linux_dirent64}, which begins with the inode number. */
    private static final int RECORD_LENGTH = 16;

    private static final int NAME = 19;

    /** As {@link ProcFs#number}. */
    private static final int MOST_DIGITS = 9;

    private static final byte[] SOCKPROTONAME = "system.sockprotoname\0".getBytes(StandardCharsets.US_ASCII);

    /** Most files of a process are no longer. */
    private static final int ROOM = 2048;

    private static final ThreadLocal<Scratch> SCRATCHES = ThreadLocal.withInitial(Scratch::new);

    /** What calls write to, one for each thread: what they wrote is taken out before the method that called returns. */
    private static final class Scratch {

        /** More than a path may have, so that every link is whole. */
        private final byte[] some = new byte[MOST_AT_ONCE];

        private final ByteBuffer entries = ByteBuffer.wrap(some).order(ByteOrder.nativeOrder());
        private byte[] path = new byte[128];
        private int[] numbers = new int[64];
        private long[] inodes = new long[64];

        /** As C wants it. */
        private byte[] terminated(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (path.length <= bytes.length) {
                path = new byte[bytes.length * 2];
            }
            System.arraycopy(bytes, 0, path, 0, bytes.length);
            path[bytes.length] = 0;
            return path;
        }

        /** Puts what is listed in its place. */
        private void put(int at, int number, long inode) {
            if (at == numbers.length) {
                numbers = Arrays.copyOf(numbers, at * 2);
                inodes = Arrays.copyOf(inodes, at * 2);
            }
            numbers[at] = number;
            inodes[at] = inode;
        }

        /** The decimal number whose digits begin there and end with a zero, -1 if that is none. */
        private int number(int at) {
            int value = 0;
            int i = at;
            for (; i < at + MOST_DIGITS && some[i] >= '0' && some[i] <= '9'; i++) {
                value = value * 10 + (some[i] - '0');
            }
            return i > at && some[i] == 0 ? value : -1;
        }
    }

    CalledProcFs(String root) {
        super(root, ROOM);
    }

    @Override
    ProcFs another() {
        return new CalledProcFs(root());
    }

    @Override
    void readFile(String path, boolean toTheEnd) throws IOException {
        Scratch scratch = SCRATCHES.get();
        byte[] some = scratch.some;
        int file = FileCalls.open(scratch.terminated(path), FileCalls.TO_READ);
        if (file < 0) {
            throw new IOException(path);
        }
        try {
            long read;
            do {
                read = FileCalls.read(file, some, some.length);
                if (read < 0) {
                    throw new IOException(path);
                }
            } while (take(some, (int) read) && (read == some.length || toTheEnd));
        } finally {
            FileCalls.close(file);
        }
    }

    @Override
    int @Nullable [] numbers(String directory) {
        if (GETDENTS64 < 0) {
            return super.numbers(directory);
        }
        return listed(directory).map(Listed::pids).orElse(null);
    }

    @Override
    Listed processes() {
        if (GETDENTS64 < 0) {
            return super.processes();
        }
        Optional<Listed> listed = listed(root());
        requireSome(listed.map(Listed::pids).orElse(null));
        return listed.orElseThrow();
    }

    private Optional<Listed> listed(String directory) {
        Scratch scratch = SCRATCHES.get();
        int file = FileCalls.open(scratch.terminated(directory), FileCalls.TO_READ);
        if (file < 0) {
            return Optional.empty();
        }
        try {
            ByteBuffer entries = scratch.entries;
            int found = 0;
            long read = FileCalls.syscall(GETDENTS64, file, scratch.some, scratch.some.length);
            while (read > 0) {
                for (int at = 0; at < read; at += Short.toUnsignedInt(entries.getShort(at + RECORD_LENGTH))) {
                    int number = scratch.number(at + NAME);
                    if (number >= 0) {
                        scratch.put(found++, number, entries.getLong(at));
                    }
                }
                read = FileCalls.syscall(GETDENTS64, file, scratch.some, scratch.some.length);
            }
            return read < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Listed(Arrays.copyOf(scratch.numbers, found), Arrays.copyOf(scratch.inodes, found)));
        } finally {
            FileCalls.close(file);
        }
    }

    @Override
    Link link(String path) {
        Scratch scratch = SCRATCHES.get();
        int length = (int) FileCalls.readlink(scratch.terminated(path), scratch.some, scratch.some.length);
        if (length >= 0) {
            return new Link(Answer.READ, RawText.decode(scratch.some, 0, length));
        }
        return switch (Native.getLastError()) {
            case FileCalls.EACCES -> new Link(Answer.DENIED, "");
            case FileCalls.ENOENT -> new Link(Answer.GONE, "");
            default -> new Link(new File(path).getParentFile().exists() ? Answer.DENIED : Answer.GONE, "");
        };
    }

    /** {@inheritDoc} The kernel tells it as an extended attribute of the open file ({@code socket(7)}'s name of it). */
    @Override
    String protocol(String descriptor) {
        Scratch scratch = SCRATCHES.get();
        int length = (int)
                FileCalls.getxattr(scratch.terminated(descriptor), SOCKPROTONAME, scratch.some, scratch.some.length);
        return length > 0 ? new String(scratch.some, 0, length - 1, StandardCharsets.ISO_8859_1) : "";
    }
}
