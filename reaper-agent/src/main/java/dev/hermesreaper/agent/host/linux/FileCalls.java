package dev.hermesreaper.agent.host.linux;

import com.sun.jna.Native;

/**
 * The C functions that files below {@code /proc} are read with where JNA is loaded anyway. None throws: -1 says no, and
 * {@link Native#getLastError} why. Paths end with a zero.
 */
final class FileCalls {

    static final int ENOENT = 2;
    static final int EACCES = 13;

    /** {@code O_RDONLY | O_CLOEXEC}. */
    static final int TO_READ = 02000000;

    static {
        Native.register(FileCalls.class, "c");
    }

    private FileCalls() {}

    static native int open(byte[] path, int flags);

    static native long read(int descriptor, byte[] bytes, long length);

    static native int close(int descriptor);

    static native long readlink(byte[] path, byte[] target, long length);

    /** {@code getxattr(2)}: follows a link in {@code /proc/PID/fd} to the open file itself. */
    static native long getxattr(byte[] path, byte[] name, byte[] value, long length);

    /** {@code syscall(2)}, for {@code getdents64(2)}, which C libraries have had a function for since 2019 only. */
    static native long syscall(long number, long descriptor, byte[] entries, long length);

    /** The same, for {@code statx(2)}. */
    static native long syscall(long number, long directory, byte[] path, long flags, long mask, byte[] status);
}
