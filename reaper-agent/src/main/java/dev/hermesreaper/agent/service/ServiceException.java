package dev.hermesreaper.agent.service;

/** Nothing could be done about a service. The message says what was attempted, on what, and what to do. */
public final class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Who can mend it, and so which exit status it has. */
    public enum Kind {
        /** Other words, or another user: nothing was attempted. */
        USAGE,
        /** There is no service manager, or what it holds cannot be read: nothing was changed. */
        UNREADABLE,
        /** It was attempted and failed, or was left alone because somebody else changed it. */
        FAILED
    }

    private final Kind kind;

    ServiceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static ServiceException usage(String message) {
        return new ServiceException(Kind.USAGE, message);
    }

    static ServiceException unreadable(String message) {
        return new ServiceException(Kind.UNREADABLE, message);
    }

    static ServiceException failed(String message) {
        return new ServiceException(Kind.FAILED, message);
    }

    public Kind kind() {
        return kind;
    }
}
