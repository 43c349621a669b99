package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sightings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sightings of the last pass, {@code sightings.json}, so that one-shot passes have a memory. Whatever is wrong with the
 * file costs memory and nothing else: it is never half believed, and never ends a pass.
 */
public final class SightingsFile {

    /** More processes than a machine runs workers; the rest starts afresh with every pass. */
    private static final int MOST_SIGHTINGS = 20_000;

    /** How many files that were not trusted are kept of each kind, the newest as number 1. */
    private static final int MOST_SET_ASIDE = 3;

    private static final String NAME = "sightings.json";

    private final StateDirectory directory;
    private final Path file;
    private final Replacement replacement;

    /** The sightings kept in {@code directory}. */
    public SightingsFile(StateDirectory directory) {
        this.directory = directory;
        this.file = directory.file(NAME);
        // Those of another boot are not believed, so a power cut leaves nothing to be saved.
        this.replacement = Replacement.unsynced(directory, NAME, NAME + ".tmp");
    }

    /**
     * Reads what is remembered and changes nothing, as a question does. Needs no lock: a pass replaces the file as a whole.
     */
    public Recollection peek(Present present) {
        if (!directory.isUsable()) {
            return directory.problem().map(Recollection::none).orElseThrow();
        }
        try {
            return read(present);
        } catch (DamagedException e) {
            return Recollection.none("%s is not used: %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            return Recollection.none("cannot read %s: %s".formatted(file, StateDirectory.why(e)));
        }
    }

    /**
     * Reads what is remembered, as a pass does: a file that cannot be trusted is set aside, what a killed writer left is
     * removed.
     *
     * @param lock held on this directory; without it another pass could be writing what is tidied here
     */
    public Recollection recall(PassLock lock, Present present) {
        lock.requireHeldOn(directory);
        replacement.clean(); // where it cannot be, writing will say so
        try {
            return read(present);
        } catch (DamagedException e) {
            return setAside(e);
        } catch (IOException e) {
            return Recollection.none("cannot read %s: %s".formatted(file, StateDirectory.why(e)));
        }
    }

    private Recollection read(Present present) throws IOException {
        Optional<String> refusal = directory.refusal(file);
        if (refusal.isPresent()) {
            return Recollection.none(refusal.get());
        }
        List<Sighting> written;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > SightingsText.LONGEST_FILE) {
                throw new DamagedException("it has " + channel.size() + " bytes, far more than sightings need");
            }
            written = SightingsText.read(Channels.newInputStream(channel));
        } catch (NoSuchFileException e) {
            return Recollection.of(Sightings.NONE);
        }
        List<Sighting> believed = new ArrayList<>();
        int ofThisBoot = 0;
        for (Sighting sighting : written) {
            if (present.isBootOf(sighting)) {
                ofThisBoot++;
                if (present.canHaveSeen(sighting)) {
                    believed.add(sighting);
                }
            }
        }
        int impossible = ofThisBoot - believed.size();
        return new Recollection(
                Sightings.of(believed.size() > MOST_SIGHTINGS ? newest(believed) : believed),
                impossible == 0
                        ? Optional.empty()
                        : Optional.of("%s: %d of %d sightings cannot have happened and were dropped"
                                .formatted(file, impossible, ofThisBoot)),
                Optional.empty());
    }

    private static List<Sighting> newest(Collection<Sighting> sightings) {
        List<Sighting> newest = new ArrayList<>(sightings);
        if (newest.size() > 1) {
            newest.sort(new NewestFirst());
        }
        return newest.subList(0, Math.min(newest.size(), MOST_SIGHTINGS));
    }

    private static final class NewestFirst implements Comparator<Sighting> {
        @Override
        public int compare(Sighting one, Sighting other) {
            int bySeen = other.lastSeen().sinceBoot().compareTo(one.lastSeen().sinceBoot());
            if (bySeen != 0) {
                return bySeen;
            }
            int byStart =
                    Long.compare(one.identity().startTicks(), other.identity().startTicks());
            return byStart != 0
                    ? byStart
                    : Integer.compare(one.identity().pid(), other.identity().pid());
        }
    }

    /** What the file is to hold. */
    private record Lines(List<Sighting> sightings) implements Replacement.Content {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            SightingsText.write(sightings, out);
        }
    }

    /** Moves the file to number 1 of its kind, and those before it one further; the oldest is lost. */
    private Recollection setAside(DamagedException damage) {
        try {
            for (int number = MOST_SET_ASIDE - 1; number > 0; number--) {
                Path older = aside(damage, number);
                if (Inode.at(older).isPresent()) {
                    rename(older, aside(damage, number + 1));
                }
            }
            Path aside = aside(damage, 1);
            rename(file, aside);
            directory.sync();
            return new Recollection(
                    Sightings.NONE,
                    Optional.of(
                            "%s is not used: %s. It was set aside as %s".formatted(file, damage.getMessage(), aside)),
                    Optional.of(aside));
        } catch (IOException e) {
            return Recollection.none("%s is not used: %s. It could not be set aside: %s"
                    .formatted(file, damage.getMessage(), StateDirectory.why(e)));
        }
    }

    private Path aside(DamagedException damage, int number) {
        return directory.file("%s.%s-%d".formatted(NAME, damage.label(), number));
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Replaces what is remembered by {@code sightings}, at most the 20,000 last seen. If that fails, what was remembered
     * before is forgotten: it lacks a look that may have seen an owner, a client or work, so waits counted from it could be
     * too long.
     *
     * @param lock held on this directory
     * @return why it could not be written, e.g. a full disk, and what became of the memory; empty if all is well
     */
    public Optional<String> write(PassLock lock, Sightings sightings) {
        lock.requireHeldOn(directory);
        Optional<String> problem = replacement.write(new Lines(newest(sightings.all())));
        return problem.isPresent() ? Optional.of(problem.get() + forget()) : problem;
    }

    /** What the file is now; as long as it stays equal, nobody has written it. */
    public Mark mark() {
        return Mark.of(file);
    }

    private String forget() {
        try {
            if (directory.refusal(file).isEmpty() && Files.deleteIfExists(file)) {
                directory.sync();
                return ". What earlier passes saw is forgotten";
            }
            return "";
        } catch (IOException e) {
            return ". What earlier passes saw could not be removed: " + StateDirectory.why(e);
        }
    }
}
