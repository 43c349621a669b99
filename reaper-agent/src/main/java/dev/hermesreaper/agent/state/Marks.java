package dev.hermesreaper.agent.state;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether any of some files is another than it was.
 *
 * @param byPlace the mark of what each leads to, there or not
 */
public record Marks(Map<Path, Mark> byPlace) {

    /** Of no file. */
    public static final Marks NONE = new Marks(Map.of());

    public Marks {
        byPlace = Map.copyOf(byPlace);
    }

    /** The marks of {@code places} as they are now. */
    public static Marks of(Collection<Path> places) {
        Map<Path, Mark> marks = new TreeMap<>();
        for (Path place : places) {
            marks.put(place, Mark.ofTarget(place));
        }
        return new Marks(marks);
    }

    /** Whether all of them are what they were. */
    public boolean areStill() {
        return areThoseOf(of(byPlace.keySet()));
    }

    /** Whether {@code other} are of the same files as they are here. */
    public boolean areThoseOf(Marks other) {
        return byPlace.equals(other.byPlace);
    }
}
