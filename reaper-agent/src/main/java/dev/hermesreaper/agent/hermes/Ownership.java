package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.List;
import java.util.Optional;

/**
 * Who answers for a process, and how that is known.
 *
 * @param kind whether somebody does
 * @param owner who, if somebody does
 * @param evidence what it rests on, strongest first
 */
public record Ownership(Kind kind, Optional<ProcessEntry> owner, List<Evidence> evidence) {

    /** Whether somebody answers for it. */
    public enum Kind {
        OWNED,
        /** All three ways were looked at, and none leads to a live owner. */
        UNOWNED,
        /** Something decisive could not be read: neither. */
        UNKNOWN
    }

    public Ownership {
        evidence = List.copyOf(evidence);
    }

    public boolean isOwned() {
        return kind == Kind.OWNED;
    }

    public boolean isUnowned() {
        return kind == Kind.UNOWNED;
    }
}
