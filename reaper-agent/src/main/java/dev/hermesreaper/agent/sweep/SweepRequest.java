package dev.hermesreaper.agent.sweep;

import java.util.Set;

/**
 * What one sweep is asked to do.
 *
 * @param id names it in ledger and output
 * @param dryRun take every step but the signal
 * @param now crisis: idleness over a sample of 3 s replaces {@code superseded_idle}
 * @param sessions only these session keys; empty means all
 */
public record SweepRequest(String id, boolean dryRun, boolean now, Set<String> sessions) {

    public SweepRequest {
        sessions = Set.copyOf(sessions);
    }
}
