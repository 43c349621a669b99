package dev.hermesreaper.agent.record;

import java.time.Instant;
import java.util.Optional;

/** Says which processes live, to tell a lease that holds from one whose holder is gone. */
@FunctionalInterface
public interface ProcessStarts {

    /** When the living process {@code pid} started, by the wall clock; empty if there is none. */
    Optional<Instant> startOf(int pid);
}
