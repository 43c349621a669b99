package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PresentTest {

    private static final Optional<Duration> NEVER = Optional.empty();
    private static final Optional<ProcessIdentity> NOBODY = Optional.empty();
    private static final Activity READABLE =
            new Activity(true, true, false, false, false, 1, 1, 1, 1, Activity.NOT_TOLD);

    @Test
    void believesWhatALookCanHaveSeen() {
        assertThat(Seen.three().all()).allMatch(Seen.PRESENT::canHaveSeen);
    }

    @Test
    void believesALookTakenJustNow() {
        assertThat(Seen.PRESENT.canHaveSeen(idle(Seen.PRESENT.moment(), minutes(60), NEVER)))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void doesNotBelieve(String what, Sighting sighting) {
        assertThat(Seen.PRESENT.canHaveSeen(sighting)).as(what).isFalse();
    }

    static Stream<Arguments> impossible() {
        Moment then = Seen.at(Seen.THEN);
        return Stream.of(
                Arguments.of("seen in the future", idle(Seen.at(Seen.NOW.plusNanos(1)), minutes(40), NEVER)),
                Arguments.of("seen before the boot", idle(Seen.at(Duration.ofNanos(-1)), NEVER, NEVER)),
                Arguments.of(
                        "more time awake than there was",
                        idle(new Moment(minutes(60).get(), minutes(111).get(), Instant.EPOCH), minutes(40), NEVER)),
                Arguments.of(
                        "asleep for less than no time",
                        idle(new Moment(minutes(60).get(), minutes(40).get(), Instant.EPOCH), minutes(40), NEVER)),
                Arguments.of("idle before it started", idle(then, minutes(9), NEVER)),
                Arguments.of("idle long after it was seen", idle(then, minutes(62), NEVER)),
                Arguments.of("worked after it was idle", idle(then, minutes(40), minutes(41))),
                Arguments.of("idle and at work", sighting(Doing.IDLE, READABLE, minutes(40), minutes(40), NEVER)),
                Arguments.of("idle since never", sighting(Doing.IDLE, READABLE, NEVER, NEVER, NEVER)),
                Arguments.of(
                        "idle and unreadable", sighting(Doing.IDLE, Activity.UNREADABLE, minutes(40), NEVER, NEVER)),
                Arguments.of("at work since never", sighting(Doing.WORKING, READABLE, NEVER, NEVER, minutes(40))),
                Arguments.of("at work and never worked", sighting(Doing.WORKING, READABLE, NEVER, minutes(40), NEVER)),
                Arguments.of("at work, idle since", sighting(Doing.WORKING, READABLE, minutes(40), NEVER, NEVER)),
                Arguments.of("unreadable, idle since", sighting(Doing.UNREADABLE, READABLE, minutes(40), NEVER, NEVER)),
                Arguments.of(
                        "negative counters",
                        sighting(
                                Doing.IDLE,
                                new Activity(true, true, false, false, false, 1, -1, 1, 1, Activity.NOT_TOLD),
                                minutes(40),
                                NEVER,
                                NEVER)),
                Arguments.of("unowned before it started", with(minutes(9), NEVER)),
                Arguments.of("unattended long after it was seen", with(NEVER, minutes(62))),
                Arguments.of("no process", of(new ProcessIdentity(Seen.BOOT, 0, 60_000))),
                Arguments.of("started before the boot", of(new ProcessIdentity(Seen.BOOT, 101, -1))),
                Arguments.of("started after it was seen", of(new ProcessIdentity(Seen.BOOT, 101, 400_000))),
                Arguments.of("started never", of(new ProcessIdentity(Seen.BOOT, 101, Long.MAX_VALUE))));
    }

    private static Optional<Duration> minutes(int minutes) {
        return Optional.of(Duration.ofMinutes(minutes));
    }

    private static Sighting idle(Moment seen, Optional<Duration> since, Optional<Duration> worked) {
        return new Sighting(
                Seen.worker(101),
                seen,
                READABLE,
                Doing.IDLE,
                false,
                since,
                NEVER,
                worked,
                NEVER,
                NEVER,
                NEVER,
                NOBODY,
                false);
    }

    private static Sighting sighting(
            Doing doing,
            Activity activity,
            Optional<Duration> idle,
            Optional<Duration> working,
            Optional<Duration> worked) {
        return new Sighting(
                Seen.worker(101),
                Seen.at(Seen.THEN),
                activity,
                doing,
                false,
                idle,
                working,
                worked,
                NEVER,
                NEVER,
                NEVER,
                NOBODY,
                false);
    }

    private static Sighting with(Optional<Duration> unowned, Optional<Duration> unattended) {
        return new Sighting(
                Seen.worker(101),
                Seen.at(Seen.THEN),
                READABLE,
                Doing.IDLE,
                false,
                minutes(40),
                NEVER,
                NEVER,
                unowned,
                unattended,
                NEVER,
                NOBODY,
                false);
    }

    private static Sighting of(ProcessIdentity identity) {
        return new Sighting(
                identity,
                Seen.at(Seen.THEN),
                READABLE,
                Doing.IDLE,
                false,
                minutes(40),
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NEVER,
                NOBODY,
                false);
    }
}
