package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/**
 * The few C functions that Java has no other way to call. Loading this class loads JNA, which takes some 70 ms, so it
 * happens at the first question only. Every function throws {@link LastErrorException} with {@code errno}.
 */
final class LibC {

    static final int EPERM = 1;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int ENOSYS = 38;

    /** System call numbers of Linux 5.3 and later, the same on every architecture. */
    static final long PIDFD_SEND_SIGNAL = 424;

    static final long PIDFD_OPEN = 434;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    /** {@code syscall(2)}, for what older C libraries have no function for. */
    static native long syscall(long number, long first, long second, long third, long fourth) throws LastErrorException;

    /**
     * {@code poll(2)}.
     *
     * @param descriptors pairs: the descriptor, then {@code events | revents << 16} as the structure lies in memory of
     *     little-endian machines
     */
    static native int poll(int[] descriptors, long count, int milliseconds) throws LastErrorException;

    static native int kill(int pid, int signal) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    /** {@code eventfd(2)}. */
    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native long read(int descriptor, byte[] bytes, long length) throws LastErrorException;

    static native long write(int descriptor, byte[] bytes, long length) throws LastErrorException;

    /** {@code ioctl(2)}; variadic, which makes no difference to the callers of Linux. */
    static native int ioctl(int descriptor, long request, byte[] argument) throws LastErrorException;

    static native int tcgetattr(int descriptor, byte[] mode) throws LastErrorException;

    static native int tcsetattr(int descriptor, int when, byte[] mode) throws LastErrorException;

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native long send(int socket, byte[] bytes, long length, int flags) throws LastErrorException;

    static native long sendto(int socket, byte[] bytes, long length, int flags, byte[] address, int addressLength)
            throws LastErrorException;

    static native long recv(int socket, byte[] bytes, long length, int flags) throws LastErrorException;
}
