package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Asks the kernel for the peer of a unix socket ({@code sock_diag(7)}, {@code UNIX_DIAG}). It knows the sockets of our
 * own network namespace only.
 */
final class SockDiag implements AutoCloseable {

    /** What is known of a socket's peer. */
    enum Kind {
        /** Its peer is a socket that is still open somewhere. */
        PEER,
        /** Nobody is at the other end. */
        CLOSED,
        /** No unix socket of this network namespace, or the kernel does not answer. */
        UNKNOWN
    }

    /**
     * The peer of a socket.
     *
     * @param kind what is known
     * @param inode the peer's inode number, 0 unless it has one
     */
    record Peer(Kind kind, long inode) {}

    private static final Peer UNKNOWN = new Peer(Kind.UNKNOWN, 0);
    private static final Peer CLOSED = new Peer(Kind.CLOSED, 0);

    private static final int AF_UNIX = 1;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;

    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short NLM_F_REQUEST = 1;
    private static final int ANY_STATE = -1;
    private static final int UDIAG_SHOW_PEER = 4;
    private static final int NO_COOKIE = -1;
    private static final int UNIX_DIAG_PEER = 2;

    private static final int HEADER = 16;
    private static final int REQUEST = HEADER + 24;
    private static final int ANSWER = HEADER + 16;

    private final int socket;

    private SockDiag(int socket) {
        this.socket = socket;
    }

    /** Opens the netlink socket; empty if the kernel or a sandbox does not have it, or JNA cannot be loaded. */
    static Optional<SockDiag> open() {
        try {
            return Optional.of(new SockDiag(LibC.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG)));
        } catch (LastErrorException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The peer of the unix socket with this inode number. */
    Peer peerOf(long inode) {
        try {
            byte[] request = request((int) inode);
            LibC.send(socket, request, request.length, 0);
            byte[] answer = new byte[4096];
            int length = (int) LibC.recv(socket, answer, answer.length, 0);
            return peer(ByteBuffer.wrap(answer, 0, length).order(ByteOrder.nativeOrder()), (int) inode);
        } catch (LastErrorException e) {
            return UNKNOWN;
        }
    }

    private static byte[] request(int inode) {
        ByteBuffer request = ByteBuffer.allocate(REQUEST).order(ByteOrder.nativeOrder());
        request.putInt(REQUEST).putShort(SOCK_DIAG_BY_FAMILY).putShort(NLM_F_REQUEST);
        request.putInt(inode).putInt(0);
        request.put((byte) AF_UNIX).put((byte) 0).putShort((short) 0);
        request.putInt(ANY_STATE).putInt(inode).putInt(UDIAG_SHOW_PEER);
        request.putInt(NO_COOKIE).putInt(NO_COOKIE);
        return request.array();
    }

    static Peer peer(ByteBuffer answer, int inode) {
        if (answer.remaining() < ANSWER
                || answer.getShort(4) != SOCK_DIAG_BY_FAMILY
                || answer.getInt(HEADER + 4) != inode) {
            return UNKNOWN;
        }
        int end = Math.min(answer.getInt(0), answer.limit());
        for (int at = ANSWER; at + 4 <= end; ) {
            int size = Short.toUnsignedInt(answer.getShort(at));
            if (size < 4) {
                return UNKNOWN;
            }
            if (answer.getShort(at + 2) == UNIX_DIAG_PEER && size >= 8 && at + 8 <= end) {
                long peer = Integer.toUnsignedLong(answer.getInt(at + 4));
                return peer == 0 ? CLOSED : new Peer(Kind.PEER, peer);
            }
            at += (size + 3) & ~3;
        }
        return CLOSED;
    }

    @Override
    public void close() {
        LibC.close(socket);
    }
}
