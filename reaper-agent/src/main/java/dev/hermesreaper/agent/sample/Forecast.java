package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When something that fills up is full, if it goes on as it did: a straight line through what was sampled since it last
 * fell. Less than {@value #FEWEST} samples or an hour of them is no ground for one, and none reaches further than ten
 * times what was seen.
 *
 * @param resource what fills up
 * @param gateway whose descriptors; empty for what the whole machine shares
 * @param outlook what can be said
 * @param used bytes or descriptors in use at the last sample
 * @param limit where it is full
 * @param perHour by how much it grows in an hour; zero without a line
 * @param remaining until it is full; empty unless it fills up
 * @param samples how many samples the line goes through
 * @param span the time between the first and the last of them
 */
public record Forecast(
        Resource resource,
        Optional<ProcessIdentity> gateway,
        Outlook outlook,
        long used,
        long limit,
        double perHour,
        Optional<Duration> remaining,
        int samples,
        Duration span) {

    /** Samples a line needs. */
    public static final int FEWEST = 5;

    /** The time they have to span. */
    public static final Duration SHORTEST = Duration.ofHours(1);

    /** What is further away than so many times what was seen is not forecast. */
    private static final int REACH = 10;

    private static final Duration FURTHEST = Duration.ofDays(30);

    /** A fall by this share of the limit begins a new line: workers were ended, or a program was. */
    private static final double FALL = 0.05;

    /** Growth over the whole line by less than this share of the limit is none. */
    private static final double GROWTH = 0.01;

    private static final double MILLIS_PER_HOUR = 3_600_000;

    /** What fills up. */
    public enum Resource {
        MEMORY("memory"),
        SWAP("swap"),
        OPEN_FILES("open-files");

        private final String word;

        Resource(String word) {
            this.word = word;
        }

        /** The word used in JSON. */
        public String word() {
            return word;
        }
    }

    /** What can be said. */
    public enum Outlook {
        /** It will be full after {@code remaining}. */
        FILLS_UP("fills-up"),
        /** It does not grow. */
        LEVEL("level"),
        /** It grows, but is not full within what can be said. */
        FAR("far"),
        /** Too few samples, or over too short a time. */
        TOO_LITTLE("too-little-data");

        private final String word;

        Outlook(String word) {
            this.word = word;
        }

        /** The word used in JSON. */
        public String word() {
            return word;
        }
    }

    private record Point(double hours, long used) {}

    /** A reading of something that fills up; empty where it could not be read. */
    private interface Gauge {
        OptionalLong used(Sample sample);
    }

    /** Of the machine's memory and swap, and of the descriptors of every gateway of the last sample that has a limit. */
    public static List<Forecast> of(List<Sample> samples) {
        List<Forecast> forecasts = new ArrayList<>();
        if (samples.isEmpty()) {
            return forecasts;
        }
        Sample last = samples.get(samples.size() - 1);
        if (last.host().readable()) {
            forecasts.add(of(
                    Resource.MEMORY,
                    Optional.empty(),
                    last.host().totalBytes(),
                    samples,
                    sample -> known(
                            sample.host().readable(),
                            sample.host().totalBytes() - sample.host().availableBytes())));
        }
        if (last.host().swapTotalBytes() > 0) {
            forecasts.add(of(
                    Resource.SWAP,
                    Optional.empty(),
                    last.host().swapTotalBytes(),
                    samples,
                    sample -> known(sample.host().readable(), sample.host().swapUsedBytes())));
        }
        for (GatewaySample gateway : last.gateways()) {
            OpenFiles files = gateway.files();
            if (files.isLimited()) {
                forecasts.add(of(
                        Resource.OPEN_FILES,
                        Optional.of(gateway.identity()),
                        files.softLimit(),
                        samples,
                        sample -> sample.gateway(gateway.identity())
                                .map(it ->
                                        known(it.files().readable(), it.files().open()))
                                .orElse(OptionalLong.empty())));
            }
        }
        return forecasts;
    }

    private static OptionalLong known(boolean readable, long value) {
        return readable ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static Forecast of(
            Resource resource, Optional<ProcessIdentity> gateway, long limit, List<Sample> samples, Gauge gauge) {
        List<Point> points = line(samples, limit, gauge);
        Point last = points.get(points.size() - 1);
        double hours = last.hours - points.get(0).hours;
        Duration span = Duration.ofMillis(Math.round(hours * MILLIS_PER_HOUR));
        if (points.size() < FEWEST || span.compareTo(SHORTEST) < 0) {
            return new Forecast(
                    resource, gateway, Outlook.TOO_LITTLE, last.used, limit, 0, Optional.empty(), points.size(), span);
        }
        double slope = slope(points);
        double grown = slope * hours;
        boolean level = grown < GROWTH * limit || grown < scatter(points, slope);
        double left = slope > 0 ? Math.max(0, limit - last.used) / slope : Double.MAX_VALUE;
        boolean far = left > Math.min(REACH * hours, (double) FURTHEST.toHours());
        Outlook outlook = level ? Outlook.LEVEL : far ? Outlook.FAR : Outlook.FILLS_UP;
        return new Forecast(
                resource,
                gateway,
                outlook,
                last.used,
                limit,
                slope,
                outlook == Outlook.FILLS_UP
                        ? Optional.of(Duration.ofMillis(Math.round(left * MILLIS_PER_HOUR)))
                        : Optional.empty(),
                points.size(),
                span);
    }

    /** The points since the last fall; a gap in the readings is none, a step back of the clock begins anew. */
    private static List<Point> line(List<Sample> samples, long limit, Gauge gauge) {
        List<Point> points = new ArrayList<>();
        double hours = 0;
        Optional<Sample> before = Optional.empty();
        for (Sample sample : samples) {
            OptionalLong used = gauge.used(sample);
            double passed = before.map(sample::since).map(Duration::toMillis).orElse(0L) / MILLIS_PER_HOUR;
            hours += passed;
            before = Optional.of(sample);
            if (used.isEmpty()) {
                continue;
            }
            boolean fell = !points.isEmpty() && points.get(points.size() - 1).used - used.getAsLong() > FALL * limit;
            if (fell || passed < 0) {
                points.clear();
            }
            points.add(new Point(hours, used.getAsLong()));
        }
        return points;
    }

    /** Least squares. */
    private static double slope(List<Point> points) {
        double meanHours = points.stream().mapToDouble(Point::hours).average().orElse(0);
        double meanUsed = points.stream().mapToDouble(Point::used).average().orElse(0);
        double together = 0;
        double alone = 0;
        for (Point point : points) {
            together += (point.hours - meanHours) * (point.used - meanUsed);
            alone += (point.hours - meanHours) * (point.hours - meanHours);
        }
        return alone == 0 ? 0 : together / alone;
    }

    /** Twice the standard deviation of the points from the line. */
    private static double scatter(List<Point> points, double slope) {
        double meanHours = points.stream().mapToDouble(Point::hours).average().orElse(0);
        double meanUsed = points.stream().mapToDouble(Point::used).average().orElse(0);
        double squares = 0;
        for (Point point : points) {
            double off = point.used - meanUsed - slope * (point.hours - meanHours);
            squares += off * off;
        }
        return 2 * Math.sqrt(squares / points.size());
    }
}
