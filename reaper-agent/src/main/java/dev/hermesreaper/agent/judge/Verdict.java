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
 * @param evidence the facts behind it
 * @param gates every question that was asked, in order
 */
public record Verdict(
        ProcessEntry process,
        String sessionKey,
        Decision decision,
        Reason reason,
        Optional<Pending> pending,
        List<Evidence> evidence,
        List<Gate> gates) {

    public Verdict {
        evidence = List.copyOf(evidence);
        gates = List.copyOf(gates);
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

    /** Whether it is about a process of a user whose processes may be ended; others are listed, not counted. */
    public boolean isOurs() {
        return reason != Reason.NOT_OURS
                && gates.stream().noneMatch(gate -> gate.name().equals(Reason.NOT_OURS.word()) && !gate.passed());
    }

    public boolean isReap() {
        return decision == Decision.REAP;
    }
}
