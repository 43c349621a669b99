package dev.hermesreaper.agent.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was read of one database; true for as long as the files look the same.
 *
 * @param lineages by session key, one for each that was asked for
 * @param turns all turn leases of those sessions
 * @param heartbeats of all gateways, fresh or not
 */
record Content(Map<String, Lineage> lineages, List<TurnLease> turns, List<Heartbeat> heartbeats) {

    Content {
        lineages = Map.copyOf(lineages);
        turns = List.copyOf(turns);
        heartbeats = List.copyOf(heartbeats);
    }

    /** A row of {@code session_turn_leases}, expired or not. */
    record TurnLease(String key, String holder, Instant expiresAt) {}
}
