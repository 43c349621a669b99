package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.process.Moment;
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

    /**
     * A name for a pass that begins at {@code moment}. Passes over one state directory never overlap, so the millisecond
     * tells them apart; later ones sort later. Nothing random: asking for that costs a cold start 14 ms.
     */
    public static String idAt(Moment moment) {
        return Long.toString(moment.wall().toEpochMilli(), Character.MAX_RADIX);
    }
}
