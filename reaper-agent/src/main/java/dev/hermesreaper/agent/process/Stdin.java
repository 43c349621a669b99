package dev.hermesreaper.agent.process;

import org.jspecify.annotations.Nullable;

/**
 * What a process reads its commands from: descriptor 0.
 *
 * @param kind what is open there
 * @param inode the pipe's or socket's inode number (macOS: that of the end it reads), 0 for every other kind
 */
public record Stdin(Kind kind, long inode) {

    /** What can be open at descriptor 0, by who can be at the other end. */
    public enum Kind {
        /** An unnamed pipe: somebody may hold its write end. */
        PIPE,
        /** A socket: its peer may live. */
        SOCKET,
        /** A terminal or a named pipe: somebody may write there, and nothing tells who. */
        OPEN_TO_ANYBODY,
        /** A file, {@code /dev/null} or nothing at all: there is no other end. */
        NOBODY,
        /** The kernel would not say. */
        UNREADABLE,
        /** This platform tells it of nobody: then being launchd's child suffices to be nobody's. */
        NOT_TOLD
    }

    /** The kernel would not say. */
    public static final Stdin UNREADABLE = new Stdin(Kind.UNREADABLE, 0);

    /** This platform does not say. */
    public static final Stdin NOT_TOLD = new Stdin(Kind.NOT_TOLD, 0);

    /** A key of tables, and nearly always a number; written out as {@link ProcessIdentity#hashCode} is. */
    @Override
    public int hashCode() {
        return Long.hashCode(inode);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Stdin that && kind == that.kind && inode == that.inode;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case PIPE -> "pipe:[" + inode + "]";
            case SOCKET -> "socket:[" + inode + "]";
            case OPEN_TO_ANYBODY -> "a terminal or named pipe";
            case NOBODY -> "no other end";
            case UNREADABLE -> "unreadable";
            case NOT_TOLD -> "not told on this platform";
        };
    }
}
