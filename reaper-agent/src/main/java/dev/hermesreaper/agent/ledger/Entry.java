package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of the ledger.
 *
 * @param at wall clock
 * @param sweepId the pass
 * @param identity whom it is about
 * @param sessionKey the session it works for; empty for gateways
 * @param reason the word of the reason
 * @param grounds of an intent
 * @param ending of an outcome; empty for an intent
 */
record Entry(
        Instant at,
        String sweepId,
        ProcessIdentity identity,
        String sessionKey,
        String reason,
        List<Ground> grounds,
        Optional<Ending> ending) {

    Entry {
        grounds = List.copyOf(grounds);
    }

    boolean isIntent() {
        return ending.isEmpty();
    }
}
