package dev.hermesreaper.agent.state;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
                return counts(new JsonReader(new StringReader(
                        StandardCharsets.UTF_8.decode(bytes.flip()).toString())));
            }
        } catch (NoSuchFileException e) {
            return Counts.NONE;
        } catch (IOException | IllegalStateException | NumberFormatException | DateTimeException e) {
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
        return Replacement.ofEither(directory, NAME).write(out -> write(counts, out));
    }

    private static Counts counts(JsonReader json) throws IOException {
        json.setStrictness(Strictness.STRICT);
        Map<String, String> fields = new HashMap<>();
        SortedMap<Counts.Reap, Long> reaps = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            switch (json.peek()) {
                case BEGIN_ARRAY -> reaps(json, reaps);
                case BOOLEAN -> fields.put(name, Boolean.toString(json.nextBoolean()));
                default -> fields.put(name, json.nextString());
            }
        }
        json.endObject();
        if (!SCHEMA.equals(fields.get("schema"))) {
            return Counts.NONE;
        }
        return new Counts(
                Optional.ofNullable(fields.get("since")).map(Instant::parse),
                number(fields, "sweeps"),
                reaps,
                number(fields, "reclaimedBytes"),
                Optional.ofNullable(fields.get("lastAt")).map(Instant::parse),
                Duration.ofMillis(number(fields, "lastTookMillis")),
                Boolean.parseBoolean(fields.get("wasBlind")),
                Boolean.parseBoolean(fields.get("wasPaused")));
    }

    private static long number(Map<String, String> fields, String name) {
        return Math.max(0, Long.parseLong(fields.getOrDefault(name, "")));
    }

    private static void reaps(JsonReader json, Map<Counts.Reap, Long> reaps) throws IOException {
        json.beginArray();
        while (json.hasNext()) {
            json.beginArray();
            Counts.Reap reap = new Counts.Reap(json.nextString(), json.nextString());
            reaps.put(reap, Math.max(0, json.nextLong()));
            json.endArray();
        }
        json.endArray();
    }

    private static void write(Counts counts, OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        json.beginObject().name("schema").value(SCHEMA);
        if (counts.since().isPresent()) {
            json.name("since").value(counts.since().get().toString());
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
            json.name("lastAt").value(counts.lastAt().get().toString());
        }
        json.name("lastTookMillis").value(counts.lastTook().toMillis());
        json.name("wasBlind").value(counts.wasBlind());
        json.name("wasPaused").value(counts.wasPaused()).endObject();
        json.flush();
        out.write('\n');
    }
}
