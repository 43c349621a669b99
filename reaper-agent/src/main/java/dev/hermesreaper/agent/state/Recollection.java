package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.sighting.Sightings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is remembered from earlier passes.
 *
 * @param sightings those that can be believed; none where the file cannot
 * @param problem why memory is missing or incomplete, with the file's name, for the operator; empty if all is well, which
 *     it also is if there never was a file
 * @param setAside where a file that is not trusted was moved to
 */
public record Recollection(Sightings sightings, Optional<String> problem, Optional<Path> setAside) {

    static Recollection of(Sightings sightings) {
        return new Recollection(sightings, Optional.empty(), Optional.empty());
    }

    static Recollection none(String problem) {
        return new Recollection(Sightings.NONE, Optional.of(problem), Optional.empty());
    }
}
