package dev.hermesreaper.agent.host.linux;

import com.sun.jna.Native;
import dev.hermesreaper.agent.process.RawText;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    /** {@code statx(2)}, likewise. */
    private static final long STATX =
            switch (System.getProperty("os.arch", "")) {
                case "amd64", "x86_64" -> 332;
                case "aarch64", "riscv64", "loongarch64" -> 291;
                default -> -1;
            };

    private static final long AT_FDCWD = -100;
    private static final long AT_SYMLINK_NOFOLLOW = 0x100;
    private static final long STATX_MODE = 2;

    /** In {@code struct statx}, which is the same everywhere. */
    private static final int MODE = 28;

    /** In {@code struct linux_dirent64}, which begins with the inode number. */
    private static final int RECORD_LENGTH = 16;

    private static final int NAME = 19;

    private static final byte[] SOCKPROTONAME = "system.sockprotoname\0".getBytes(StandardCharsets.US_ASCII);

    /** Most files of a process are no longer. */
    private static final int ROOM = 2048;

    private static final ThreadLocal<CallBuffers> BUFFERS = ThreadLocal.withInitial(CallBuffers::new);

    CalledProcFs(String root) {
        super(root, ROOM);
    }

    @Override
    ProcFs another() {
        return new CalledProcFs(root());
    }

    @Override
    void readFile(int pid, String name, boolean toTheEnd) throws IOException {
        CallBuffers buffers = BUFFERS.get();
        readFile(buffers, buffers.path(root(), pid, name), toTheEnd);
    }

    @Override
    void readFile(String path, boolean toTheEnd) throws IOException {
        CallBuffers buffers = BUFFERS.get();
        readFile(buffers, buffers.path(path), toTheEnd);
    }

    private void readFile(CallBuffers buffers, byte[] path, boolean toTheEnd) throws IOException {
        byte[] some = buffers.some();
        int file = FileCalls.open(path, FileCalls.TO_READ);
        if (file < 0) {
            throw new IOException(buffers.pathText());
        }
        try {
            long read;
            do {
                read = FileCalls.read(file, some, some.length);
                if (read < 0) {
                    throw new IOException(buffers.pathText());
                }
            } while (take(some, (int) read) && (read == some.length || toTheEnd));
        } finally {
            FileCalls.close(file);
        }
    }

    @Override
    int @Nullable [] numbers(int pid, String name) {
        if (GETDENTS64 < 0) {
            return super.numbers(pid, name);
        }
        CallBuffers buffers = BUFFERS.get();
        int found = list(buffers, buffers.path(root(), pid, name));
        return found < 0 ? null : buffers.numbers(found);
    }

    @Override
    int[] pids() {
        return processes().pids();
    }

    @Override
    Listed processes() {
        if (GETDENTS64 < 0) {
            return super.processes();
        }
        CallBuffers buffers = BUFFERS.get();
        int found = list(buffers, buffers.path(root()));
        int[] pids = requireSome(found < 0 ? null : buffers.numbers(found));
        return new Listed(pids, buffers.inodes(found));
    }

    /** Puts the numbers that a directory lists into {@code buffers}; how many they are, -1 if it cannot be listed. */
    private static int list(CallBuffers buffers, byte[] directory) {
        int file = FileCalls.open(directory, FileCalls.TO_READ);
        if (file < 0) {
            return -1;
        }
        try {
            byte[] some = buffers.some();
            ByteBuffer entries = buffers.inNativeOrder();
            int found = 0;
            long read = FileCalls.syscall(GETDENTS64, file, some, some.length);
            while (read > 0) {
                for (int at = 0; at < read; at += Short.toUnsignedInt(entries.getShort(at + RECORD_LENGTH))) {
                    int number = buffers.number(at + NAME);
                    if (number >= 0) {
                        buffers.put(found++, number, entries.getLong(at));
                    }
                }
                read = FileCalls.syscall(GETDENTS64, file, some, some.length);
            }
            return read < 0 ? -1 : found;
        } finally {
            FileCalls.close(file);
        }
    }

    @Override
    Link link(int pid, String name) {
        CallBuffers buffers = BUFFERS.get();
        return link(buffers, buffers.path(root(), pid, name));
    }

    @Override
    Link linkIn(String directory, int number) {
        CallBuffers buffers = BUFFERS.get();
        return link(buffers, buffers.path(directory, number));
    }

    @Override
    Link link(String path) {
        CallBuffers buffers = BUFFERS.get();
        return link(buffers, buffers.path(path));
    }

    private static Link link(CallBuffers buffers, byte[] path) {
        int length = (int) FileCalls.readlink(path, buffers.some(), buffers.some().length);
        if (length >= 0) {
            return new Link(Answer.READ, RawText.decode(buffers.some(), 0, length));
        }
        return switch (Native.getLastError()) {
            case FileCalls.EACCES -> new Link(Answer.DENIED, "");
            case FileCalls.ENOENT -> new Link(Answer.GONE, "");
            default -> {
                File directory = new File(buffers.pathText()).getParentFile();
                yield new Link(directory.exists() ? Answer.DENIED : Answer.GONE, "");
            }
        };
    }

    @Override
    boolean isOpenForWriting(Descriptors.Descriptor descriptor) {
        CallBuffers buffers = BUFFERS.get();
        boolean isTold = STATX >= 0
                && FileCalls.syscall(
                                STATX,
                                AT_FDCWD,
                                buffers.path(descriptor.directory(), descriptor.number()),
                                AT_SYMLINK_NOFOLLOW,
                                STATX_MODE,
                                buffers.some())
                        == 0;
        return isTold
                ? Attributes.isWritable(buffers.inNativeOrder().getShort(MODE))
                : super.isOpenForWriting(descriptor);
    }

    /** {@inheritDoc} The kernel tells it as an extended attribute of the open file ({@code socket(7)}'s name of it). */
    @Override
    String protocol(Descriptors.Descriptor descriptor) {
        CallBuffers buffers = BUFFERS.get();
        byte[] some = buffers.some();
        int length = (int) FileCalls.getxattr(
                buffers.path(descriptor.directory(), descriptor.number()), SOCKPROTONAME, some, some.length);
        return length > 0 ? new String(some, 0, length - 1, StandardCharsets.ISO_8859_1) : "";
    }
}
