package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The {@link Status} of the service, {@code status.json}: written after every pass, and left where it is killed. That it
 * is there says nothing; whoever reads it asks whether that very process lives.
 */
public final class StatusFile {

    private static final String NAME = "status.json";
    private static final int VERSION = 1;
    private static final int LONGEST_FILE = 1 << 17;

    private final StateDirectory directory;
    private final Path file;

    /** The status kept in {@code directory}. */
    public StatusFile(StateDirectory directory) {
        this.directory = directory;
        this.file = directory.file(NAME);
    }

    /**
     * Replaces it. Needs no lock; of two services the last word counts.
     *
     * @return why it could not be written; empty if all is well
     */
    public Optional<String> write(Status status) {
        if (!directory.isUsable()) {
            return directory.problem();
        }
        String beside = NAME + "." + status.service().pid() + ".tmp";
        String line = SealedLine.seal(text(status)) + "\n";
        return Replacement.unsynced(directory, NAME, beside).write(line.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * What a service said last.
     *
     * @param status empty where none was ever here, or it cannot be read
     * @param problem why it cannot be read
     */
    public record Read(Optional<Status> status, Optional<String> problem) {}

    /** Reads it and changes nothing. */
    public Read read() {
        if (!directory.isUsable()) {
            return new Read(Optional.empty(), directory.problem());
        }
        try {
            Optional<String> refusal = directory.refusal(file);
            if (refusal.isPresent()) {
                return new Read(Optional.empty(), refusal);
            }
            return new Read(Optional.of(status(text())), Optional.empty());
        } catch (NoSuchFileException e) {
            return new Read(Optional.empty(), Optional.empty());
        } catch (IOException e) {
            return new Read(Optional.empty(), Optional.of("cannot read " + file + ": " + StateDirectory.why(e)));
        } catch (IllegalArgumentException | DateTimeException e) {
            return new Read(Optional.empty(), Optional.of(file + " is damaged; the service writes it anew"));
        }
    }

    private String text() throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            String line = new String(
                            Channels.newInputStream(channel).readNBytes(LONGEST_FILE), StandardCharsets.ISO_8859_1)
                    .strip();
            if (SealedLine.judge(line, VERSION) != SealedLine.Kind.SOUND) {
                throw new IllegalArgumentException("not sound");
            }
            return line;
        }
    }

    private static String text(Status status) {
        ObjectText json = new ObjectText();
        json.name("v").value(VERSION);
        json.name("pid").value(status.service().pid());
        json.name("startTicks").value(status.service().startTicks());
        json.name("bootId").value(status.service().bootId());
        json.name("version").value(status.version());
        json.name("startedAt").value(status.startedAt());
        moment(json, "written", status.writtenAt());
        json.name("nextPassInMillis").value(Math.max(0, status.nextPassIn().toMillis()));
        json.name("passes").value(status.passes());
        json.name("mode").value(status.setup().mode());
        json.name("intervalMillis").value(status.setup().interval().toMillis());
        text(json, "configFile", status.setup().configFile());
        text(json, "configProblem", status.setup().configProblem());
        json.name("watched").beginArray();
        for (int pid : status.watched()) {
            json.beginObject().name("pid").value(pid).endObject();
        }
        json.endArray().name("watchedCount").value(status.watchedCount());
        text(json, "unwatched", status.unwatched());
        text(json, "problem", status.problem());
        json.name("stopped").value(status.stopped());
        if (status.lastPass().isPresent()) {
            Status.Pass pass = status.lastPass().get();
            json.name("lastPass").beginObject();
            moment(json, "over", pass.at());
            json.name("tookMillis").value(pass.took().toMillis());
            json.name("workers").value(pass.workers());
            json.name("leaked").value(pass.leaked());
            json.name("complete").value(pass.complete());
            json.name("blind").value(pass.blind()).endObject();
        }
        return json.end();
    }

    private static void text(ObjectText json, String name, Optional<String> text) {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }

    private static void moment(ObjectText json, String name, Moment moment) {
        json.name(name + "At").value(moment.wall());
        json.name(name + "SinceBootMillis").value(moment.sinceBoot().toMillis());
        json.name(name + "AwakeMillis").value(moment.awake().toMillis());
    }

    private static Status status(String line) {
        ObjectLine json = ObjectLine.read(line);
        return new Status(
                new ProcessIdentity(json.text("bootId"), json.count("pid"), json.number("startTicks")),
                json.text("version"),
                Timestamp.parse(json.text("startedAt")),
                moment(json, "written"),
                Duration.ofMillis(json.number("nextPassInMillis")),
                json.number("passes"),
                json.has("lastPass") ? Optional.of(pass(json.object("lastPass"))) : Optional.empty(),
                new Status.Setup(
                        json.text("mode"),
                        Duration.ofMillis(json.number("intervalMillis")),
                        text(json, "configFile"),
                        text(json, "configProblem")),
                json.objects("watched").stream().map(it -> it.count("pid")).toList(),
                json.count("watchedCount"),
                text(json, "unwatched"),
                text(json, "problem"),
                json.flag("stopped"));
    }

    private static Status.Pass pass(ObjectLine json) {
        return new Status.Pass(
                moment(json, "over"),
                Duration.ofMillis(json.number("tookMillis")),
                json.count("workers"),
                json.count("leaked"),
                json.flag("complete"),
                json.flag("blind"));
    }

    private static Optional<String> text(ObjectLine json, String name) {
        return json.has(name) ? Optional.of(json.text(name)) : Optional.empty();
    }

    private static Moment moment(ObjectLine json, String name) {
        return new Moment(
                Duration.ofMillis(json.number(name + "SinceBootMillis")),
                Duration.ofMillis(json.number(name + "AwakeMillis")),
                Timestamp.parse(json.text(name + "At")));
    }
}
