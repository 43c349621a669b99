package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One process and what was done about it in one pass: the intent and its outcome together.
 *
 * @param at wall clock: right before the first signal, or where none was sent, when that was known
 * @param endedAt wall clock of the outcome; empty where none is on record
 * @param sweepId the pass
 * @param identity who
 * @param sessionKey the session it worked for, its first {@value LedgerLine#LONGEST_KEY} characters; empty for gateways
 * @param reason why, the word of a {@link dev.hermesreaper.agent.judge.Reason}
 * @param grounds the facts behind it; empty where no signal was about to be sent
 * @param ending what came of it
 */
public record Act(
        Instant at,
        Optional<Instant> endedAt,
        String sweepId,
        ProcessIdentity identity,
        String sessionKey,
        String reason,
        List<Ground> grounds,
        Ending ending) {

    public Act {
        grounds = List.copyOf(grounds);
    }

    /** When it was last heard of. */
    Instant latest() {
        return endedAt.orElse(at);
    }
}
