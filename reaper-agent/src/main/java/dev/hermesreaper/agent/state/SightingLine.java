package dev.hermesreaper.agent.state;

import java.nio.charset.StandardCharsets;

/**
 * What always stands in the line of one sighting: every member is present, in one order, with whole numbers only. Nobody
 * else writes these, so anything else is damage. Times are nanoseconds since boot or {@code null}, the wall clock is
 * seconds and nanoseconds since 1970. Pid 0 owns nothing, and stands for nobody.
 *
 * <p>{@link SightingWriter} and {@link SightingReader} go from each of these to the next: a library that knows any JSON
 * takes ten times as long for one line while it is interpreted, which in a cron line's JVM is nearly always.
 */
final class SightingLine {

    /** Bytes, without the line feed. */
    static final int LONGEST = 2048;

    /** What it is called where it is none. */
    static final String KIND = "sighting";

    static final byte[] BOOT_ID = bytes("{\"bootId\":\"");
    static final byte[] PID = bytes("\",\"pid\":");
    static final byte[] START_TICKS = bytes(",\"startTicks\":");
    static final byte[] SEEN_SINCE_BOOT = bytes(",\"seenSinceBoot\":");
    static final byte[] SEEN_AWAKE = bytes(",\"seenAwake\":");
    static final byte[] SEEN_WALL_SECOND = bytes(",\"seenWallSecond\":");
    static final byte[] SEEN_WALL_NANO = bytes(",\"seenWallNano\":");
    static final byte[] READABLE = bytes(",\"readable\":");
    static final byte[] WAITS_FOR_INPUT = bytes(",\"waitsForInput\":");
    static final byte[] SLEEP_ONLY = bytes(",\"sleepOnly\":");
    static final byte[] WHOLE_PROCESS = bytes(",\"wholeProcess\":");
    static final byte[] MAIN_SWITCHES = bytes(",\"mainSwitches\":");
    static final byte[] MAIN_TICKS = bytes(",\"mainTicks\":");
    static final byte[] OTHER_SWITCHES = bytes(",\"otherSwitches\":");
    static final byte[] OTHER_TICKS = bytes(",\"otherTicks\":");
    static final byte[] DOING_IDLE = bytes(",\"doing\":\"IDLE\"");
    static final byte[] DOING_WORKING = bytes(",\"doing\":\"WORKING\"");
    static final byte[] DOING_UNREADABLE = bytes(",\"doing\":\"UNREADABLE\"");
    static final byte[] STOPPED = bytes(",\"stopped\":");
    static final byte[] IDLE_SINCE = bytes(",\"idleSince\":");
    static final byte[] WORKING_SINCE = bytes(",\"workingSince\":");
    static final byte[] LAST_WORKED = bytes(",\"lastWorked\":");
    static final byte[] UNOWNED_SINCE = bytes(",\"unownedSince\":");
    static final byte[] UNATTENDED_SINCE = bytes(",\"unattendedSince\":");
    static final byte[] WORKERLESS_SINCE = bytes(",\"workerlessSince\":");
    static final byte[] OWNER_PID = bytes(",\"ownerPid\":");
    static final byte[] OWNER_START_TICKS = bytes(",\"ownerStartTicks\":");
    static final byte[] WALL_STEPPED = bytes(",\"wallStepped\":");
    static final byte[] ENDS = bytes("}");

    static final byte[] TRUE = bytes("true");
    static final byte[] FALSE = bytes("false");
    static final byte[] NULL = bytes("null");
    static final byte[] COMMA = bytes(",");
    static final byte[] LINE_FEED = bytes("\n");

    private SightingLine() {}

    static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.ISO_8859_1);
    }
}
