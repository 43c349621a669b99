package dev.hermesreaper.agent.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** One chart over time as inline SVG: axes, areas, lines, and marks where something happened. */
final class Chart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 220;
    private static final int LEFT = 88;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 30;
    private static final int TIMES = 5;

    private final HtmlText html;
    private final String id;
    private final Instant from;
    private final Instant until;
    private final double most;
    private final double step;
    private final ZoneId zone;

    /** A point of a line or the upper edge of an area; values that are not known are left out. */
    record Point(Instant at, double value) {}

    /**
     * @param id of its elements, of our own
     * @param most the highest value there is
     * @param binary whether ticks are powers of two apart, as of bytes
     */
    Chart(HtmlText html, String id, Instant from, Instant until, double most, boolean binary, ZoneId zone) {
        this.html = html;
        this.id = id;
        this.from = from;
        this.until = until;
        this.step = step(most, binary);
        this.most = Math.max(step, Math.ceil(most / step) * step);
        this.zone = zone;
    }

    /** Four steps or so, of 1, 2 or 5 times a power of ten, or a power of two. */
    private static double step(double most, boolean binary) {
        double wanted = Math.max(most, 1) / 4;
        if (binary) {
            return Math.pow(2, Math.ceil(Math.log(wanted) / Math.log(2)));
        }
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double digit = wanted / power;
        return Math.max(1, power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10));
    }

    /**
     * The whole chart.
     *
     * @param title what it shows
     * @param summary what is to be seen, for who cannot see it
     * @param labels how values are written at the axis
     * @param content draws areas and lines
     */
    void draw(String title, String summary, DoubleFunction<String> labels, HtmlText.Content content) {
        html.element(
                "svg",
                List.of(
                        "viewBox",
                        "0 0 " + WIDTH + " " + HEIGHT,
                        "role",
                        "img",
                        "aria-labelledby",
                        id + "-title " + id + "-desc"),
                () -> {
                    html.element("title", List.of("id", id + "-title"), title);
                    html.element("desc", List.of("id", id + "-desc"), summary);
                    axes(labels);
                    content.write();
                });
    }

    private void axes(DoubleFunction<String> labels) {
        for (double value = 0; value <= most + step / 2; value += step) {
            String y = number(y(value));
            html.single(
                    "line", List.of("class", "grid", "x1", "" + LEFT, "x2", "" + (WIDTH - RIGHT), "y1", y, "y2", y));
            html.element(
                    "text",
                    List.of("x", "" + (LEFT - 6), "y", number(y(value) + 4), "text-anchor", "end"),
                    labels.apply(value));
        }
        Duration span = Duration.between(from, until);
        DateTimeFormatter format = DateTimeFormatter.ofPattern(
                        span.compareTo(Duration.ofDays(1)) > 0 ? "MM-dd HH:mm" : "HH:mm", Locale.ROOT)
                .withZone(zone);
        for (int i = 0; i < TIMES; i++) {
            Instant at = from.plus(span.multipliedBy(i).dividedBy(TIMES - 1));
            String anchor = i == 0 ? "start" : i == TIMES - 1 ? "end" : "middle";
            html.element(
                    "text",
                    List.of(
                            "class",
                            i % 2 == 0 ? "time" : "time between",
                            "x",
                            number(x(at)),
                            "y",
                            "" + (HEIGHT - 7),
                            "text-anchor",
                            anchor),
                    format.format(at));
        }
    }

    /** An area between two edges, which have the same times. */
    void area(String style, List<Point> upper, List<Point> lower) {
        StringBuilder path = path(upper);
        for (int i = lower.size() - 1; i >= 0; i--) {
            path.append('L').append(at(lower.get(i)));
        }
        html.single(
                "path", List.of("class", "area " + style, "d", path.append('Z').toString()));
    }

    void line(String style, List<Point> points) {
        if (!points.isEmpty()) {
            html.single(
                    "path", List.of("class", "line " + style, "d", path(points).toString()));
        }
    }

    /** A mark over the whole height. */
    void mark(Instant at, String title) {
        String x = number(x(at));
        html.element(
                "line",
                List.of("class", "mark", "x1", x, "x2", x, "y1", "" + TOP, "y2", "" + (HEIGHT - BOTTOM)),
                () -> html.element("title", title));
    }

    private StringBuilder path(List<Point> points) {
        StringBuilder path = new StringBuilder();
        points.forEach(point -> path.append(path.length() == 0 ? 'M' : 'L').append(at(point)));
        return path;
    }

    private String at(Point point) {
        return number(x(point.at)) + " " + number(y(point.value));
    }

    private double x(Instant at) {
        double all = Math.max(1, Duration.between(from, until).toMillis());
        double part =
                Math.max(0, Math.min(all, (double) Duration.between(from, at).toMillis()));
        return LEFT + part / all * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - Math.max(0, Math.min(most, value)) / most * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** {@code points} without those that fall into one column of the picture, but its first and last. */
    static <T> List<T> thinned(List<T> points) {
        int most = 2 * WIDTH;
        if (points.size() <= most) {
            return points;
        }
        List<T> kept = new ArrayList<>();
        int columns = WIDTH / 2;
        for (int column = 0; column < columns; column++) {
            int begin = (int) ((long) points.size() * column / columns);
            int end = (int) ((long) points.size() * (column + 1) / columns) - 1;
            kept.add(points.get(begin));
            if (end > begin) {
                kept.add(points.get(end));
            }
        }
        return kept;
    }
}
