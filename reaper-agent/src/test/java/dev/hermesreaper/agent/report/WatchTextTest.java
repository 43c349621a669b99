package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.ProcessEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTextTest {

    private static List<String> screen(LeakReport report, int columns, int rows, boolean colour) {
        return WatchText.render(
                report, columns, rows, WatchText.footer(report, Duration.ofSeconds(2), Optional.empty()), colour, true);
    }

    @ParameterizedTest
    @CsvSource({"20,3", "40,10", "60,24", "80,24", "100,50", "200,60", "300,2", "80,1"})
    void fillsTheScreenAndNeverMore(int columns, int rows) {
        List<String> lines = screen(Machine.incident().report(), columns, rows, false);

        assertThat(lines)
                .hasSize(rows)
                .allSatisfy(line -> assertThat(Cells.width(line)).as(line).isLessThanOrEqualTo(columns));
        assertThat(lines.get(rows - 1)).startsWith("q quits".substring(0, Math.min(7, columns)));
    }

    @Test
    void cutsColouredLinesToo() {
        List<String> lines = screen(Machine.incident().report(), 64, 20, true);

        assertThat(lines).allSatisfy(line -> assertThat(Cells.width(line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .as(line)
                .isLessThanOrEqualTo(64));
    }

    @Test
    void saysTheSameAsTheReportAndCountsWhatItDoesNotShow() {
        LeakReport report = Machine.incident().report();

        List<String> lines = screen(report, 120, 40, false);

        assertThat(ReportText.render(report, Layout.of(120), false)).startsWith(lines.get(0));
        assertThat(lines).anyMatch(line -> line.matches("… and \\d+ more workers"));
        long shown =
                lines.stream().filter(line -> line.matches(" *9\\d\\d\\d  .*")).count();
        assertThat(lines).contains("… and " + (128 - shown) + " more workers");
    }

    @Test
    void showsWhatIsDueSoonestFirst() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 1);
        machine.worker(9000, "kept", dashboard, Duration.ofHours(9));
        machine.worker(9010, "w", dashboard, Duration.ofMinutes(6));
        machine.worker(9011, "w", dashboard, Duration.ofMinutes(5));
        machine.worker(9020, "r", dashboard, Duration.ofHours(5));
        machine.worker(9021, "r", dashboard, Duration.ofHours(4));

        List<String> lines = screen(machine.report(), 140, 30, false);
        List<String> workers = lines.stream()
                .dropWhile(line -> !line.contains("VERDICT"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .toList();

        assertThat(workers).hasSize(5);
        assertThat(workers.get(0)).startsWith("9020  reap superseded").contains("  now  ");
        assertThat(workers.get(1)).startsWith("9010  wait idling").containsPattern("  4m( \\d+s)?  ");
    }

    @Test
    void showsTenThousandWorkersAtOnce() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 2);
        for (int i = 0; i < 10_000; i++) {
            machine.worker(10_000 + i, "session-" + i % 3000, dashboard, Duration.ofMinutes(10 + i));
        }

        List<String> lines = screen(machine.report(), 100, 30, true);

        assertThat(lines).hasSize(30);
        assertThat(lines).anyMatch(line -> line.matches("… and 99\\d\\d more workers"));
        assertThat(lines).anyMatch(line -> line.matches("… and 299\\d more sessions"));
    }

    @Test
    void isEmptyButForItsFooterWhereNothingRuns() {
        List<String> lines = screen(new Machine().report(), 80, 5, false);

        assertThat(lines.get(0)).contains("HEALTHY", "no Hermes gateway and no slash worker");
        assertThat(lines.get(4)).startsWith("q quits   space looks again   every 2s   no service   2026-");
    }
}
