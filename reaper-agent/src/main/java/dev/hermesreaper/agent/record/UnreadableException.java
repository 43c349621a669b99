package dev.hermesreaper.agent.record;

/** A record cannot be known. It says why, in words for an operator, and nothing else. */
final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;

    UnreadableException(String why) {
        super(why);
        this.why = why;
    }

    /** The message. */
    String why() {
        return why;
    }
}
