package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@link Counts} of a state directory, {@code counts.json}: apart from the ledger, because a ledger that is rotated
 * forgets, and a counter must not. One that cannot be believed is begun anew, as any counter is after a reset.
 */
public final class CountsFile {

    private static final String NAME = "counts.json";
    private static final String SCHEMA = "hermes-reaper/counts/1";
    private static final int LONGEST_FILE = 1 << 16;

    private final StateDirectory directory;
    private final Path file;

    /** The counts kept in {@code directory}. */
    public CountsFile(StateDirectory directory) {
        this.directory = directory;
        this.file = directory.file(NAME);
    }

    /** What was counted so far; nothing where that cannot be read. */
    public Counts read() {
        try {
            if (!directory.isUsable() || directory.refusal(file).isPresent()) {
                return Counts.NONE;
            }
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST_FILE));
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // until it is read
                }
                return counts(ObjectLine.read(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)));
            }
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Counts.NONE;
        }
    }

    /**
     * Replaces them.
     *
     * @param lock held on this directory
     * @return why they could not be written; empty if all is well
     */
    public Optional<String> write(PassLock lock, Counts counts) {
        lock.requireHeldOn(directory);
        return Replacement.ofEither(directory, NAME).write((text(counts) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static Counts counts(ObjectLine json) {
        if (!SCHEMA.equals(json.text("schema"))) {
            return Counts.NONE;
        }
        return new Counts(
                time(json, "since"),
                json.numberOrZero("sweeps"),
                reaps(json),
                json.numberOrZero("reclaimedBytes"),
                time(json, "lastAt"),
                Duration.ofMillis(json.numberOrZero("lastTookMillis")),
                json.has("wasBlind") && json.flag("wasBlind"),
                json.has("wasPaused") && json.flag("wasPaused"));
    }

    private static Optional<Instant> time(ObjectLine json, String name) {
        return json.has(name) ? Optional.of(Timestamp.parse(json.text(name))) : Optional.empty();
    }

    private static SortedMap<Counts.Reap, Long> reaps(ObjectLine json) {
        SortedMap<Counts.Reap, Long> reaps = new TreeMap<>();
        for (List<?> reap : json.lists("reaps")) {
            if (reap.size() != 3
                    || !(reap.get(0) instanceof String reason)
                    || !(reap.get(1) instanceof String outcome)
                    || !(reap.get(2) instanceof Long times)) {
                throw new IllegalArgumentException("reaps");
            }
            reaps.put(new Counts.Reap(reason, outcome), Math.max(0, times));
        }
        return reaps;
    }

    private static String text(Counts counts) {
        ObjectText json = new ObjectText();
        json.name("schema").value(SCHEMA);
        if (counts.since().isPresent()) {
            json.name("since").value(counts.since().get());
        }
        json.name("sweeps").value(counts.sweeps()).name("reaps").beginArray();
        for (Map.Entry<Counts.Reap, Long> each : counts.reaps().entrySet()) {
            json.beginArray()
                    .value(each.getKey().reason())
                    .value(each.getKey().outcome())
                    .value(each.getValue())
                    .endArray();
        }
        json.endArray().name("reclaimedBytes").value(counts.reclaimedBytes());
        if (counts.lastAt().isPresent()) {
            json.name("lastAt").value(counts.lastAt().get());
        }
        json.name("lastTookMillis").value(counts.lastTook().toMillis());
        json.name("wasBlind").value(counts.wasBlind());
        json.name("wasPaused").value(counts.wasPaused());
        return json.end();
    }
}
