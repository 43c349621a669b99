package dev.hermesreaper.agent.state;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's pause, {@code pause.json}. Needs no lock: a pause that is given while a pass runs must count in that pass.
 *
 * <p>It ends by the clock that counts from boot, so that setting the wall clock neither ends nor prolongs it. After a reboot
 * it ends by the wall clock, or once the machine has been up again for as long as the pause was to last, whichever is
 * first: a wrong clock cannot make it last for ever. A file that is there and cannot be believed pauses until it is
 * removed: what the operator wanted is then unknown, and unknown signals nobody. So does one in a directory that cannot be
 * used, until that is mended.
 */
public final class PauseFile {

    private static final String NAME = "pause.json";
    private static final String SCHEMA = "hermes-reaper/pause/1";
    private static final int LONGEST_FILE = 4096;

    private final Path directory;
    private final Path file;
    private final boolean makesDirectory;
    private final Host host;

    private PauseFile(Path directory, boolean makesDirectory, Host host) {
        this.directory = directory.toAbsolutePath().normalize();
        this.file = this.directory.resolve(NAME);
        this.makesDirectory = makesDirectory;
        this.host = host;
    }

    /** The pause kept in {@code directory}, to be read. */
    public static PauseFile in(Path directory, Host host) {
        return new PauseFile(directory, false, host);
    }

    /** The pause kept in {@code directory}, to be given or ended; the directory is made where it does not exist. */
    public static PauseFile toWrite(Path directory, Host host) {
        return new PauseFile(directory, true, host);
    }

    /** What the file says: the pause's end on two clocks. */
    private record Written(String by, Instant since, Instant until, Duration length, String bootId, Duration end) {

        /** Where it is not known whether this is the boot it was given in, it lasts by both clocks. */
        Optional<Pause> now(String boot, Moment now) {
            boolean known = !boot.isEmpty() && !bootId.isEmpty();
            boolean another = known && !boot.equals(bootId);
            Instant bySinceBoot = now.wall().plus(end.minus(now.sinceBoot()));
            Instant ends = another || (!known && until.isAfter(bySinceBoot)) ? until : bySinceBoot;
            boolean over =
                    !now.wall().isBefore(ends) || (another && now.sinceBoot().compareTo(length) >= 0);
            return over ? Optional.empty() : Optional.of(Pause.of(by, since, ends.truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    /** The pause in force. Where the directory cannot be used, nobody knows what a file in it says, and that pauses too. */
    public Optional<Pause> now() {
        StateDirectory here = StateDirectory.existing(directory, host.self());
        if (!here.isUsable()) {
            return mayBeThere() ? here.problem().map(Pause::unreadable) : Optional.empty();
        }
        try {
            Optional<String> refusal = here.refusal(file);
            if (refusal.isPresent()) {
                return refusal.map(Pause::unreadable);
            }
            Optional<Written> written = read();
            return written.isPresent() ? written.get().now(bootId(), host.now()) : Optional.empty();
        } catch (IOException | IllegalStateException | NumberFormatException | DateTimeParseException e) {
            String why = e instanceof IOException failure
                    ? StateDirectory.why(failure)
                    : "it does not say what a pause says";
            return Optional.of(Pause.unreadable(file + ": " + why));
        }
    }

    private StateDirectory toWrite() {
        return makesDirectory
                ? StateDirectory.open(directory, host.self())
                : StateDirectory.existing(directory, host.self());
    }

    /** Whether there is a file, or that cannot be told; below what is no directory there is none. */
    private boolean mayBeThere() {
        try {
            return Inode.at(file).isPresent();
        } catch (IOException e) {
            Path above = file.getParent();
            while (above != null && !Files.exists(above)) {
                above = above.getParent();
            }
            return above == null || Files.isDirectory(above);
        }
    }

    /**
     * Pauses for {@code length} from now on, instead of any pause before.
     *
     * @param by who gives it
     * @return why that failed; empty if it did not
     */
    public Optional<String> give(String by, Duration length) {
        StateDirectory here = toWrite();
        if (!here.isUsable()) {
            return here.problem();
        }
        Moment now = host.now();
        Written pause = new Written(
                by,
                now.wall().truncatedTo(ChronoUnit.MILLIS),
                now.wall().plus(length).truncatedTo(ChronoUnit.MILLIS),
                length,
                bootId(),
                now.sinceBoot().plus(length));
        return new Replacement(here, NAME, NAME + "." + host.self().pid() + ".tmp").write(out -> write(pause, out));
    }

    /**
     * Ends the pause, also one that cannot be read.
     *
     * @return why that failed; empty if it did not, or there was none
     */
    public Optional<String> end() {
        StateDirectory here = toWrite();
        if (!here.isUsable()) {
            return here.problem();
        }
        try {
            Files.deleteIfExists(file); // a link goes, not what it points to
            here.sync();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot remove " + file + ": " + StateDirectory.why(e));
        }
    }

    /** Empty where it cannot be read. */
    private String bootId() {
        Self self = host.self();
        return host.entry(self.pid())
                .map(ProcessEntry::identity)
                .map(identity -> identity.bootId())
                .orElse("");
    }

    private static void write(Written pause, OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        json.beginObject()
                .name("schema")
                .value(SCHEMA)
                .name("by")
                .value(pause.by())
                .name("since")
                .value(pause.since().toString())
                .name("until")
                .value(pause.until().toString())
                .name("lengthMillis")
                .value(pause.length().toMillis())
                .name("bootId")
                .value(pause.bootId())
                .name("endMillisSinceBoot")
                .value(pause.end().toMillis())
                .endObject();
        json.flush();
        out.write('\n');
    }

    private Optional<Written> read() throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > LONGEST_FILE) {
                throw new DamagedException("it has " + channel.size() + " bytes, far more than a pause needs");
            }
            JsonReader json =
                    new JsonReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            json.setStrictness(Strictness.STRICT);
            Map<String, String> fields = new HashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                fields.put(json.nextName(), json.nextString());
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new DamagedException("something follows its end");
            }
            return Optional.of(written(fields));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Written written(Map<String, String> fields) throws DamagedException {
        String schema = field(fields, "schema");
        if (!schema.equals(SCHEMA)) {
            throw new DamagedException("it is a " + schema.replaceAll("[^a-z0-9/-]", "?") + ", not a " + SCHEMA);
        }
        Duration length = Duration.ofMillis(Long.parseLong(field(fields, "lengthMillis")));
        return new Written(
                field(fields, "by"),
                Timestamp.parse(field(fields, "since")),
                Timestamp.parse(field(fields, "until")),
                length,
                field(fields, "bootId"),
                Duration.ofMillis(Long.parseLong(field(fields, "endMillisSinceBoot"))));
    }

    private static String field(Map<String, String> fields, String name) throws DamagedException {
        String value = fields.get(name);
        if (value == null) {
            throw new DamagedException("it does not say " + name);
        }
        return value;
    }
}
