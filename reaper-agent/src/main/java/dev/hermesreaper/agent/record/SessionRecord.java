package dev.hermesreaper.agent.record;

import dev.hermesreaper.agent.process.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Hermes has on record about one session of one home, as it was when it was read. A session without a row is one that
 * was never used, or was deleted, or belongs to another profile: that says nothing against its worker, nor does a row that
 * is open say anything for it.
 *
 * @param home the home it was looked for in
 * @param key its session key
 * @param problems why not everything could be known; while there are any, nothing follows from what is absent here
 * @param row its row, if there is one
 * @param tip the last row of its compression chain: the row itself if the session was not compressed
 * @param leases what holds on this session, or on another of its chain, now
 * @param heartbeats gateways of this home that live, whatever they do
 */
public record SessionRecord(
        String home,
        String key,
        List<String> problems,
        Optional<SessionRow> row,
        Optional<SessionRow> tip,
        List<Lease> leases,
        List<Heartbeat> heartbeats) {

    public SessionRecord {
        problems = List.copyOf(problems);
        leases = List.copyOf(leases);
        heartbeats = List.copyOf(heartbeats);
    }

    /** Whether everything could be read that there is. */
    public boolean isKnown() {
        return problems.isEmpty();
    }

    /** The latest activity on record of the session and of what it was compressed into; an end is none. */
    public Optional<Instant> lastActivityAt() {
        return Stream.of(row, tip)
                .flatMap(Optional::stream)
                .map(SessionRow::lastActivityAt)
                .max(Instant::compareTo);
    }

    /** All of it, each fact with the file it stands in. */
    public List<Evidence> evidence() {
        String database = home + "/" + PrivateCopy.DATABASE;
        List<Evidence> evidence = new ArrayList<>();
        problems.forEach(why -> evidence.add(new Evidence("record", "unknown: " + why, home)));
        if (isKnown() && row.isEmpty()) {
            evidence.add(new Evidence("session", "no row", database));
        }
        row.ifPresent(it -> evidence.add(new Evidence("session", "row " + inWords(it), database)));
        tip.filter(it -> !row.equals(tip))
                .ifPresent(it -> evidence.add(
                        new Evidence("session", "compressed into %s, %s".formatted(it.key(), inWords(it)), database)));
        lastActivityAt().ifPresent(at -> evidence.add(new Evidence("activity", "last on record " + at, database)));
        leases.forEach(
                it -> evidence.add(new Evidence("lease", "%s by %s".formatted(it.key(), it.holder()), it.source())));
        heartbeats.forEach(it -> evidence.add(new Evidence(
                "heartbeat", "gateway %d at %s".formatted(it.pid(), it.at()), database + " gateway_heartbeats")));
        return List.copyOf(evidence);
    }

    private static String inWords(SessionRow row) {
        return row.endedAt().isEmpty()
                ? "open"
                : "ended %s by %s"
                        .formatted(row.endedAt().get(), row.endReason().orElse("nobody knows what"));
    }
}
