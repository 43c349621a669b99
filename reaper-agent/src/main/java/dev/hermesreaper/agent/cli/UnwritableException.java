package dev.hermesreaper.agent.cli;

/** What a command should have written cannot be written. The message says what, where, and what to do. */
final class UnwritableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnwritableException(String message) {
        super(message);
    }

    UnwritableException(String message, Throwable cause) {
        super(message, cause);
    }
}
