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
 * @param basis what it rests on
 */
public record Ownership(Kind kind, Optional<ProcessEntry> owner, Basis basis) {

    /** What an ownership rests on. Nobody reads it of most workers, so it need not be put into words before. */
    interface Basis {
        /** Strongest first. */
        List<Evidence> evidence();
    }

    /** What is in words already. */
    private record Written(List<Evidence> evidence) implements Basis {}

    /** Whether somebody answers for it. */
    public enum Kind {
        OWNED,
        /** All three ways were looked at, and none leads to a live owner. */
        UNOWNED,
        /** Something decisive could not be read: neither. */
        UNKNOWN
    }

    public Ownership(Kind kind, Optional<ProcessEntry> owner, List<Evidence> evidence) {
        this(kind, owner, new Written(List.copyOf(evidence)));
    }

    /** What it rests on, strongest first. */
    public List<Evidence> evidence() {
        return basis.evidence();
    }

    public boolean isOwned() {
        return kind == Kind.OWNED;
    }

    public boolean isUnowned() {
        return kind == Kind.UNOWNED;
    }
}
