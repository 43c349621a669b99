package dev.hermesreaper.agent.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * One metric with all its series.
 *
 * @param name as in docs/metrics.md
 * @param kind how it may change
 * @param help one sentence
 * @param series a number each, with different labels
 */
public record Metric(String name, Kind kind, String help, List<Series> series) {

    public Metric {
        series = List.copyOf(series);
    }

    /** How a metric may change. */
    public enum Kind {
        GAUGE,
        /** Only grows, but for a reset; its name ends in {@code _total}. */
        COUNTER
    }

    /**
     * One number.
     *
     * @param labels names and values by turns
     */
    public record Series(List<String> labels, double value) {
        public Series {
            labels = List.copyOf(labels);
            if (labels.size() % 2 != 0) {
                throw new IllegalArgumentException("a label without a value: " + labels);
            }
        }
    }

    static Metric gauge(String name, String help, double value) {
        return new Metric(name, Kind.GAUGE, help, List.of(new Series(List.of(), value)));
    }

    /** Whole numbers are exact up to 2^53, far beyond what is counted here. */
    static Metric gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    static Metric flag(String name, String help, boolean value) {
        return gauge(name, help, value ? 1L : 0L);
    }

    static Metric counter(String name, String help, long value) {
        return new Metric(name, Kind.COUNTER, help, List.of(new Series(List.of(), (double) value)));
    }

    /** A metric as its series are found. */
    static final class Growing {
        private final String name;
        private final Kind kind;
        private final String help;
        private final List<Series> series = new ArrayList<>();

        Growing(String name, Kind kind, String help) {
            this.name = name;
            this.kind = kind;
            this.help = help;
        }

        void add(long value, String... labels) {
            series.add(new Series(List.of(labels), (double) value));
        }

        Metric done() {
            return new Metric(name, kind, help, series);
        }
    }
}
