package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.log.Keys;
import dev.hermesreaper.agent.metrics.Metric;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Prometheus on a loopback address with what the last pass measured: asking costs no look. The client library is
 * loaded with this class, which is loaded only where {@code [metrics] listen} asks for it.
 */
final class MetricsListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MetricsListener.class);
    private static final int THREADS = 2;
    private static final String TOTAL = "_total";
    private static final String INFO = "_info";

    static {
        // One that connects and says nothing, or takes nothing, must not hold a thread for ever; in seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("jdk.httpserver.maxConnections", "16");
    }

    private final InetSocketAddress address;
    private final HTTPServer server;
    private final ExecutorService threads;
    private volatile List<Metric> shown = List.of();

    private MetricsListener(InetSocketAddress address, ExecutorService threads) throws IOException {
        this.address = address;
        this.threads = threads;
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register((MultiCollector) this::snapshots);
        this.server = HTTPServer.builder()
                .inetAddress(loopback(address))
                .port(address.getPort())
                .executorService(threads)
                .registry(registry)
                .buildAndStart();
    }

    /** The configuration takes loopback addresses only; that a name leads to one is asked here. */
    private static InetAddress loopback(InetSocketAddress address) throws IOException {
        InetAddress resolved = InetAddress.getByName(address.getHostString());
        if (!resolved.isLoopbackAddress()) {
            throw new IOException(address.getHostString() + " is no loopback address here");
        }
        return resolved;
    }

    /** Listens on {@code address}; where that cannot be done it is said, and tried again by whoever wants to. */
    static Optional<MetricsListener> open(InetSocketAddress address) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
        });
        try {
            MetricsListener listener = new MetricsListener(address, threads);
            log.atInfo()
                    .addKeyValue(Keys.ADDRESS, address.getHostString() + ":" + address.getPort())
                    .log("metrics.listening");
            return Optional.of(listener);
        } catch (IOException e) {
            threads.shutdownNow();
            log.atWarn()
                    .addKeyValue(Keys.ADDRESS, address.getHostString() + ":" + address.getPort())
                    .addKeyValue(Keys.PROBLEM, e.getMessage())
                    .log("metrics.not_listening");
            return Optional.empty();
        }
    }

    /** As the configuration has it. */
    InetSocketAddress address() {
        return address;
    }

    /** From now on this is the answer. */
    void show(List<Metric> metrics) {
        shown = List.copyOf(metrics);
    }

    private MetricSnapshots snapshots() {
        return new MetricSnapshots(shown.stream()
                .filter(metric -> !metric.series().isEmpty())
                .map(MetricsListener::snapshot)
                .toList());
    }

    private static MetricSnapshot snapshot(Metric metric) {
        if (metric.name().endsWith(INFO)) {
            InfoSnapshot.Builder info =
                    InfoSnapshot.builder().name(without(metric.name(), INFO)).help(metric.help());
            metric.series()
                    .forEach(series -> info.dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                            .labels(labels(series))
                            .build()));
            return info.build();
        }
        if (metric.kind() == Metric.Kind.COUNTER) {
            CounterSnapshot.Builder counter = CounterSnapshot.builder()
                    .name(without(metric.name(), TOTAL))
                    .help(metric.help());
            metric.series()
                    .forEach(series -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .value(series.value())
                            .labels(labels(series))
                            .build()));
            return counter.build();
        }
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(metric.name()).help(metric.help());
        metric.series()
                .forEach(series -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(series.value())
                        .labels(labels(series))
                        .build()));
        return gauge.build();
    }

    private static Labels labels(Metric.Series series) {
        return Labels.of(series.labels().toArray(String[]::new));
    }

    private static String without(String name, String end) {
        return name.substring(0, name.length() - end.length());
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }
}
