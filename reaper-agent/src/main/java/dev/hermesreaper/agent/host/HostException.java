package dev.hermesreaper.agent.host;

/** The machine cannot be observed at all. The message says what was attempted, on what, and what to do. */
public final class HostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HostException(String message) {
        super(message);
    }

    public HostException(String message, Throwable cause) {
        super(message, cause);
    }
}
