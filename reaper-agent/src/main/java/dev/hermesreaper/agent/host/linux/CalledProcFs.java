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

    /** More than a path may have, so that every link is whole. */
    private final byte[] some = new byte[MOST_AT_ONCE];

    private final ByteBuffer entries = ByteBuffer.wrap(some).order(ByteOrder.nativeOrder());
    private byte[] cPath = new byte[128];

    CalledProcFs(String root) {
        super(root);
    }

    @Override
    ProcFs another() {
        return new CalledProcFs(root());
    }

    @Override
    void readFile(String path, boolean toTheEnd) throws IOException {
        int file = FileCalls.open(terminated(path), FileCalls.TO_READ);
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
        int file = FileCalls.open(terminated(directory), FileCalls.TO_READ);
        if (file < 0) {
            return Optional.empty();
        }
        try {
            int[] numbers = new int[16];
            long[] inodes = new long[16];
            int found = 0;
            long read = FileCalls.syscall(GETDENTS64, file, some, some.length);
            while (read > 0) {
                for (int at = 0; at < read; at += Short.toUnsignedInt(entries.getShort(at + RECORD_LENGTH))) {
                    int number = number(at + NAME);
                    if (number >= 0) {
                        if (found == numbers.length) {
                            numbers = Arrays.copyOf(numbers, found * 2);
                            inodes = Arrays.copyOf(inodes, found * 2);
                        }
                        numbers[found] = number;
                        inodes[found++] = entries.getLong(at);
                    }
                }
                read = FileCalls.syscall(GETDENTS64, file, some, some.length);
            }
            return read < 0
                    ? Optional.empty()
                    : Optional.of(new Listed(Arrays.copyOf(numbers, found), Arrays.copyOf(inodes, found)));
        } finally {
            FileCalls.close(file);
        }
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

    @Override
    Link link(String path) {
        int length = (int) FileCalls.readlink(terminated(path), some, some.length);
        if (length >= 0) {
            return new Link(Answer.READ, RawText.decode(some, 0, length));
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
        int length = (int) FileCalls.getxattr(terminated(descriptor), SOCKPROTONAME, some, some.length);
        return length > 0 ? new String(some, 0, length - 1, StandardCharsets.ISO_8859_1) : "";
    }

    /** As C wants it; the same array for every path. */
    private byte[] terminated(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (cPath.length <= bytes.length) {
            cPath = new byte[bytes.length * 2];
        }
        System.arraycopy(bytes, 0, cPath, 0, bytes.length);
        cPath[bytes.length] = 0;
        return cPath;
    }
}
