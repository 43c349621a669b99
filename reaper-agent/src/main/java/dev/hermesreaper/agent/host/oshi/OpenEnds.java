package dev.hermesreaper.agent.host.oshi;

import java.util.List;
import java.util.Optional;

/** What a platform without {@code /proc} tells of the descriptors and children of a process. */
interface OpenEnds {

    /** What {@code pid} has open now; empty if that cannot be told, or there is no such process. */
    Optional<List<End>> of(int pid);

    /** Pids of the children {@code pid} has now, whoever they belong to, dead ones included. */
    List<Integer> children(int pid);

    /**
     * One open descriptor.
     *
     * @param own which end of a pipe this is, as the kernel numbers them; copies in other processes have the same number. 0
     *     for whatever is no pipe
     * @param peer the number of the other end; 0 once nobody has it open any more
     */
    record End(int descriptor, boolean isPipe, long own, long peer) {}
}
