package dev.hermesreaper.agent.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all passes of one state directory came to, since it was first counted. Only ever grows, whoever sweeps: the service,
 * a cron line, a person.
 *
 * @param since when counting began, by the wall clock
 * @param sweeps passes that covered this whole machine and were no dry run
 * @param reaps how often which outcome followed on which reason
 * @param reclaimedBytes resident and swapped memory of processes proven gone
 * @param lastAt when the last such pass was over; empty if there was none
 * @param lastTook how long it took
 * @param wasBlind whether it said nothing about leaks at all
 * @param wasPaused whether it was paused
 */
public record Counts(
        Optional<Instant> since,
        long sweeps,
        SortedMap<Reap, Long> reaps,
        long reclaimedBytes,
        Optional<Instant> lastAt,
        Duration lastTook,
        boolean wasBlind,
        boolean wasPaused) {

    /** Nothing was counted yet. */
    public static final Counts NONE =
            new Counts(Optional.empty(), 0, new TreeMap<>(), 0, Optional.empty(), Duration.ZERO, false, false);

    public Counts {
        reaps = new TreeMap<>(reaps);
    }

    /**
     * One reason and one outcome.
     *
     * @param reason the word of a reason
     * @param outcome the word of an outcome
     */
    public record Reap(String reason, String outcome) implements Comparable<Reap> {
        @Override
        public int compareTo(Reap other) {
            int byReason = reason.compareTo(other.reason);
            return byReason != 0 ? byReason : outcome.compareTo(other.outcome);
        }
    }

    /** With {@code more} acts. */
    public Counts plus(Map<Reap, Long> more, long reclaimed) {
        SortedMap<Reap, Long> sum = new TreeMap<>(reaps);
        for (Map.Entry<Reap, Long> each : more.entrySet()) {
            sum.put(each.getKey(), sum.getOrDefault(each.getKey(), 0L) + each.getValue());
        }
        return new Counts(since, sweeps, sum, reclaimedBytes + reclaimed, lastAt, lastTook, wasBlind, wasPaused);
    }

    /** With one more pass, over at {@code at}. */
    public Counts plusSweep(Instant at, Duration took, boolean blind, boolean paused) {
        return new Counts(
                since.isPresent() ? since : Optional.of(at),
                sweeps + 1,
                reaps,
                reclaimedBytes,
                Optional.of(at),
                took,
                blind,
                paused);
    }
}
