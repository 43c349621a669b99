package dev.hermesreaper.agent.host.oshi;

import java.util.List;
import java.util.Optional;

/** What a platform without {@code /proc} tells of the descriptors a process has open. */
@FunctionalInterface
interface OpenEnds {

    /** A platform that tells nothing. */
    OpenEnds NOT_TOLD = pid -> Optional.empty();

    /** What {@code pid} has open now; empty if that may not be seen, or there is no such process. */
    Optional<List<End>> of(int pid);

    /**
     * One open descriptor.
     *
     * @param own which end of a pipe this is, as the kernel numbers them; copies in other processes have the same number. 0
     *     for whatever is no pipe
     * @param peer the number of the other end; 0 once nobody has it open any more
     */
    record End(int descriptor, boolean isPipe, long own, long peer) {}
}
