package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How fast a number of workers grew, with what was ended in between counted back in.
 *
 * @param samples how many readings it rests on
 * @param span the time between them, without stretches in which workers vanished by other means than a pass
 * @param added how many came to be
 * @param ended how many passes ended meanwhile
 * @param vanished how many went by other means, at once
 * @param first at the first reading
 * @param peak the most at any reading
 * @param last at the last reading
 */
public record Growth(int samples, Duration span, long added, long ended, long vanished, int first, int peak, int last) {

    /** A fall by more than this share of them, and more than two, is workers gone by other means; less is coming and going. */
    private static final double VANISHED = 0.1;

    private static final int FEW = 2;

    /** One reading. */
    private record Point(Sample sample, int count, long ended) {}

    /** Of all workers. */
    public static Growth ofWorkers(List<Sample> samples) {
        return of(samples, Sample::workers);
    }

    /** Of all leaked workers. */
    public static Growth ofLeaked(List<Sample> samples) {
        return of(samples, Sample::leaked);
    }

    /** Of the leaked workers of one gateway; from nothing, where it started in between. */
    public static Growth ofLeaked(List<Sample> samples, ProcessIdentity gateway) {
        List<Point> points = new ArrayList<>();
        Optional<Sample> before = Optional.empty();
        for (Sample sample : samples) {
            Optional<GatewaySample> its = sample.gateway(gateway);
            if (its.isPresent()) {
                boolean started = points.isEmpty()
                        && before.filter(it -> it.gateways().size() < Sample.MOST_GATEWAYS)
                                .isPresent();
                if (started) {
                    points.add(new Point(before.get(), 0, 0));
                }
                points.add(new Point(sample, its.get().leaked(), its.get().ended()));
            }
            before = Optional.of(sample);
        }
        return of(points);
    }

    private static Growth of(List<Sample> samples, ToIntFunction<Sample> count) {
        return of(samples.stream()
                .map(sample -> new Point(sample, count.applyAsInt(sample), sample.ended()))
                .toList());
    }

    private static Growth of(List<Point> points) {
        Duration span = Duration.ZERO;
        long added = 0;
        long ended = 0;
        long vanished = 0;
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            Duration passed = to.sample.since(from.sample);
            long endedNow = Math.max(0, to.ended - from.ended);
            boolean rebooted = !to.sample.bootId().equals(from.sample.bootId());
            long more = (rebooted ? to.count : to.count - from.count) + (rebooted ? 0 : endedNow);
            ended += endedNow;
            if (Math.abs(to.sample.unknown() - from.sample.unknown()) > FEW) {
                continue; // what could be read changed, and with it what counts as leaked
            }
            if (more < -Math.max(FEW, VANISHED * from.count)) {
                vanished -= more;
            } else if (!passed.isNegative()) {
                added += more;
                span = span.plus(passed);
            }
        }
        return new Growth(
                points.size(),
                span,
                Math.max(0, added),
                ended,
                vanished,
                points.isEmpty() ? 0 : points.get(0).count,
                points.stream().mapToInt(Point::count).max().orElse(0),
                points.isEmpty() ? 0 : points.get(points.size() - 1).count);
    }

    /** Whether there is enough to speak of a rate: two readings, ten minutes apart. */
    public boolean isRate() {
        return samples > 1 && span.compareTo(Duration.ofMinutes(10)) >= 0;
    }

    /** How many an hour; zero where there is no rate. */
    public double perHour() {
        return isRate() ? added / (span.toMillis() / 3_600_000.0) : 0;
    }
}
