package dev.hermesreaper.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.Orders;
import dev.hermesreaper.agent.state.Counts;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);

    private static String text(LeakReport report, Counts counts) {
        return PrometheusText.render(new Measured(report, counts, Observed.NONE, "1.2.3", true, false).metrics());
    }

    private static LeakReport report(SweepResult result) {
        return LeakReport.of(result.remaining(), uid -> Optional.of("her\"mes\n"), List.of());
    }

    @Test
    void countsWorkersByVerdictAndReasonAndWhatTheyHold() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100).clients(2);
        world.worker(101).startedAgo("3h").ownedBy(dashboard);
        world.worker(102).ownedBy(dashboard);
        world.worker(103).of("alone").ownedBy(dashboard);

        String text = text(report(sweeps.sweep()), Counts.NONE);

        assertThat(text.lines())
                .contains(
                        "hermes_reaper_workers{verdict=\"wait\",reason=\"idling\"} 1",
                        "hermes_reaper_workers{verdict=\"keep\",reason=\"newest\"} 1",
                        "hermes_reaper_workers{verdict=\"keep\",reason=\"owned\"} 1",
                        "hermes_reaper_workers{verdict=\"reap\",reason=\"orphaned\"} 0",
                        "hermes_reaper_leaked_workers 1",
                        "hermes_reaper_leaked_resident_bytes " + (95L << 20),
                        "hermes_reaper_oldest_leak_age_seconds 10800",
                        "hermes_reaper_gateways{kind=\"dashboard\"} 1",
                        "hermes_reaper_gateway_workers{pid=\"100\",kind=\"dashboard\",user=\"her\\\"mes\\\\n\"} 3",
                        "hermes_reaper_paused 0",
                        "hermes_reaper_regrets_total 0",
                        "hermes_reaper_config_ok 1",
                        "hermes_reaper_build_info{version=\"1.2.3\"} 1");
    }

    @Test
    void showsWhatIsLeftAfterAPassAndCountsWhatItEnded() throws InterruptedException {
        world.worker(101).orphanedTo(1);
        SweepResult result = sweeps.sweep();
        Counts counts = Counts.NONE
                .plus(Map.of(new Counts.Reap("orphaned", "exited"), 1L), result.reclaimedBytes())
                .plusSweep(Instant.parse("2026-05-07T12:00:00.5Z"), Duration.ofMillis(10_250), false, false);

        String text = text(report(result), counts);

        assertThat(text.lines())
                .contains(
                        "hermes_reaper_leaked_workers 0",
                        "hermes_reaper_workers{verdict=\"reap\",reason=\"orphaned\"} 0",
                        "hermes_reaper_reaps_total{reason=\"orphaned\",outcome=\"exited\"} 1",
                        "hermes_reaper_reaps_total{reason=\"orphaned\",outcome=\"killed\"} 0",
                        "hermes_reaper_reclaimed_bytes_total " + (98L << 20),
                        "hermes_reaper_sweeps_total 1",
                        "hermes_reaper_sweep_duration_seconds 10.25",
                        "hermes_reaper_last_success_timestamp_seconds 1.7781552005E9");
    }

    @Test
    void saysThatItIsPausedAndUntilWhen() throws InterruptedException {
        LeakReport paused = report(sweeps.sweep())
                .under(new Orders(
                        Optional.of(Pause.of("alice", Instant.EPOCH, Instant.ofEpochSecond(1_800_000_000))), false));

        assertThat(text(paused, Counts.NONE).lines())
                .contains("hermes_reaper_paused 1", "hermes_reaper_paused_until_timestamp_seconds 1800000000");
    }

    @Test
    void hasNoSeriesOfAWorkerOrSessionAndFiftyGatewaysAtMost() throws InterruptedException {
        for (int i = 0; i < 80; i++) {
            FakeProcess dashboard = world.dashboard(1000 + i);
            for (int j = 0; j < 10; j++) {
                world.worker(5000 + 10 * i + j).of("session-" + i + "-" + j).ownedBy(dashboard);
            }
        }

        String text = text(report(sweeps.sweep()), Counts.NONE);

        assertThat(text).doesNotContain("session-1");
        assertThat(text.lines().filter(line -> line.startsWith("hermes_reaper_gateway_workers{")))
                .hasSize(50);
        assertThat(text.lines()).contains("hermes_reaper_gateways{kind=\"dashboard\"} 80");
        assertThat(text.lines().count()).isLessThan(450);
    }

    /** Names are documented, and nothing is documented that is not there. */
    @Test
    void theDocumentNamesEveryMetricAndItsKind() throws IOException, InterruptedException {
        world.dashboard(100).clients(0);
        LeakReport report = report(sweeps.sweep())
                .under(new Orders(
                        Optional.of(Pause.of("alice", Instant.EPOCH, Instant.ofEpochSecond(1_800_000_000))), false));
        Counts counts = Counts.NONE.plusSweep(Instant.EPOCH, Duration.ZERO, false, false);
        Map<String, String> measured = new Measured(report, counts, Observed.NONE, "1", true, false)
                .metrics().stream()
                        .collect(Collectors.toMap(
                                Metric::name, it -> it.kind() == Metric.Kind.COUNTER ? "counter" : "gauge"));

        String document = Files.readString(Path.of("../docs/metrics.md"), StandardCharsets.UTF_8);
        Map<String, String> documented = Pattern.compile("(?m)^\\| `(hermes_reaper_[a-z_]+)` \\| (gauge|counter) \\|")
                .matcher(document)
                .results()
                .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(measured);
    }
}
