package dev.hermesreaper.agent.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Section {@code [judge]}: what counts as leaked, and for how long it must have been so.
 *
 * @param minAge a younger worker is kept whatever else is true
 * @param settle how long a worker must have been seen without an owner
 * @param busyPatience how long an orphan may be observed working
 * @param supersededIdle idleness after which a superseded worker is leaked
 * @param supersededIdleAttached the same for one that an attached client could be using
 * @param sessionGrace between the end of a session on record and the verdict
 * @param abandonedIdle idleness, without any attached client, after which a worker is abandoned
 * @param surplusIdle idleness after which a worker above the number of clients is surplus
 */
public record JudgePolicy(
        Action orphaned,
        Action sessionEnded,
        Action superseded,
        Action abandoned,
        Action surplus,
        Duration minAge,
        Duration settle,
        Duration busyPatience,
        Duration supersededIdle,
        Duration supersededIdleAttached,
        Duration sessionGrace,
        Duration abandonedIdle,
        Duration surplusIdle) {

    /** The reap reasons as users write them, in the order in which they are tried. */
    public static final List<String> REASONS =
            List.of("orphaned", "session-ended", "superseded", "abandoned", "surplus");

    /** What is done about a worker for which a reap reason applies. */
    public enum Action {
        /** It is ended. */
        REAP,
        /** It is counted as leaked and never signalled. */
        REPORT,
        /** As if the rule did not exist. */
        IGNORE
    }

    /**
     * This policy with every reap reason ignored that is not named. It only narrows: a named reason keeps its action,
     * so naming one that is set to {@link Action#REPORT} does not arm it.
     *
     * @throws IllegalArgumentException if a name is not one of {@link #REASONS}
     */
    public JudgePolicy limitedTo(Set<String> reasons) {
        for (String reason : reasons) {
            if (!REASONS.contains(reason)) {
                throw new IllegalArgumentException(
                        "unknown reason " + Found.quote(reason) + ", expected one of " + String.join(", ", REASONS));
            }
        }
        return new JudgePolicy(
                reasons.contains("orphaned") ? orphaned : Action.IGNORE,
                reasons.contains("session-ended") ? sessionEnded : Action.IGNORE,
                reasons.contains("superseded") ? superseded : Action.IGNORE,
                reasons.contains("abandoned") ? abandoned : Action.IGNORE,
                reasons.contains("surplus") ? surplus : Action.IGNORE,
                minAge,
                settle,
                busyPatience,
                supersededIdle,
                supersededIdleAttached,
                sessionGrace,
                abandonedIdle,
                surplusIdle);
    }

    /** This policy with another {@code superseded_idle}, as {@code sweep --now} has it. */
    public JudgePolicy withSupersededIdle(Duration newSupersededIdle) {
        return new JudgePolicy(
                orphaned,
                sessionEnded,
                superseded,
                abandoned,
                surplus,
                minAge,
                settle,
                busyPatience,
                newSupersededIdle,
                supersededIdleAttached,
                sessionGrace,
                abandonedIdle,
                surplusIdle);
    }

    JudgePolicy withSettle(Duration newSettle) {
        return new JudgePolicy(
                orphaned,
                sessionEnded,
                superseded,
                abandoned,
                surplus,
                minAge,
                newSettle,
                busyPatience,
                supersededIdle,
                supersededIdleAttached,
                sessionGrace,
                abandonedIdle,
                surplusIdle);
    }
}
