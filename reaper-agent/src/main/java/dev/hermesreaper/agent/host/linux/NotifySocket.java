package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends datagrams to a unix socket, which Java cannot: what a service manager listens on ({@code sd_notify(3)}). JNA is
 * loaded with the first one.
 */
public final class NotifySocket {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** {@code sizeof(sun_path)}; the terminating zero may be left out. */
    private static final int LONGEST_PATH = 108;

    private final byte[] address;

    private NotifySocket(byte[] address) {
        this.address = address;
    }

    /**
     * The socket called {@code name}: an absolute path, or one of the abstract namespace, with {@code @} for its leading
     * zero.
     *
     * @return empty if that is no name of a unix socket
     */
    public static Optional<NotifySocket> named(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name.startsWith("@");
        if (path.length < 2 || path.length > LONGEST_PATH || !(isAbstract || name.startsWith("/"))) {
            return Optional.empty();
        }
        byte[] address = new byte[2 + path.length];
        address[0] = AF_UNIX;
        System.arraycopy(path, 0, address, 2, path.length);
        if (isAbstract) {
            address[2] = 0;
        }
        return Optional.of(new NotifySocket(address));
    }

    /**
     * Sends {@code text}, without waiting for anybody.
     *
     * @return why it could not be sent; empty if it was
     */
    public Optional<String> send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            int socket = LibC.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                LibC.sendto(
                        socket,
                        bytes,
                        bytes.length,
                        MSG_DONTWAIT | MSG_NOSIGNAL,
                        Arrays.copyOf(address, address.length),
                        address.length);
                return Optional.empty();
            } finally {
                LibC.close(socket);
            }
        } catch (LastErrorException | LinkageError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
