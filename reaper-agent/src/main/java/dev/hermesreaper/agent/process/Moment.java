package dev.hermesreaper.agent.process;

import java.time.Duration;
import java.time.Instant;

/**
 * One moment on three clocks. Ages and waits use {@code sinceBoot} only; {@code awake} stands still while the machine
 * sleeps, so the two drifting apart is a suspend; {@code wall} is for people and for comparison with records.
 *
 * @param sinceBoot time since boot including sleep ({@code CLOCK_BOOTTIME}, {@code /proc/uptime}; resolution 10 ms)
 * @param awake time since boot without sleep ({@code CLOCK_MONOTONIC})
 * @param wall wall clock; may step either way
 */
public record Moment(Duration sinceBoot, Duration awake, Instant wall) {

    /** Readings of several clocks are not of one instant; a slewed clock moves all of them alike. */
    private static final long NOT_STEPPED_MILLIS = 2000;

    /** Time from {@code earlier} to this moment, sleep included; negative if {@code earlier} is in fact later. */
    public Duration since(Moment earlier) {
        return sinceBoot.minus(earlier.sinceBoot);
    }

    /** How much of the time since {@code earlier} the machine slept. */
    public Duration asleepSince(Moment earlier) {
        return since(earlier).minus(awake.minus(earlier.awake));
    }

    /** Whether the wall clock was set since {@code earlier}, either way, by more than 2 s. */
    public boolean isWallSteppedSince(Moment earlier) {
        long onTheWall = wall.toEpochMilli() - earlier.wall.toEpochMilli();
        long passed = sinceBoot.toMillis() - earlier.sinceBoot.toMillis();
        return Math.abs(onTheWall - passed) > NOT_STEPPED_MILLIS;
    }
}
