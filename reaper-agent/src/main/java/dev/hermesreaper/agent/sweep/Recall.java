package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.sighting.Sightings;

/** Brings what earlier passes saw. */
@FunctionalInterface
public interface Recall {

    /** What was seen up to {@code look}, of the boot it shows. */
    Sightings recall(Look look);
}
