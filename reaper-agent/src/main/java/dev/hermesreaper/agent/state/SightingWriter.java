package dev.hermesreaper.agent.state;

import static dev.hermesreaper.agent.state.SightingLine.bytes;

import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes {@link SightingLine}s, without what ends them. All sightings of a pass are of one boot and one moment. */
final class SightingWriter {

    /** The kernel's has 36 characters. */
    private static final int LONGEST_BOOT_ID = 256;

    private final LayoutWriter out;

    private String bootId = "";
    private byte[] beginning = {};

    @Nullable
    private Moment moment;

    private byte[] seen = {};

    SightingWriter(LayoutWriter out) {
        this.out = out;
    }

    void write(Sighting sighting) throws IOException {
        ProcessIdentity identity = sighting.identity();
        out.begin(SightingLine.LONGEST);
        begin(identity.bootId());
        out.number(identity.pid());
        number(SightingLine.START_TICKS, identity.startTicks());
        seen(sighting.lastSeen());
        Activity activity = sighting.activity();
        flag(SightingLine.READABLE, activity.readable());
        flag(SightingLine.WAITS_FOR_INPUT, activity.waitsForInput());
        flag(SightingLine.SLEEP_ONLY, activity.sleepOnly());
        flag(SightingLine.WHOLE_PROCESS, activity.wholeProcess());
        number(SightingLine.MAIN_SWITCHES, activity.mainSwitches());
        number(SightingLine.MAIN_TICKS, activity.mainTicks());
        number(SightingLine.OTHER_SWITCHES, activity.otherSwitches());
        number(SightingLine.OTHER_TICKS, activity.otherTicks());
        out.bytes(doing(sighting.doing()));
        flag(SightingLine.STOPPED, sighting.stopped());
        time(SightingLine.IDLE_SINCE, sighting.idleSince());
        time(SightingLine.WORKING_SINCE, sighting.workingSince());
        time(SightingLine.LAST_WORKED, sighting.lastWorked());
        time(SightingLine.UNOWNED_SINCE, sighting.unownedSince());
        time(SightingLine.UNATTENDED_SINCE, sighting.unattendedSince());
        time(SightingLine.WORKERLESS_SINCE, sighting.workerlessSince());
        Optional<ProcessIdentity> owner = sighting.lastOwner();
        number(SightingLine.OWNER_PID, owner.isPresent() ? owner.get().pid() : 0);
        number(SightingLine.OWNER_START_TICKS, owner.isPresent() ? owner.get().startTicks() : 0);
        flag(SightingLine.WALL_STEPPED, sighting.wallStepped());
        out.bytes(SightingLine.ENDS);
    }

    private void begin(String boot) throws IOException {
        if (beginning.length > 0 && boot.equals(bootId)) {
            out.bytes(beginning);
            return;
        }
        if (!isPlain(boot)) {
            throw new IOException("boot id %s is not plain ASCII of at most %d".formatted(boot, LONGEST_BOOT_ID));
        }
        int place = out.place();
        out.bytes(SightingLine.BOOT_ID);
        out.bytes(bytes(boot));
        out.bytes(SightingLine.PID);
        beginning = out.since(place);
        bootId = boot;
    }

    /** Whether it stands in JSON as it is. */
    private static boolean isPlain(String boot) {
        for (int i = 0; i < boot.length(); i++) {
            char character = boot.charAt(i);
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                return false;
            }
        }
        return boot.length() <= LONGEST_BOOT_ID;
    }

    private void seen(Moment now) {
        if (moment != null
                && now.sinceBoot().equals(moment.sinceBoot())
                && now.awake().equals(moment.awake())
                && now.wall().equals(moment.wall())) {
            out.bytes(seen);
            return;
        }
        int place = out.place();
        number(SightingLine.SEEN_SINCE_BOOT, now.sinceBoot().toNanos());
        number(SightingLine.SEEN_AWAKE, now.awake().toNanos());
        Instant wall = now.wall();
        number(SightingLine.SEEN_WALL_SECOND, wall.getEpochSecond());
        number(SightingLine.SEEN_WALL_NANO, wall.getNano());
        seen = out.since(place);
        moment = now;
    }

    private static byte[] doing(Doing doing) {
        if (doing == Doing.IDLE) {
            return SightingLine.DOING_IDLE;
        }
        return doing == Doing.WORKING ? SightingLine.DOING_WORKING : SightingLine.DOING_UNREADABLE;
    }

    private void flag(byte[] name, boolean value) {
        out.bytes(name);
        out.bytes(value ? SightingLine.TRUE : SightingLine.FALSE);
    }

    private void number(byte[] name, long value) {
        out.bytes(name);
        out.number(value);
    }

    private void time(byte[] name, Optional<Duration> time) {
        out.bytes(name);
        if (time.isPresent()) {
            out.number(time.get().toNanos());
        } else {
            out.bytes(SightingLine.NULL);
        }
    }
}
