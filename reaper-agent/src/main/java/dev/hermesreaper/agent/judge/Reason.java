package dev.hermesreaper.agent.judge;

/** Why a verdict is what it is. */
public enum Reason {
    /** Nobody owns it. */
    ORPHANED("orphaned"),
    /** The user ended its session. */
    SESSION_ENDED("session-ended"),
    /** A younger worker of the same session took its place. */
    SUPERSEDED("superseded"),
    /** Nobody has looked at it for long. */
    ABANDONED("abandoned"),
    /** Its gateway has more workers than clients. */
    SURPLUS("surplus"),
    /** Without an owner, but not seen so for long enough. */
    SETTLING("settling"),
    /** Leaked, but not idle for long enough. */
    IDLING("idling"),
    /** Dead already; its parent has not collected it. */
    ZOMBIE("zombie"),
    /** Runs in another pid namespace, as in a container. */
    FOREIGN_NAMESPACE("foreign-namespace"),
    /** Another user's. */
    NOT_OURS("not-ours"),
    /** Something decisive could not be read. */
    UNKNOWN("unknown"),
    /** The operator said so. */
    PROTECTED("protected"),
    /** The main process of a service manager's unit. */
    MANAGED("managed"),
    /** Started a moment ago. */
    TOO_YOUNG("too-young"),
    /** At work. */
    BUSY("busy"),
    /** The youngest of its session. */
    NEWEST("newest"),
    /** Somebody answers for it and nothing speaks against it. */
    OWNED("owned");

    private final String word;

    Reason(String word) {
        this.word = word;
    }

    /** The word used in reports, options and JSON. */
    public String word() {
        return word;
    }
}
