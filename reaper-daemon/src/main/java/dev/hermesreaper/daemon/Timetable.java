package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Moment;
import java.time.Duration;
import java.util.List;

/**
 * When to look again if nothing happens before: right when the first of those that wait is due, after {@code scan.interval}
 * at the latest.
 */
final class Timetable {

    /** Two looks are at least this far apart where they are to tell idle from slow. */
    private static final Duration SAMPLE = Duration.ofMillis(250);

    /** The clock that waits are measured by counts hundredths of a second. */
    private static final Duration CLOCK_RESOLUTION = Duration.ofMillis(10);

    /** A changed file that stays as it is for so long has been written to its end. */
    static final Duration WRITING = Duration.ofSeconds(1);

    /** For so long a pass is put off at most while a configuration file is just being changed. */
    static final Duration LONGEST_WRITING = Duration.ofSeconds(10);

    /** After a pass that could not be done. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Passes that events ask for may take this share of the time: one fifth. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private int samples;

    /**
     * How long to wait after a pass.
     *
     * @param now when it was over: what is left of a wait is told for its look, and it may have waited for victims since
     */
    Duration after(Judgement judgement, Duration interval, Moment now) {
        List<Duration> remaining = judgement.verdicts().stream()
                .flatMap(verdict -> verdict.pending().stream())
                .map(Verdict.Pending::remaining)
                .toList();
        Duration gone = now.since(judgement.look().readBy());
        Duration next = interval;
        for (Duration each : remaining) {
            if (!each.isZero()) {
                next = min(
                        next,
                        each.plus(reading(judgement.look()))
                                .plus(CLOCK_RESOLUTION)
                                .minus(gone));
            }
        }
        next = next.isNegative() ? Duration.ZERO : next;
        samples = remaining.stream().anyMatch(Duration::isZero) ? samples + 1 : 0;
        return samples == 0 ? next : min(next, SAMPLE.multipliedBy(1L << Math.min(samples - 1, 16)));
    }

    /** A wait that begins with a look begins when all has been read, but what is left of it is told for its beginning. */
    private static Duration reading(Look look) {
        return look.readBy().since(look.at());
    }

    /** How long to wait after a pass that could not be done. */
    static Duration afterFailure(Duration interval) {
        return min(interval, RETRY);
    }

    /** How long to wait at most while a configuration file is just being changed. */
    static Duration whileWriting(Duration next) {
        return min(next, WRITING);
    }

    /**
     * How long to rest between two passes that were both asked for by an event, so that a gateway that crashes again and
     * again does not keep us busy.
     *
     * @param pass how long the pass before took
     */
    static Duration rest(Duration pass) {
        return min(pass.multipliedBy(REST), LONGEST_REST);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
