package dev.hermesreaper.agent.judge;

/** What is to become of a process. */
public enum Decision {
    /** It is leaked and is ended. */
    REAP("reap"),
    /** It is leaked, or some of its kind are, and it is left: shown to the operator. */
    REPORT("report"),
    /** It looks leaked, but not for long enough yet. */
    WAIT("wait"),
    /** It is used, or that it is not used cannot be shown. */
    KEEP("keep");

    private final String word;

    Decision(String word) {
        this.word = word;
    }

    /** The word used in reports and JSON. */
    public String word() {
        return word;
    }

    /** Whether a process judged so counts as leaked. */
    public boolean isLeak() {
        return this != KEEP;
    }
}
