package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was decided about one process, and on what grounds.
 *
 * @param process whom it is about
 * @param sessionKey the session it works for; empty for gateways and where it is not known
 * @param decision what is to become of it
 * @param reason why
 * @param pending for {@link Decision#WAIT}: what for, and for how much longer
 * @param isOurs whether it is about a process of a user whose processes may be ended; others are listed, not counted
 * @param grounds what it rests on
 */
public record Verdict(
        ProcessEntry process,
        String sessionKey,
        Decision decision,
        Reason reason,
        Optional<Pending> pending,
        boolean isOurs,
        Grounds grounds) {

    /** A verdict on grounds that are written down; about one of ours unless {@code reason} says otherwise. */
    public Verdict(
            ProcessEntry process,
            String sessionKey,
            Decision decision,
            Reason reason,
            Optional<Pending> pending,
            List<Evidence> evidence,
            List<Gate> gates) {
        this(
                process,
                sessionKey,
                decision,
                reason,
                pending,
                reason != Reason.NOT_OURS,
                new Grounds.Given(evidence, gates));
    }

    /**
     * What a waiting process waits for.
     *
     * @param reason the reap reason that will then apply
     * @param remaining how much longer, if nothing changes
     */
    public record Pending(Reason reason, Duration remaining) {}

    public ProcessIdentity identity() {
        return process.identity();
    }

    /** The facts behind it; written up when first asked for, which nobody does for most. */
    public List<Evidence> evidence() {
        return grounds.evidence();
    }

    /** Every question there was, in order; written up when first asked for. */
    public List<Gate> gates() {
        return grounds.gates();
    }

    public boolean isReap() {
        return decision == Decision.REAP;
    }
}
