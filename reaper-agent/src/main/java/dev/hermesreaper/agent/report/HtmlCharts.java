package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.SizeText;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sample.GatewaySample;
import dev.hermesreaper.agent.sample.Relief;
import dev.hermesreaper.agent.sample.Sample;
import dev.hermesreaper.agent.sample.SessionSample;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The charts of a page: workers by verdict, sessions, memory, and what is left of every gateway's descriptors. */
final class HtmlCharts {

    /** Lines that can be told apart. */
    private static final int LINES = 6;

    private final HtmlText html;
    private final LeakHistory history;
    private final List<Sample> samples;
    private final ZoneId zone;

    HtmlCharts(HtmlText html, LeakHistory history, ZoneId zone) {
        this.html = html;
        this.history = history;
        this.samples = Chart.thinned(history.samples());
        this.zone = zone;
    }

    void write() {
        workers();
        sessions();
        memory();
        files();
    }

    private void workers() {
        List<Decision> order = List.of(Decision.KEEP, Decision.WAIT, Decision.REPORT, Decision.REAP);
        Map<String, String> legend = new LinkedHashMap<>();
        legend.put("keep", "kept");
        legend.put("wait", "leaked, waiting");
        legend.put("report", "leaked, only reported");
        legend.put("reap", "leaked, to be ended");
        figure("workers", "Workers by verdict", legend, most(Sample::workers), false, value -> whole(value), chart -> {
            List<Chart.Point> lower = points(sample -> 0);
            for (int i = 0; i < order.size(); i++) {
                List<Decision> up = order.subList(0, i + 1);
                List<Chart.Point> upper =
                        points(sample -> up.stream().mapToInt(sample::count).sum());
                chart.area(order.get(i).word(), upper, lower);
                lower = upper;
            }
        });
    }

    private void sessions() {
        Map<String, Integer> peaks = new LinkedHashMap<>();
        samples.forEach(sample ->
                sample.largest().forEach(session -> peaks.merge(session.key(), session.workers(), Math::max)));
        List<String> keys = peaks.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LINES)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, String> legend = new LinkedHashMap<>();
        for (String key : keys) {
            legend.put("line" + legend.size(), key.isEmpty() ? "(no key)" : key);
        }
        double most =
                keys.stream().mapToInt(key -> peaks.getOrDefault(key, 0)).max().orElse(0);
        figure("sessions", "Workers of the largest sessions", legend, most, false, value -> whole(value), chart -> {
            for (int i = 0; i < keys.size(); i++) {
                String key = keys.get(i);
                chart.line("line" + i, points(sample -> workersOf(sample, key)));
            }
        });
    }

    private static int workersOf(Sample sample, String key) {
        return sample.largest().stream()
                .filter(session -> session.key().equals(key))
                .mapToInt(SessionSample::workers)
                .sum();
    }

    private void memory() {
        Map<String, String> legend = new LinkedHashMap<>();
        legend.put("resident", "workers, resident");
        legend.put("swapped", "workers, swapped out");
        legend.put("line0", "available on the machine");
        legend.put("line1", "swap used on the machine");
        double most = most(sample -> Math.max(
                sample.memory().totalBytes(),
                Math.max(sample.host().availableBytes(), sample.host().swapUsedBytes())));
        figure("memory", "Memory", legend, most, true, value -> SizeText.spoken((long) value), chart -> {
            List<Chart.Point> resident = points(sample -> sample.memory().residentBytes());
            chart.area("resident", resident, points(sample -> 0));
            chart.area("swapped", points(sample -> sample.memory().totalBytes()), resident);
            chart.line("line0", known(sample -> sample.host().readable(), sample -> sample.host()
                    .availableBytes()));
            chart.line("line1", known(sample -> sample.host().readable(), sample -> sample.host()
                    .swapUsedBytes()));
        });
    }

    private void files() {
        Map<ProcessIdentity, String> gateways = new LinkedHashMap<>();
        for (int i = samples.size() - 1; i >= 0; i--) {
            for (GatewaySample gateway : samples.get(i).gateways()) {
                if (gateway.files().isLimited() && gateways.size() < LINES) {
                    gateways.putIfAbsent(gateway.identity(), GatewayGrowth.name(gateway));
                }
            }
        }
        Map<String, String> legend = new LinkedHashMap<>();
        gateways.values().forEach(name -> legend.put("line" + legend.size(), name));
        figure(
                "files",
                "File descriptors left, in percent",
                legend,
                100,
                false,
                value -> whole(value) + " %",
                chart -> {
                    int line = 0;
                    for (ProcessIdentity identity : gateways.keySet()) {
                        chart.line("line" + line++, left(identity));
                    }
                });
    }

    private List<Chart.Point> left(ProcessIdentity identity) {
        List<Chart.Point> points = new ArrayList<>();
        for (Sample sample : samples) {
            Optional<OpenFiles> files =
                    sample.gateway(identity).map(GatewaySample::files).filter(OpenFiles::isLimited);
            files.ifPresent(it -> points.add(
                    new Chart.Point(sample.at(), 100.0 * Math.max(0, it.softLimit() - it.open()) / it.softLimit())));
        }
        return points;
    }

    /** Draws what a chart shows. */
    private interface Drawing {
        void on(Chart chart);
    }

    private void figure(
            String id,
            String title,
            Map<String, String> legend,
            double most,
            boolean binary,
            DoubleFunction<String> labels,
            Drawing drawing) {
        if (legend.isEmpty()) {
            return;
        }
        Chart chart = new Chart(html, id, history.from(), history.until(), most, binary, zone);
        html.element("figure", List.of(), () -> {
            html.element("figcaption", title);
            chart.draw(title, summary(title, legend), labels, () -> {
                drawing.on(chart);
                history.reliefs().forEach(relief -> chart.mark(relief.at(), words(relief)));
            });
            html.element(
                    "ul",
                    List.of("class", "legend"),
                    () -> legend.forEach((style, name) -> html.element("li", List.of("class", style), name)));
        });
    }

    private String summary(String title, Map<String, String> legend) {
        return title + " from " + history.from() + " to " + history.until() + ": " + String.join(", ", legend.values())
                + ". The numbers are in the table below the charts.";
    }

    static String words(Relief relief) {
        return relief.workersBefore() + " → " + relief.workersAfter() + " workers, " + relief.ended()
                + " ended by passes";
    }

    private double most(ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).max().orElse(0);
    }

    private List<Chart.Point> points(ToDoubleFunction<Sample> value) {
        return known(sample -> true, value);
    }

    private List<Chart.Point> known(Predicate<Sample> known, ToDoubleFunction<Sample> value) {
        return samples.stream()
                .filter(known)
                .map(sample -> new Chart.Point(sample.at(), value.applyAsDouble(sample)))
                .toList();
    }

    private static String whole(double value) {
        return Long.toString(Math.round(value));
    }
}
