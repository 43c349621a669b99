package dev.hermesreaper.agent.record;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a private copy of {@code state.db}. Hermes adds tables and columns freely (schema 13 of May 2026 to 30 and later),
 * so each is looked for before it is used: without the columns a question needs, its answer is unknown.
 */
final class StateDatabase {

    /** As many as Hermes itself follows. */
    private static final int LONGEST_CHAIN = 100;

    private static final List<String> NEEDED = List.of("id", "started_at", "ended_at", "end_reason");

    private final Sqlite sqlite;
    private final Set<String> sessions;
    private final boolean hasParents;
    private final List<String> rowColumns = new ArrayList<>();

    private StateDatabase(Sqlite sqlite) throws UnreadableException {
        this.sqlite = sqlite;
        this.sessions = sqlite.columns("sessions");
        if (!sessions.containsAll(NEEDED)
                || !sqlite.columns("messages").containsAll(List.of("session_id", "timestamp"))) {
            throw new UnreadableException("it has not the tables and columns of Hermes that are known here");
        }
        this.hasParents = sessions.contains("parent_session_id");
        rowColumns.addAll(NEEDED);
        rowColumns.add(columnOrNull("last_activity_at"));
        rowColumns.add(columnOrNull("parent_session_id"));
    }

    private String columnOrNull(String column) {
        return sessions.contains(column) ? column : "NULL";
    }

    /**
     * What {@code copy} says of {@code keys}.
     *
     * @throws UnreadableException if it is no database of Hermes, damaged, or the deadline is over
     */
    static Content read(Path copy, Set<String> keys, Deadline deadline) throws UnreadableException {
        try (Sqlite sqlite = Sqlite.open(copy, deadline)) {
            return new StateDatabase(sqlite).content(keys, deadline);
        }
    }

    private Content content(Set<String> keys, Deadline deadline) throws UnreadableException {
        Map<String, Lineage> lineages = new HashMap<>();
        Set<String> all = new LinkedHashSet<>();
        for (String key : keys) {
            deadline.check();
            Lineage lineage = lineage(key);
            deadline.check(); // a question that was broken off is not one session's problem
            lineages.put(key, lineage);
            all.addAll(lineage.keys());
        }
        return new Content(lineages, turns(all), heartbeats());
    }

    private Lineage lineage(String key) {
        try {
            Optional<Entry> own = entry(key);
            if (own.isEmpty()) {
                return Lineage.none(key);
            }
            Deque<String> keys = ancestors(own.get());
            keys.add(key);
            Entry tip = own.get();
            while (tip.row().isCompressed()) {
                Optional<Entry> next = successor(tip);
                if (next.isEmpty()) {
                    break;
                }
                if (keys.contains(next.get().row().key()) || keys.size() > LONGEST_CHAIN) {
                    throw new UnreadableException("its compression chain has no end");
                }
                tip = next.get();
                keys.add(tip.row().key());
            }
            return new Lineage(
                    List.copyOf(keys), Optional.of(own.get().row()), Optional.of(tip.row()), Optional.empty());
        } catch (UnreadableException e) {
            return Lineage.unknown(key, e.why());
        }
    }

    /** A row, and what leads from it to others. */
    private record Entry(SessionRow row, Optional<Value> endedAt, Optional<String> parent) {}

    private Optional<Entry> entry(String key) throws UnreadableException {
        List<List<Optional<Value>>> found = sqlite.rows(rowColumns, "sessions WHERE id = ? LIMIT 2", key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<Optional<Value>> row = found.get(0);
        if (found.size() > 1 || !Sqlite.value(row, 0).text().equals(key)) {
            throw new UnreadableException("more than one row has its key");
        }
        Instant startedAt = Sqlite.value(row, 1).instant();
        Optional<Value> endedAt = row.get(2);
        SessionRow session = new SessionRow(
                key,
                startedAt,
                endedAt.isEmpty() ? Optional.empty() : Optional.of(endedAt.get().instant()),
                row.get(3).isEmpty()
                        ? Optional.empty()
                        : Optional.of(row.get(3).get().text()),
                latest(startedAt, row.get(4), lastMessage(key)));
        Optional<String> parent = row.get(5).isEmpty()
                ? Optional.empty()
                : Optional.of(row.get(5).get().text());
        return Optional.of(new Entry(session, endedAt, parent));
    }

    private Optional<Value> lastMessage(String key) throws UnreadableException {
        // max() sorts text above every number, so a timestamp that is none is seen.
        return sqlite.rows(List.of("max(timestamp)"), "messages WHERE session_id = ?", key)
                .get(0)
                .get(0);
    }

    private static Instant latest(Instant start, Optional<Value> heartbeat, Optional<Value> message)
            throws UnreadableException {
        Instant latest = start;
        for (Optional<Value> value : List.of(heartbeat, message)) {
            if (value.isPresent() && value.get().instant().isAfter(latest)) {
                latest = value.get().instant();
            }
        }
        return latest;
    }

    /**
     * The session that goes on where {@code compressed} was ended: a child that began no earlier than its end. Of two such
     * children either may be it.
     */
    private Optional<Entry> successor(Entry compressed) throws UnreadableException {
        if (!hasParents) {
            throw new UnreadableException("it was compressed, and no column says into what");
        }
        double endedAt = compressed.endedAt().orElseThrow().seconds();
        String key = compressed.row().key();
        List<List<Optional<Value>>> children = sqlite.rows(
                List.of("id"), "sessions WHERE parent_session_id = ? AND started_at >= ? LIMIT 2", key, endedAt);
        if (children.size() > 1) {
            throw new UnreadableException("it was compressed, and more than one session goes on from it");
        }
        return children.isEmpty()
                ? Optional.empty()
                : entry(Sqlite.value(children.get(0), 0).text());
    }

    /** The sessions above it, oldest first: a turn lease names the first of a chain. */
    private Deque<String> ancestors(Entry of) throws UnreadableException {
        Deque<String> above = new ArrayDeque<>();
        Optional<String> parent = of.parent();
        while (parent.isPresent() && above.size() < LONGEST_CHAIN && !above.contains(parent.get())) {
            above.addFirst(parent.get());
            List<List<Optional<Value>>> found =
                    sqlite.rows(List.of("parent_session_id"), "sessions WHERE id = ?", parent.get());
            Optional<Value> next =
                    found.isEmpty() ? Optional.empty() : found.get(0).get(0);
            parent = next.isEmpty() ? Optional.empty() : Optional.of(next.get().text());
        }
        above.remove(of.row().key());
        return above;
    }

    private List<Content.TurnLease> turns(Set<String> keys) throws UnreadableException {
        Set<String> columns = sqlite.columns("session_turn_leases");
        if (columns.isEmpty()) {
            return List.of();
        }
        require(columns, "session_turn_leases", List.of("conversation_id", "holder", "expires_at"));
        List<Content.TurnLease> turns = new ArrayList<>();
        for (String key : keys) {
            for (List<Optional<Value>> row : sqlite.rows(
                    List.of("holder", "expires_at"), "session_turn_leases WHERE conversation_id = ?", key)) {
                turns.add(new Content.TurnLease(
                        key, Sqlite.value(row, 0).text(), Sqlite.value(row, 1).instant()));
            }
        }
        return turns;
    }

    private List<Heartbeat> heartbeats() throws UnreadableException {
        Set<String> columns = sqlite.columns("gateway_heartbeats");
        if (columns.isEmpty()) {
            return List.of();
        }
        List<String> needed = List.of("pid", "backend_id", "last_heartbeat");
        require(columns, "gateway_heartbeats", needed);
        List<Heartbeat> heartbeats = new ArrayList<>();
        for (List<Optional<Value>> row : sqlite.rows(needed, "gateway_heartbeats")) {
            heartbeats.add(new Heartbeat(
                    Sqlite.value(row, 0).pid(),
                    Sqlite.value(row, 1).text(),
                    Sqlite.value(row, 2).instant()));
        }
        return heartbeats;
    }

    private static void require(Set<String> columns, String table, List<String> needed) throws UnreadableException {
        if (!columns.containsAll(needed)) {
            throw new UnreadableException("%s has not the columns %s".formatted(table, needed));
        }
    }
}
