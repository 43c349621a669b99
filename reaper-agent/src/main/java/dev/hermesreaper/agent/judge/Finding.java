package dev.hermesreaper.agent.judge;

import java.time.Duration;

/**
 * What one leak rule found about one process.
 *
 * @param kind whether the rule applies
 * @param waiting while {@link Kind#PENDING}: {@link Reason#SETTLING} or {@link Reason#IDLING}
 * @param remaining while {@link Kind#PENDING}: for how much longer
 * @param detail the fact, for a person
 */
record Finding(Kind kind, Reason waiting, Duration remaining, Statement detail) {

    enum Kind {
        /** The rule does not apply. */
        NONE,
        /** It applies, but not for long enough yet. */
        PENDING,
        /** It applies. */
        DUE,
        /** It applies, but must not be acted on, whatever is configured. */
        DUE_BUT_LEFT,
        /** It could apply, but something it hangs on could not be read. */
        UNKNOWN
    }

    static Finding none(Object... detail) {
        return new Finding(Kind.NONE, Reason.OWNED, Duration.ZERO, Statement.of(detail));
    }

    static Finding pending(Reason waiting, Duration remaining, Object... detail) {
        return new Finding(Kind.PENDING, waiting, remaining, Statement.of(detail));
    }

    static Finding due(Object... detail) {
        return new Finding(Kind.DUE, Reason.OWNED, Duration.ZERO, Statement.of(detail));
    }

    static Finding dueButLeft(Object... detail) {
        return new Finding(Kind.DUE_BUT_LEFT, Reason.OWNED, Duration.ZERO, Statement.of(detail));
    }

    /** Whether the rule applies, and for long enough. */
    boolean isDue() {
        return kind == Kind.DUE || kind == Kind.DUE_BUT_LEFT;
    }

    static Finding unknown(Object... detail) {
        return new Finding(Kind.UNKNOWN, Reason.UNKNOWN, Duration.ZERO, Statement.of(detail));
    }
}
