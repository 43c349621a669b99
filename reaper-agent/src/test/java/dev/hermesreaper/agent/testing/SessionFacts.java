package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.record.Lease;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.record.SessionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is on record about the session of one {@link FakeProcess}: at first nothing, and that is known. */
final class SessionFacts {
    private static final String KEY = "s1";

    private final List<Lease> leases = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Optional<SessionRow> row = Optional.empty();
    private Optional<SessionRow> tip = Optional.empty();

    void open(Instant lastUsed) {
        row = Optional.of(
                new SessionRow(KEY, lastUsed.minusSeconds(3600), Optional.empty(), Optional.empty(), lastUsed));
        tip = row;
    }

    void end(String word, Instant at) {
        Instant before = row.map(SessionRow::lastActivityAt).orElse(at.minusSeconds(60));
        row = Optional.of(new SessionRow(
                KEY, at.minusSeconds(3600), Optional.of(at), Optional.of(word).filter(it -> !it.isEmpty()), before));
        tip = row;
    }

    /** It was compressed, and what it was compressed into was ended so. */
    void endCompressed(String word, Instant at) {
        end("compression", at.minusSeconds(600));
        tip = Optional.of(
                new SessionRow("s2", at.minusSeconds(600), Optional.of(at), Optional.of(word), at.minusSeconds(60)));
    }

    void use(Instant at) {
        row = row.map(it -> new SessionRow(it.key(), it.startedAt(), it.endedAt(), it.endReason(), at));
        tip = row;
    }

    void claim() {
        leases.add(new Lease(Lease.Kind.ACTIVE_SESSION, KEY, "process 100", "active_sessions.json"));
    }

    void fail(String why) {
        problems.add(why);
    }

    SessionRecord record() {
        return new SessionRecord("/home/hermes/.hermes", KEY, problems, row, tip, leases, List.of());
    }
}
