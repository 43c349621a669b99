package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.SizeText;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.regret.Regret;
import dev.hermesreaper.agent.sample.Forecast;
import dev.hermesreaper.agent.sample.Growth;
import dev.hermesreaper.agent.sample.Relief;
import dev.hermesreaper.agent.sample.Sample;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sections of a page about what is known beside one look. */
final class HtmlPast {

    /** Rows of the table that says in numbers what the charts show. */
    private static final int ROWS = 48;

    private final HtmlText html;
    private final ZoneId zone;
    private final PastText words;

    HtmlPast(HtmlText html, ZoneId zone) {
        this.html = html;
        this.zone = zone;
        this.words = new PastText(new Page(Layout.of(0)), zone);
    }

    void write(Past past) {
        if (!past.observed().isEmpty()) {
            section("observed", "Observed decisions", () -> observed(past.observed()));
        }
        past.history().ifPresent(history -> {
            section("history", "History", () -> history(history));
            section("forecast", "Forecast", () -> forecast(history));
            section("events", "Events", () -> events(history));
        });
    }

    private void section(String id, String title, HtmlText.Content content) {
        html.element("section", List.of("aria-labelledby", id), () -> {
            html.element("h2", List.of("id", id), title);
            content.write();
        });
    }

    private void observed(Observed observed) {
        html.element(
                "p",
                observed.counts().observed() + " would have been ended by passes that only observe: "
                        + Figures.count(observed.counts().regrets(), "regret")
                        + " (it worked later), " + observed.counts().confirmed()
                        + " confirmed (it ended without), " + observed.watched().size() + " still watched, "
                        + observed.counts().lost() + " lost sight of.");
        HtmlTable table = new HtmlTable(html, "Regrets", "Seen", "#Pid", "Session", "Evidence");
        List<Regret> newest = new ArrayList<>(observed.regrets());
        Collections.reverse(newest);
        newest.forEach(regret -> table.row(List.of(
                () -> html.text(words.time(regret.seenAt())),
                () -> html.text(Integer.toString(regret.watch().identity().pid())),
                () -> html.text(key(regret.watch().sessionKey())),
                () -> grounds(regret.evidence()))));
        if (!table.isEmpty()) {
            table.write();
        }
    }

    private void grounds(List<Ground> grounds) {
        html.element(
                "ul",
                List.of(),
                () -> grounds.forEach(ground -> html.element(
                        "li",
                        ground.key() + ": " + ground.value()
                                + (ground.source().isEmpty() ? "" : " (" + ground.source() + ")"))));
    }

    private void history(LeakHistory history) {
        if (history.damagedLines() + history.newerLines() > 0) {
            html.element(
                    "p",
                    List.of("class", "doubt"),
                    history.damagedLines() + " damaged and " + history.newerLines()
                            + " newer lines of samples and ledger were left out.");
        }
        history.problems().forEach(problem -> html.element("p", List.of("class", "doubt"), problem));
        if (history.isEmpty()) {
            html.element(
                    "p",
                    "No samples since " + words.time(history.since())
                            + " yet. Every sweep and the service leave one: run hermes-reaper sweep from cron, or"
                            + " hermes-reaperd.");
            return;
        }
        Growth leaked = history.leaked();
        html.element(
                "p",
                Figures.count(history.samples().size(), "sample") + " from " + words.time(history.from()) + " to "
                        + words.time(history.until()) + " (" + zone.getId() + "). "
                        + (leaked.isRate()
                                ? rate(leaked) + " leaked an hour: " + leaked.added() + " in "
                                        + Figures.time(leaked.span()) + "; " + leaked.ended() + " ended by passes, "
                                        + leaked.vanished() + " gone at once by other means. "
                                : "Too little for a leak rate. ")
                        + "Workers "
                        + history.course().stream().map(String::valueOf).collect(Collectors.joining(" → ")) + ".");
        html.element("div", List.of("class", "charts"), () -> new HtmlCharts(html, history, zone).write());
        numbers(history);
        rates(history);
        reliefs(history);
    }

    private static String rate(Growth growth) {
        return String.format(Locale.ROOT, "%.1f", growth.perHour());
    }

    private void numbers(LeakHistory history) {
        HtmlTable table = new HtmlTable(
                html,
                "What the charts show",
                "Time",
                "#Workers",
                "#Kept",
                "#Waiting",
                "#Reported",
                "#To be ended",
                "#Sessions",
                "#Workers hold",
                "#Available",
                "#Swap used");
        List<Sample> samples = history.samples();
        int rows = Math.min(ROWS, samples.size());
        for (int i = 0; i < rows; i++) {
            Sample sample = samples.get(rows == 1 ? 0 : i * (samples.size() - 1) / (rows - 1));
            HostMemory host = sample.host();
            table.row(
                    words.time(sample.at()),
                    Integer.toString(sample.workers()),
                    Integer.toString(sample.count(Decision.KEEP)),
                    Integer.toString(sample.count(Decision.WAIT)),
                    Integer.toString(sample.count(Decision.REPORT)),
                    Integer.toString(sample.count(Decision.REAP)),
                    Integer.toString(sample.sessions()),
                    Figures.size(sample.memory()),
                    host.readable() ? SizeText.spoken(host.availableBytes()) : Figures.UNKNOWN,
                    host.readable() ? SizeText.spoken(host.swapUsedBytes()) : Figures.UNKNOWN);
        }
        html.element("details", List.of(), () -> {
            html.element("summary", "The charts in numbers");
            table.write();
        });
    }

    private void rates(LeakHistory history) {
        HtmlTable table = new HtmlTable(
                html, "Leak rate by gateway", "Gateway", "#An hour", "#Leaked", "#In", "#Ended", "#Most", "#Now");
        history.gateways()
                .forEach(gateway -> table.row(
                        gateway.name() + (gateway.isThere() ? "" : " (gone)"),
                        gateway.growth().isRate() ? rate(gateway.growth()) : Figures.NONE,
                        Long.toString(gateway.growth().added()),
                        Figures.time(gateway.growth().span()),
                        Long.toString(gateway.growth().ended()),
                        Integer.toString(gateway.growth().peak()),
                        Integer.toString(gateway.growth().last())));
        if (!table.isEmpty()) {
            table.write();
        }
    }

    private void reliefs(LeakHistory history) {
        HtmlTable table =
                new HtmlTable(html, "Many gone at once", "Time", "Workers", "Available", "Swap used", "#By passes");
        for (Relief relief : history.reliefs()) {
            table.row(
                    words.time(relief.at()),
                    relief.workersBefore() + " → " + relief.workersAfter(),
                    SizeText.spoken(relief.before().availableBytes()) + " → "
                            + SizeText.spoken(relief.after().availableBytes()),
                    SizeText.spoken(relief.before().swapUsedBytes()) + " → "
                            + SizeText.spoken(relief.after().swapUsedBytes()),
                    Long.toString(relief.ended()));
        }
        if (!table.isEmpty()) {
            table.write();
        }
    }

    private void forecast(LeakHistory history) {
        HtmlTable table = new HtmlTable(html, "If it goes on as it did", "What", "#Used of limit", "Forecast");
        for (Forecast forecast : history.forecasts()) {
            boolean files = forecast.resource() == Forecast.Resource.OPEN_FILES;
            table.row(
                    PastText.name(forecast, history),
                    files
                            ? forecast.used() + " of " + forecast.limit()
                            : SizeText.spoken(Math.max(0, forecast.used())) + " of "
                                    + SizeText.spoken(forecast.limit()),
                    words.words(forecast, history.until()));
        }
        if (table.isEmpty()) {
            html.element("p", "Nothing here has a limit that could be read.");
        } else {
            table.write();
        }
    }

    private void events(LeakHistory history) {
        List<Act> newest = new ArrayList<>(history.acts());
        Collections.reverse(newest);
        if (newest.isEmpty()) {
            html.element("p", "No act is on record in this time.");
            return;
        }
        HtmlTable table = new HtmlTable(
                html,
                "What passes did, newest first",
                "Time",
                "#Pid",
                "Session",
                "Reason",
                "Outcome",
                "#Took",
                "Evidence");
        newest.forEach(act -> table.row(List.of(
                () -> html.text(words.time(act.at())),
                () -> html.text(Integer.toString(act.identity().pid())),
                () -> html.text(key(act.sessionKey())),
                () -> html.text(act.reason()),
                () -> html.text(act.ending().outcome()
                        + (act.ending().detail().isEmpty()
                                ? ""
                                : ": " + act.ending().detail())),
                () -> html.text(
                        act.ending().signals().isEmpty()
                                ? Figures.NONE
                                : Figures.time(nonNegative(act.ending().took()))),
                () -> evidence(act.grounds()))));
        table.write();
        long earlier = history.totals().byOutcome().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                - newest.size();
        if (earlier > 0) {
            html.element("p", "… and " + Figures.count(earlier, "earlier act") + "; see hermes-reaper history.");
        }
    }

    private void evidence(List<Ground> grounds) {
        if (grounds.isEmpty()) {
            html.text(Figures.NONE);
            return;
        }
        html.element("details", List.of(), () -> {
            html.element("summary", grounds.get(0).value());
            grounds(grounds);
        });
    }

    private static Duration nonNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static String key(String key) {
        return key.isEmpty() ? Figures.NONE : RawText.printable(key, 80);
    }
}
