package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.record.SessionRow;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Its user ended its session, and nothing has happened in it since (ADR 0005). An end that Hermes wrote itself counts only
 * while no client is attached to the gateway. What was compressed goes on under another key, whose end it is then.
 */
final class SessionEndedRule implements LeakRule {

    /** Start times count hundredths of a second, and a record is stamped a moment after what it tells of. */
    private static final Duration SURELY_LATER = Duration.ofSeconds(2);

    private final JudgePolicy policy;

    SessionEndedRule(JudgePolicy policy) {
        this.policy = policy;
    }

    @Override
    public Reason reason() {
        return Reason.SESSION_ENDED;
    }

    @Override
    public JudgePolicy.Action action() {
        return policy.sessionEnded();
    }

    @Override
    public boolean hangsOnRecord(Case it) {
        return it.worker().isPresent() && it.isIdleFor(policy.sessionGrace());
    }

    @Override
    public Finding examine(Case it) {
        if (it.record().isEmpty()) {
            return hangsOnRecord(it)
                    ? Finding.unknown("what is on record about its session was not read")
                    : Finding.none(
                            "what is on record about its session is read once it was idle for ", policy.sessionGrace());
        }
        SessionRecord onRecord = it.record().get();
        if (!onRecord.isKnown()) {
            Statement why = Statement.of("whether its session has ended cannot be told: ", onRecord.problems());
            return hangsOnRecord(it) ? Finding.unknown(why) : Finding.none(why);
        }
        Optional<SessionRow> row = onRecord.tip();
        if (row.isEmpty()) {
            return Finding.none("its session has no row, which says nothing");
        }
        if (row.get().end() == SessionRow.End.NONE) {
            return Finding.none("its session is open on record, which says nothing");
        }
        return ended(it, onRecord, row.get());
    }

    private Finding ended(Case it, SessionRecord onRecord, SessionRow row) {
        Instant endedAt = row.endedAt().orElseThrow();
        String word = row.endReason().orElse("an end without a word");
        if (row.end() == SessionRow.End.OTHER) {
            return Finding.none("its session was ended by ", word, ", which is no end of its user's");
        }
        Clients clients = it.clients();
        if (row.end() == SessionRow.End.BY_HERMES && !(clients.countable() && clients.attached() == 0)) {
            return Finding.none(
                    "its session was ended by ",
                    word,
                    ", which Hermes takes back on a resume, and ",
                    clients.countable()
                            ? Statement.of(clients.attached(), " clients are attached")
                            : "whether a client is attached cannot be told");
        }
        if (it.isWallStepped()) {
            return Finding.unknown(
                    "its session was ended by ", word, ", but the wall clock was set since, so when cannot be told");
        }
        if (!endedAt.isAfter(it.startedAt().plus(SURELY_LATER))) {
            return Finding.none("the end on record (", word, ") is older than this worker");
        }
        Optional<Instant> last = onRecord.lastActivityAt();
        if (last.isPresent() && last.get().isAfter(endedAt)) {
            return Finding.none("its session was ended by ", word, ", but something on record is later");
        }
        if (!onRecord.leases().isEmpty()) {
            return Finding.none(
                    "its session was ended by ",
                    word,
                    ", but is claimed by ",
                    onRecord.leases().get(0).holder());
        }
        return since(it, endedAt, word);
    }

    private Finding since(Case it, Instant endedAt, String word) {
        Duration since = Duration.between(endedAt, it.now());
        if (since.isNegative()) {
            return Finding.none("the end on record (", word, ") lies in the future");
        }
        Statement fact = Statement.of("its session was ended ", since, " ago (", word, ")");
        if (it.doing() == Doing.UNREADABLE) {
            return Finding.unknown(fact, ", but whether it works cannot be read");
        }
        Duration shorter = since.compareTo(it.idleFor()) < 0 ? since : it.idleFor();
        Duration left = policy.sessionGrace().minus(shorter);
        return it.isProvenIdle() && (left.isZero() || left.isNegative())
                ? Finding.due(fact, "; idle for ", it.idleFor())
                : Finding.pending(
                        Reason.IDLING,
                        left.isNegative() ? Duration.ZERO : left,
                        fact,
                        "; that and idle for ",
                        shorter,
                        " of ",
                        policy.sessionGrace());
    }
}
