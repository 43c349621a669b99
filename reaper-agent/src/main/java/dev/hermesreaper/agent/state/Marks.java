package dev.hermesreaper.agent.state;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /** Spelled out, as in {@link Mark}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Marks marks && byPlace.equals(marks.byPlace);
    }

    @Override
    public int hashCode() {
        return byPlace.hashCode();
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
        return equals(of(byPlace.keySet()));
    }
}
