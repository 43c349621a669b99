package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads {@link SightingLine}s. What one has in common with the one before, its boot and mostly its moment, is compared and
 * not read again.
 */
final class SightingReader {

    private static final int LATEST_NANO = 999_999_999;

    private final LayoutReader in;

    private String bootId = "";

    private byte[] beginning = {};

    private Moment moment = new Moment(Duration.ZERO, Duration.ZERO, Instant.EPOCH);

    private byte[] seen = {};

    SightingReader(LayoutReader in) {
        this.in = in;
    }

    /** The sighting in the line that was begun, which is read to its end; whether it can be true is not asked here. */
    Sighting read() throws IOException {
        begin();
        ProcessIdentity identity = new ProcessIdentity(
                bootId, (int) wholeNumber(Integer.MAX_VALUE), number(SightingLine.START_TICKS, Long.MAX_VALUE));
        seen();
        Activity activity = new Activity(
                flag(),
                flag(SightingLine.WAITS_FOR_INPUT),
                flag(SightingLine.SLEEP_ONLY),
                false, // of the look before, "stopped" says as much
                flag(SightingLine.WHOLE_PROCESS),
                number(SightingLine.MAIN_SWITCHES, Long.MAX_VALUE),
                number(SightingLine.MAIN_TICKS, Long.MAX_VALUE),
                number(SightingLine.OTHER_SWITCHES, Long.MAX_VALUE),
                number(SightingLine.OTHER_TICKS, Long.MAX_VALUE),
                Activity.NOT_TOLD); // asked for between two looks of one pass only
        Sighting sighting = new Sighting(
                identity,
                moment,
                activity,
                doing(),
                flag(SightingLine.STOPPED),
                time(SightingLine.IDLE_SINCE),
                time(SightingLine.WORKING_SINCE),
                time(SightingLine.LAST_WORKED),
                time(SightingLine.UNOWNED_SINCE),
                time(SightingLine.UNATTENDED_SINCE),
                time(SightingLine.WORKERLESS_SINCE),
                owner(),
                flag(SightingLine.WALL_STEPPED));
        expect(SightingLine.ENDS);
        in.skips(SightingLine.COMMA);
        expect(SightingLine.LINE_FEED);
        if (in.length() > SightingLine.LONGEST + 1) {
            throw in.damage(SightingLine.KIND);
        }
        return sighting;
    }

    /** Up to where the pid is. */
    private void begin() throws DamagedException {
        if (beginning.length > 0 && in.skips(beginning)) {
            return;
        }
        int place = in.place();
        expect(SightingLine.BOOT_ID);
        bootId = in.text();
        expect(SightingLine.PID);
        beginning = in.since(place);
    }

    /** Up to where it says whether it is readable. */
    private void seen() throws DamagedException {
        if (seen.length > 0 && in.skips(seen)) {
            return;
        }
        int place = in.place();
        moment = new Moment(
                Duration.ofNanos(number(SightingLine.SEEN_SINCE_BOOT, Long.MAX_VALUE)),
                Duration.ofNanos(number(SightingLine.SEEN_AWAKE, Long.MAX_VALUE)),
                Instant.ofEpochSecond(
                        number(SightingLine.SEEN_WALL_SECOND, Timestamp.LAST_SECOND),
                        number(SightingLine.SEEN_WALL_NANO, LATEST_NANO)));
        expect(SightingLine.READABLE);
        seen = in.since(place);
    }

    private Optional<ProcessIdentity> owner() throws DamagedException {
        int pid = (int) number(SightingLine.OWNER_PID, Integer.MAX_VALUE);
        long startTicks = number(SightingLine.OWNER_START_TICKS, Long.MAX_VALUE);
        return pid == 0 ? Optional.empty() : Optional.of(new ProcessIdentity(bootId, pid, startTicks));
    }

    private Doing doing() throws DamagedException {
        if (in.skips(SightingLine.DOING_IDLE)) {
            return Doing.IDLE;
        }
        if (in.skips(SightingLine.DOING_WORKING)) {
            return Doing.WORKING;
        }
        expect(SightingLine.DOING_UNREADABLE);
        return Doing.UNREADABLE;
    }

    private Optional<Duration> time(byte[] name) throws DamagedException {
        expect(name);
        return in.skips(SightingLine.NULL)
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(wholeNumber(Long.MAX_VALUE)));
    }

    private boolean flag(byte[] name) throws DamagedException {
        expect(name);
        return flag();
    }

    private boolean flag() throws DamagedException {
        if (in.skips(SightingLine.TRUE)) {
            return true;
        }
        expect(SightingLine.FALSE);
        return false;
    }

    private long number(byte[] name, long atMost) throws DamagedException {
        expect(name);
        return wholeNumber(atMost);
    }

    private long wholeNumber(long atMost) throws DamagedException {
        long number = in.number();
        if (number < 0 || number > atMost) {
            throw in.damage(SightingLine.KIND);
        }
        return number;
    }

    private void expect(byte[] bytes) throws DamagedException {
        if (!in.skips(bytes)) {
            throw in.damage(SightingLine.KIND);
        }
    }
}
