package dev.hermesreaper.agent.reap;

/** What became of a process that was to be ended. */
public enum Outcome {
    /** Gone after SIGTERM. */
    EXITED("exited"),
    /** Gone after SIGKILL. */
    KILLED("killed"),
    /** Gone before the first signal. */
    ALREADY_GONE("already-gone"),
    /** Its pid belongs to another process now, or it runs another program; not signalled. */
    IDENTITY_CHANGED("identity-changed"),
    /** The fresh look no longer speaks for ending it; not signalled, or not signalled again. */
    SPARED("spared"),
    /** We may not signal it. */
    NOT_PERMITTED("not-permitted"),
    /** It outlived SIGKILL for {@code kill_grace}. */
    SURVIVED("survived"),
    /**
     * Left to a later pass: more were due than {@code max_reaps_per_sweep} allows, it could not be ended just before, it
     * could not be held, or there is a pause, which may have come between two signals.
     */
    DEFERRED("deferred"),
    /** It would have been signalled, but this is a dry run. */
    DRY_RUN("dry-run"),
    /** It would have been signalled, but the reaper only observes. */
    OBSERVED("observed");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The word used in reports, the ledger and JSON. */
    public String word() {
        return word;
    }

    /** Whether the process is gone because it was ended. */
    public boolean isReaped() {
        return this == EXITED || this == KILLED;
    }

    /** Whether a leak was left that should not have been. */
    public boolean isLeft() {
        return this == SURVIVED || this == NOT_PERMITTED || this == DEFERRED;
    }
}
