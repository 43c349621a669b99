package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that outlived SIGKILL, or that we may not signal.
 *
 * @param times how often in a row
 * @param last time since boot, the last time
 * @param outcome the word of what came of it then
 */
record Setback(ProcessIdentity identity, int times, Duration last, String outcome) {

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 6;

    /** How long it is not tried again: a minute after the first time, twice as long after each other, an hour at most. */
    Optional<Duration> remaining(Duration now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
        Duration left = (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).minus(now.minus(last));
        boolean isToCome = now.compareTo(last) >= 0 && !left.isNegative() && !left.isZero();
        return isToCome ? Optional.of(left) : Optional.empty();
    }
}
