import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one way of doing it: what a round of it gave, by unit. */
final class Series {
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    void add(String unit, double value) {
        figures.computeIfAbsent(unit, it -> new ArrayList<>()).add(value);
    }

    double median(String unit) {
        double[] sorted = sorted(unit);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** Smallest to largest. */
    String spread(String unit) {
        double[] sorted = sorted(unit);
        return sorted.length == 0 ? "" : number(sorted[0]) + "–" + number(sorted[sorted.length - 1]);
    }

    private double[] sorted(String unit) {
        double[] values = figures.getOrDefault(unit, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        Arrays.sort(values);
        return values;
    }

    static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
