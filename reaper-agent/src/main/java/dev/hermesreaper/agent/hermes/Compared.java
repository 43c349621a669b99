package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Set;

/**
 * Which candidates of a look a second reader is asked about, too: that costs more than the look.
 *
 * @param everybody all of them
 * @param pids else these; of one that has changed hands a comparison does no harm
 */
public record Compared(boolean everybody, Set<Integer> pids) {

    public static final Compared EVERYBODY = new Compared(true, Set.of());
    public static final Compared NOBODY = new Compared(false, Set.of());

    public Compared {
        pids = Set.copyOf(pids);
    }

    boolean covers(ProcessEntry process) {
        return everybody || pids.contains(process.pid());
    }
}
