package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import java.util.Optional;

/** What would change a verdict. */
final class Prospect {

    private Prospect() {}

    /** Of an entry: it has no session and no siblings, but workers that live by it. */
    static String ofEntry(Verdict verdict, Optional<String> held) {
        boolean fine = verdict.reason() == Reason.OWNED || verdict.reason() == Reason.NEWEST;
        return verdict.decision() == Decision.KEEP && fine
                ? "It would be reaped if nobody were left to speak to it and none of its workers had to be kept."
                : of(verdict, held);
    }

    /**
     * One sentence or two.
     *
     * @param held why no sweep signals anybody now; empty if sweeps do
     */
    static String of(Verdict verdict, Optional<String> held) {
        return switch (verdict.decision()) {
            case REAP ->
                held.map(why -> "It is due, but nobody is signalled now: " + why + ".")
                        .orElse("The next sweep ends it, unless it moves, is claimed or is protected before.");
            case WAIT -> verdict.pending().map(Prospect::waiting).orElse("It is looked at again by the next sweep.");
            case REPORT -> reported(verdict);
            case KEEP -> kept(verdict);
        };
    }

    private static String waiting(Verdict.Pending pending) {
        String reason = pending.reason().word();
        String condition = pending.reason() == Reason.ORPHANED
                ? "if nobody claims it and it stays idle"
                : "if it stays idle until then";
        return pending.remaining().isZero() || pending.remaining().isNegative()
                ? "Due as " + reason + " as soon as a second look sees it idle and unmoved."
                : "Due as " + reason + " in " + Figures.time(pending.remaining()) + ", " + condition + ".";
    }

    private static String reported(Verdict verdict) {
        if (UnattendedChats.isChain(verdict)) {
            return "Leaked, but never ended here, because its chat's own node process lives and could still use it. Close"
                    + " this chat in the dashboard, or restart the dashboard, and it goes.";
        }
        String reason = verdict.reason().word();
        return "Leaked, but only reported: [judge] " + reason.replace('-', '_')
                + " = \"reap\" would let a sweep end it.";
    }

    private static String kept(Verdict verdict) {
        return switch (verdict.reason()) {
            case ZOMBIE ->
                "There is nothing left to end: it vanishes once process "
                        + verdict.process().parentPid() + ", its parent, collects it or exits.";
            case FOREIGN_NAMESPACE -> "It would be judged like any other with [reap] foreign_namespaces = true.";
            case NOT_OURS ->
                "It would be judged like any other if [reap] users named its user and hermes-reaper ran as root"
                        + " or as that user.";
            case UNKNOWN -> "It would be judged if what is missing could be read: run hermes-reaper as root.";
            case PROTECTED -> "It would be judged if it were not protected: see [protect] in the configuration.";
            case MANAGED -> "It is never ended here: stop its unit instead.";
            case TOO_YOUNG -> "It is judged once it is older than [judge] min_age.";
            case BUSY ->
                "It is judged once it is idle. Work without an owner is ended only after [judge] busy_patience.";
            case NEWEST ->
                "It would be reaped if its owner went away, or if a younger worker of its session took its place"
                        + " and it stayed idle.";
            case OWNED ->
                "It would be reaped if its owner went away, its session moved on to a younger worker or was ended by its"
                        + " user, or if its gateway had no client for [judge] abandoned_idle, and it stayed idle.";
            // Never reasons to keep.
            case ORPHANED, SESSION_ENDED, SUPERSEDED, ABANDONED, SURPLUS, SETTLING, IDLING ->
                "It is looked at again by" + " the next sweep.";
        };
    }
}
