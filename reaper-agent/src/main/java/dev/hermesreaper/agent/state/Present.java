package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.sighting.Sighting;
import java.time.Duration;
import java.util.Optional;

/**
 * The boot and the moment that kept sightings are held against. What cannot have been seen before this moment of this boot
 * is not believed: a wrong number may only ever cost memory, never make a process look idle or unowned for longer.
 *
 * @param bootId the kernel's id of this boot
 * @param moment now
 * @param ticksPerSecond unit of start times, as in {@link dev.hermesreaper.agent.process.ProcessTable#ticksPerSecond}
 */
public record Present(String bootId, Moment moment, int ticksPerSecond) {

    /** How far two readings of clocks may be apart that mean the same moment. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** A wait begins when a look has read everything, which is after the moment that the look is dated by. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    public Present {
        if (ticksPerSecond <= 0) {
            throw new IllegalArgumentException("ticksPerSecond is " + ticksPerSecond);
        }
    }

    /** Whether {@code sighting} is of a process of this boot; one of another boot was true and is over. */
    boolean isBootOf(Sighting sighting) {
        return sighting.identity().bootId().equals(bootId);
    }

    /** Whether looks before now can have led to {@code sighting}. */
    boolean canHaveSeen(Sighting sighting) {
        return isPast(sighting.lastSeen())
                && sighting.identity().pid() > 0
                && sighting.identity().startTicks() >= 0
                && isCount(sighting.activity())
                && timesAreInOrder(sighting)
                && doingMatchesTimes(sighting);
    }

    /** Before now on both clocks; the machine cannot have slept for less than no time in between. */
    private boolean isPast(Moment seen) {
        return !seen.sinceBoot().isNegative()
                && !seen.awake().isNegative()
                && seen.sinceBoot().compareTo(moment.sinceBoot()) <= 0
                && seen.awake().compareTo(moment.awake()) <= 0
                && !moment.asleepSince(seen).plus(TOLERANCE).isNegative();
    }

    private static boolean isCount(Activity activity) {
        return activity.mainSwitches() >= 0
                && activity.mainTicks() >= 0
                && activity.otherSwitches() >= 0
                && activity.otherTicks() >= 0;
    }

    /** Nothing was seen before the process started, or after it was last seen. */
    private boolean timesAreInOrder(Sighting sighting) {
        Duration seen = sighting.lastSeen().sinceBoot();
        Duration from = Duration.ofSeconds(sighting.identity().startTicks() / ticksPerSecond)
                .minus(TOLERANCE);
        Duration to = seen.plus(LONGEST_LOOK);
        return seen.compareTo(from) >= 0
                && isWithin(sighting.idleSince(), from, to)
                && isWithin(sighting.workingSince(), from, to)
                && isWithin(sighting.lastWorked(), from, to)
                && isWithin(sighting.unownedSince(), from, to)
                && isWithin(sighting.unattendedSince(), from, to)
                && isWithin(sighting.workerlessSince(), from, to);
    }

    private static boolean isWithin(Optional<Duration> time, Duration from, Duration to) {
        return time.isEmpty()
                || (!time.get().isNegative()
                        && time.get().compareTo(from) >= 0
                        && time.get().compareTo(to) <= 0);
    }

    private static boolean doingMatchesTimes(Sighting sighting) {
        boolean idles = sighting.idleSince().isPresent();
        boolean works = sighting.workingSince().isPresent();
        return switch (sighting.doing()) {
            case IDLE -> idles && !works && sighting.activity().readable() && hasNotWorkedSinceIdle(sighting);
            case WORKING ->
                works
                        && !idles
                        && sighting.activity().readable()
                        && sighting.lastWorked().isPresent();
            case UNREADABLE -> !idles && !works;
        };
    }

    private static boolean hasNotWorkedSinceIdle(Sighting sighting) {
        return sighting.lastWorked().isEmpty()
                || sighting.lastWorked().get().compareTo(sighting.idleSince().orElse(Duration.ZERO)) <= 0;
    }
}
