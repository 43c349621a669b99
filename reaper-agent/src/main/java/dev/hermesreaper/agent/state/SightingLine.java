package dev.hermesreaper.agent.state;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One sighting as one line of JSON: every member present, in one order, whole numbers only. Nobody else writes these, so
 * anything else is damage. Times are nanoseconds since boot, the wall clock is seconds and nanoseconds since 1970.
 */
final class SightingLine {

    /** Far beyond what {@code Instant} needs to show as a date; it cannot hold every {@code long}. */
    private static final long LATEST_SECOND = 253_402_300_799L;

    private final JsonReader in;

    private SightingLine(String line) {
        in = new JsonReader(new StringReader(line));
        in.setStrictness(Strictness.STRICT);
    }

    static void write(Sighting sighting, JsonWriter out) throws IOException {
        ProcessIdentity identity = sighting.identity();
        out.beginObject();
        out.name("bootId").value(identity.bootId());
        out.name("pid").value(identity.pid());
        out.name("startTicks").value(identity.startTicks());
        Moment seen = sighting.lastSeen();
        Instant wall = seen.wall();
        out.name("seenSinceBoot").value(seen.sinceBoot().toNanos());
        out.name("seenAwake").value(seen.awake().toNanos());
        out.name("seenWallSecond").value(wall.getEpochSecond());
        out.name("seenWallNano").value(wall.getNano());
        Activity activity = sighting.activity();
        out.name("readable").value(activity.readable());
        out.name("waitsForInput").value(activity.waitsForInput());
        out.name("sleepOnly").value(activity.sleepOnly());
        out.name("wholeProcess").value(activity.wholeProcess());
        out.name("mainSwitches").value(activity.mainSwitches());
        out.name("mainTicks").value(activity.mainTicks());
        out.name("otherSwitches").value(activity.otherSwitches());
        out.name("otherTicks").value(activity.otherTicks());
        out.name("doing").value(sighting.doing().name());
        out.name("stopped").value(sighting.stopped());
        write(out, "idleSince", sighting.idleSince());
        write(out, "workingSince", sighting.workingSince());
        write(out, "lastWorked", sighting.lastWorked());
        write(out, "unownedSince", sighting.unownedSince());
        write(out, "unattendedSince", sighting.unattendedSince());
        write(out, "workerlessSince", sighting.workerlessSince());
        Optional<ProcessIdentity> owner = sighting.lastOwner();
        out.name("ownerPid").value(owner.map(ProcessIdentity::pid).orElse(0));
        out.name("ownerStartTicks").value(owner.map(ProcessIdentity::startTicks).orElse(0L));
        out.name("wallStepped").value(sighting.wallStepped());
        out.endObject();
    }

    private static void write(JsonWriter out, String name, Optional<Duration> time) throws IOException {
        out.name(name);
        if (time.isPresent()) {
            out.value(time.get().toNanos());
        } else {
            out.nullValue();
        }
    }

    /** The sighting in {@code line}; whether it can be true is not asked here. */
    static Sighting read(String line) throws DamagedException {
        try {
            return new SightingLine(line).sighting();
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new DamagedException("a line of it is no sighting");
        }
    }

    private Sighting sighting() throws IOException {
        in.beginObject();
        ProcessIdentity identity = new ProcessIdentity(
                text("bootId"), Math.toIntExact(number("pid", Integer.MAX_VALUE)), number("startTicks"));
        Moment seen = new Moment(
                Duration.ofNanos(number("seenSinceBoot")),
                Duration.ofNanos(number("seenAwake")),
                Instant.ofEpochSecond(number("seenWallSecond", LATEST_SECOND), number("seenWallNano", 999_999_999)));
        Activity activity = new Activity(
                flag("readable"),
                flag("waitsForInput"),
                flag("sleepOnly"),
                false, // of the look before, "stopped" says as much
                flag("wholeProcess"),
                number("mainSwitches"),
                number("mainTicks"),
                number("otherSwitches"),
                number("otherTicks"),
                Activity.NOT_TOLD); // asked for between two looks of one pass only
        Sighting sighting = new Sighting(
                identity,
                seen,
                activity,
                doing(),
                flag("stopped"),
                time("idleSince"),
                time("workingSince"),
                time("lastWorked"),
                time("unownedSince"),
                time("unattendedSince"),
                time("workerlessSince"),
                owner(identity.bootId()),
                flag("wallStepped"));
        in.endObject();
        if (in.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalStateException("more after it");
        }
        return sighting;
    }

    /** Pid 0 owns nothing, and stands for nobody. */
    private Optional<ProcessIdentity> owner(String bootId) throws IOException {
        int pid = Math.toIntExact(number("ownerPid", Integer.MAX_VALUE));
        long startTicks = number("ownerStartTicks");
        return pid == 0 ? Optional.empty() : Optional.of(new ProcessIdentity(bootId, pid, startTicks));
    }

    private void member(String name, JsonToken kind) throws IOException {
        if (!in.nextName().equals(name) || in.peek() != kind) {
            throw new IllegalStateException(name);
        }
    }

    private String text(String name) throws IOException {
        member(name, JsonToken.STRING);
        return in.nextString();
    }

    private boolean flag(String name) throws IOException {
        member(name, JsonToken.BOOLEAN);
        return in.nextBoolean();
    }

    private long number(String name) throws IOException {
        return number(name, Long.MAX_VALUE);
    }

    private long number(String name, long atMost) throws IOException {
        member(name, JsonToken.NUMBER);
        return wholeNumber(atMost);
    }

    /** Not {@code nextLong}: that takes 1e3, and 1.0, and a number in quotes. */
    private long wholeNumber(long atMost) throws IOException {
        long number = Long.parseLong(in.nextString());
        if (number < 0 || number > atMost) {
            throw new IllegalStateException("out of range");
        }
        return number;
    }

    private Optional<Duration> time(String name) throws IOException {
        if (!in.nextName().equals(name)) {
            throw new IllegalStateException(name);
        }
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return Optional.empty();
        }
        if (in.peek() != JsonToken.NUMBER) {
            throw new IllegalStateException(name);
        }
        return Optional.of(Duration.ofNanos(wholeNumber(Long.MAX_VALUE)));
    }

    private Doing doing() throws IOException {
        String name = text("doing");
        for (Doing doing : Doing.values()) {
            if (doing.name().equals(name)) {
                return doing;
            }
        }
        throw new IllegalStateException(name);
    }
}
