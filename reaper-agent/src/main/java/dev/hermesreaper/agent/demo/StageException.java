package dev.hermesreaper.agent.demo;

/** The stage could not be set up, or a stand-in did not do what it was told. The message says which and what to do. */
public final class StageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StageException(String message) {
        super(message);
    }

    StageException(String message, Throwable cause) {
        super(message, cause);
    }
}
