package dev.hermesreaper.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.metrics.Measured;
import dev.hermesreaper.agent.metrics.Metric;
import dev.hermesreaper.agent.metrics.PrometheusText;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.state.Counts;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is answered on the port is what the file says. */
class MetricsListenerTest {

    private static List<Metric> metrics() throws InterruptedException {
        World world = new World();
        world.worker(101).ownedBy(world.dashboard(100).clients(2));
        world.worker(102).orphanedTo(1);
        LeakReport report =
                LeakReport.of(new Sweeps(world).sweep().remaining(), uid -> Optional.of("he\"r\\mes"), List.of());
        Counts counts = Counts.NONE
                .plus(Map.of(new Counts.Reap("orphaned", "exited"), 3L), 1 << 20)
                .plusSweep(Instant.ofEpochSecond(1_800_000_000), Duration.ofMillis(1234), false, false);
        return new Measured(report, counts, Observed.NONE, "1.2.3", true, false).metrics();
    }

    private static final Pattern LABEL = Pattern.compile("\\w+=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** Every series with its number: the client writes numbers its own way, and labels in its own order. */
    private static Set<String> series(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", "")
                        + LABEL.matcher(line)
                                .results()
                                .map(MatchResult::group)
                                .sorted()
                                .toList()
                        + Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .collect(Collectors.toSet());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void answersWithWhatTheFileSays() throws IOException, InterruptedException {
        InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", freePort());
        List<Metric> metrics = metrics();

        try (MetricsListener listener = MetricsListener.open(address).orElseThrow()) {
            listener.show(metrics);
            String answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();

            assertThat(series(answer)).isEqualTo(series(PrometheusText.render(metrics)));
            assertThat(MetricsListener.open(address)).as("the address is taken").isEmpty();
        }
        try (MetricsListener again = MetricsListener.open(address).orElseThrow()) {
            assertThat(again.address()).isEqualTo(address);
        }
    }
}
