package dev.hermesreaper.agent.metrics;

import java.util.List;

/** Metrics in the text format of Prometheus, version 0.0.4. */
public final class PrometheusText {

    private PrometheusText() {}

    /** All of {@code metrics} that have a series. */
    public static String render(List<Metric> metrics) {
        StringBuilder text = new StringBuilder();
        for (Metric metric : metrics) {
            if (metric.series().isEmpty()) {
                continue;
            }
            text.append("# HELP ").append(metric.name()).append(' ').append(escaped(metric.help(), false));
            text.append("\n# TYPE ")
                    .append(metric.name())
                    .append(metric.kind() == Metric.Kind.COUNTER ? " counter" : " gauge");
            text.append('\n');
            for (Metric.Series series : metric.series()) {
                text.append(metric.name());
                labels(text, series.labels());
                text.append(' ').append(number(series.value())).append('\n');
            }
        }
        return text.toString();
    }

    private static void labels(StringBuilder text, List<String> labels) {
        for (int i = 0; i < labels.size(); i += 2) {
            text.append(i == 0 ? '{' : ',')
                    .append(labels.get(i))
                    .append("=\"")
                    .append(escaped(labels.get(i + 1), true))
                    .append('"');
        }
        if (!labels.isEmpty()) {
            text.append('}');
        }
    }

    /** Whole numbers without a fraction or an exponent, as a person would write them. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String escaped(String text, boolean inQuotes) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
        return inQuotes ? escaped.replace("\"", "\\\"") : escaped;
    }
}
