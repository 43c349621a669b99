package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Set;

/**
 * Which candidates of a look are read in full, and a second reader is asked about, too: that costs more than the look. The
 * other workers are glanced at.
 *
 * @param everybody all of them
 * @param pids else these; of one that has changed hands it does no harm
 */
public record Scrutiny(boolean everybody, Set<Integer> pids) {

    public static final Scrutiny OF_ALL = new Scrutiny(true, Set.of());
    public static final Scrutiny OF_NOBODY = new Scrutiny(false, Set.of());

    public Scrutiny {
        pids = Set.copyOf(pids);
    }

    /** Of the processes with these pids. */
    public static Scrutiny of(Set<Integer> pids) {
        return new Scrutiny(false, pids);
    }

    boolean covers(ProcessEntry process) {
        return everybody || pids.contains(process.pid());
    }
}
