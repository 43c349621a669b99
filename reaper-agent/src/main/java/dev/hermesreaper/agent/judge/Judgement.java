package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sightings;
import java.util.List;
import java.util.Optional;

/**
 * A look, what all looks up to it say, and what was decided on that.
 *
 * @param look the look
 * @param sightings the memory after it
 * @param verdicts one for every worker and every entry in it
 */
public record Judgement(Look look, Sightings sightings, List<Verdict> verdicts) {

    public Judgement {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether this says anything about leaks at all. */
    public Blindness blindness() {
        return Blindness.of(look, sightings);
    }

    /** Whether not one worker could be read, or for long none was recognised although gateways run here. */
    public boolean isBlind() {
        return blindness() != Blindness.SEES;
    }

    /** The verdict on {@code identity}; empty if this look did not show it as a worker or entry. */
    public Optional<Verdict> on(ProcessIdentity identity) {
        for (Verdict verdict : verdicts) {
            if (verdict.identity().equals(identity)) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }
}
