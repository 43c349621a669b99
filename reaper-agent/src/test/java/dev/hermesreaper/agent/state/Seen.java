package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sightings for tests, made an hour ago on a machine that has run for two. */
final class Seen {

    static final String BOOT = BareHost.BOOT;
    static final Duration NOW = Duration.ofHours(2);
    static final Duration THEN = Duration.ofHours(1).plusNanos(123_456_789);
    static final Present PRESENT =
            new Present(BOOT, new Moment(NOW, NOW.minusMinutes(10), Instant.parse("2026-11-21T08:00:00Z")), 100);

    private static final Activity ACTIVITY =
            new Activity(true, true, false, false, false, 4711, 42, 815, 7, Activity.NOT_TOLD);
    private static final Optional<Duration> NEVER = Optional.empty();

    private Seen() {}

    static ProcessIdentity worker(int pid) {
        return new ProcessIdentity(BOOT, pid, 60_000L + pid);
    }

    static Moment at(Duration sinceBoot) {
        return new Moment(sinceBoot, sinceBoot.minusMinutes(10), Instant.parse("2026-11-21T07:00:00.987654321Z"));
    }

    static Sighting idle(int pid) {
        return idle(pid, Duration.ofMinutes(40));
    }

    static Sighting idle(int pid, Duration since) {
        return new Sighting(
                worker(pid),
                at(THEN),
                ACTIVITY,
                Doing.IDLE,
                true,
                Optional.of(since),
                NEVER,
                Optional.of(Duration.ofMinutes(30)),
                Optional.of(Duration.ofMinutes(50)),
                Optional.of(Duration.ofMinutes(45)),
                Optional.of(Duration.ofMinutes(35)),
                Optional.of(worker(99)),
                true);
    }

    /** The same of another boot. */
    static Sighting ofBoot(String bootId, Sighting seen) {
        return new Sighting(
                new ProcessIdentity(
                        bootId, seen.identity().pid(), seen.identity().startTicks()),
                seen.lastSeen(),
                seen.activity(),
                seen.doing(),
                seen.stopped(),
                seen.idleSince(),
                seen.workingSince(),
                seen.lastWorked(),
                seen.unownedSince(),
                seen.unattendedSince(),
                seen.workerlessSince(),
                seen.lastOwner(),
                seen.wallStepped());
    }

    static Sighting working(int pid) {
        return new Sighting(
                worker(pid),
                at(THEN),
                new Activity(true, false, true, false, false, 0, Long.MAX_VALUE, 3, 4, Activity.NOT_TOLD),
                Doing.WORKING,
                false,
                NEVER,
                Optional.of(Duration.ofMinutes(55)),
                Optional.of(THEN),
                NEVER,
                NEVER,
                NEVER,
                Optional.empty(),
                false);
    }

    static Sighting unreadable(int pid) {
        return new Sighting(
                worker(pid),
                at(THEN),
                Activity.UNREADABLE,
                Doing.UNREADABLE,
                false,
                NEVER,
                NEVER,
                NEVER,
                Optional.of(THEN),
                NEVER,
                NEVER,
                Optional.empty(),
                false);
    }

    static Sightings three() {
        return Sightings.of(List.of(idle(101), working(102), unreadable(103)));
    }

    /** {@code number} idle workers that all say the same, which tells this generation from any other. */
    static Sightings generation(int generation, int number) {
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            sightings.add(idle(1000 + i, Duration.ofMinutes(40).plusNanos(generation)));
        }
        return Sightings.of(sightings);
    }
}
