package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.record.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks the record whether a session that looks deserted is used all the same. Never an accuser: it can only spare. */
final class OnRecord {

    private OnRecord() {}

    /**
     * What speaks against nobody having used the session of {@code it} for {@code time}: a live lease, activity in that
     * time, or a record that cannot be read. Empty if nothing does.
     */
    static Optional<Finding> objection(Case it, Duration time) {
        if (it.record().isEmpty()) {
            return Optional.of(Finding.unknown("what is on record about its session was not read"));
        }
        SessionRecord onRecord = it.record().get();
        if (!onRecord.isKnown()) {
            return Optional.of(
                    Finding.unknown("whether its session was used on record cannot be told: ", onRecord.problems()));
        }
        if (!onRecord.leases().isEmpty()) {
            return Optional.of(Finding.none(
                    "its session is claimed by ", onRecord.leases().get(0).holder()));
        }
        Optional<Instant> last = onRecord.lastActivityAt();
        if (last.isPresent() && it.isWallStepped()) {
            return Optional.of(
                    Finding.unknown("the wall clock was set since it was first seen, so when its session was last used"
                            + " cannot be told"));
        }
        if (last.isEmpty() || !last.get().isAfter(it.now().minus(time))) {
            return Optional.empty();
        }
        Duration ago = Duration.between(last.get(), it.now());
        return Optional.of(
                Finding.none("its session was used ", ago.isNegative() ? Duration.ZERO : ago, " ago, by its record"));
    }
}
