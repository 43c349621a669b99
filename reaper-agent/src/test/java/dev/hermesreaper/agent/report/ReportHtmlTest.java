package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportHtmlTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant BEFORE = Instant.parse("2026-05-01T00:00:00Z");

    @TempDir
    private Path scratch;

    private String incident() throws InterruptedException, IOException {
        IncidentHistory incident = new IncidentHistory(scratch.resolve("state"));
        incident.play();
        Machine last = IncidentHistory.afterwards(8);
        String page = ReportHtml.render(last.report(), incident.past(last, BEFORE), UTC, false);
        Files.createDirectories(Path.of("target/pages"));
        Files.writeString(Path.of("target/pages/incident.html"), page);
        return page;
    }

    @Test
    void showsHowItWentAndHowItWillGo() throws InterruptedException, IOException {
        assertThat(incident())
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .contains("<title>vm-hermes: leaking - hermes-reaper</title>", "→ 128 → 19 → 46.")
                .contains("187.0 MiB → 4.4 GiB", "full in 3h ")
                .contains("<caption>Gateways</caption>", "<caption>Sessions</caption>", "id=\"workers-desc\"");
    }

    @Test
    void saysThatNobodyIsSignalled() {
        LeakReport report = IncidentHistory.afterwards(8).report();
        Orders orders = new Orders(Optional.of(Pause.of("<alice>", BEFORE, BEFORE.plusSeconds(3600))), true);

        assertThat(ReportHtml.render(report.under(orders), Past.NONE, UTC, false))
                .contains("PAUSED. Nobody is signalled", "by &lt;alice&gt;", "OBSERVING. Nobody is signalled");
        assertThat(ReportText.render(report.under(orders), Layout.of(100), false))
                .contains("PAUSED      Nobody is signalled", "OBSERVING   Nobody is signalled");
        assertThat(ReportHtml.render(report, Past.NONE, UTC, false)).doesNotContain("Nobody is signalled");
    }

    @Test
    void needsNothingFromAnywhere() throws InterruptedException, IOException {
        String page = incident();

        assertThat(page).doesNotContain("<script", "http://", "https://", "url(", "@import", "<img", "<iframe");
        assertThat(page).contains("default-src 'none'");
        assertThat(page).doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void isWellFormed() throws InterruptedException, IOException {
        List<String> open = new ArrayList<>();
        var tags =
                java.util.regex.Pattern.compile("<(/?)([a-z0-9]+)[^>]*?(/?)>").matcher(incident());
        while (tags.find()) {
            if (List.of("meta", "link").contains(tags.group(2))
                    || !tags.group(3).isEmpty()) {
                continue;
            }
            if (tags.group(1).isEmpty()) {
                open.add(tags.group(2));
            } else {
                assertThat(open.remove(open.size() - 1)).isEqualTo(tags.group(2));
            }
        }
        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.hermesreaper.agent.report.HostileNamesTest#keys")
    void holdsNoMarkupOfAProcess(String key) {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 0);
        machine.worker(9000, key + "<script>alert(1)</script>", dashboard, Duration.ofDays(1));
        machine.worker(9001, key + "<script>alert(1)</script>", dashboard, Duration.ofHours(20));
        machine.worker(9002, "\" onload=\"alert(1)", dashboard, Duration.ofHours(20));

        String page = ReportHtml.render(machine.report(), Past.NONE, UTC, true);

        assertThat(page).doesNotContain("<script", " onload=\"", "<!--");
        assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&quot; onload=&quot;alert(1)");
        assertThat(page.codePoints()).allMatch(point -> point == '\n' || point >= ' ');
        assertThat(page.codePoints()).noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    @Test
    void staysSmallAndFastWithTenThousandWorkers() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 1);
        for (int i = 0; i < 10_000; i++) {
            machine.worker(10_000 + i, "session-" + i % 57, dashboard, Duration.ofSeconds(20_000L + i));
        }
        LeakReport report = machine.report();

        String page = ReportHtml.render(report, Past.NONE, UTC, false);

        assertThat(page.length()).isLessThan(1 << 20);
        assertThat(page).contains("… and 9743 more workers");
    }

    @Test
    void showsRegretsWithTheirEvidence() {
        Past past = Regrets.one(List.of(new Ground("worked", "seen at work 4m 10s later", "sightings")));
        Machine machine = Machine.incident();

        assertThat(ReportHtml.render(machine.report(), past, UTC, false))
                .contains("2 would have been ended", "1 regret ", "worked: seen at work 4m 10s later (sightings)");
        assertThat(ReportText.render(machine.report(), past, Layout.of(200), false))
                .contains("OBSERVED    2 processes would have been ended by passes that only observe: 1 regret")
                .contains("REGRET      4711, session k, ")
                .contains("worked seen at work 4m 10s later.");
        assertThat(ReportJson.render(machine.report(), past))
                .contains("\"decisions\": 2", "\"regrets\": 1", "\"recentRegrets\"");
    }
}
