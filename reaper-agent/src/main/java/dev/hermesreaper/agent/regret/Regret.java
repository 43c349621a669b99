package dev.hermesreaper.agent.regret;

import dev.hermesreaper.agent.ledger.Ground;
import java.time.Instant;
import java.util.List;

/**
 * A process that would have been ended did work later.
 *
 * @param watch the decision
 * @param seenAt wall clock of the look that saw it
 * @param evidence how that is known
 */
public record Regret(Watch watch, Instant seenAt, List<Ground> evidence) {
    public Regret {
        evidence = List.copyOf(evidence);
    }
}
