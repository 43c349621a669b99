package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.SizeText;
import dev.hermesreaper.agent.ledger.Ending;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.regret.Counts;
import dev.hermesreaper.agent.regret.Regret;
import dev.hermesreaper.agent.report.TextTable.Cell;
import dev.hermesreaper.agent.sample.Forecast;
import dev.hermesreaper.agent.sample.Growth;
import dev.hermesreaper.agent.sample.Relief;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is known beside one look, as text: decisions that were only observed, and how the leak went. */
final class PastText {

    private static final int LABEL = 12;
    private static final int REGRETS = 5;
    private static final int RELIEFS = 5;
    private static final int GATEWAYS = 10;

    private final Page page;
    private final ZoneId zone;
    private final DateTimeFormatter minute = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    PastText(Page page, ZoneId zone) {
        this.page = page;
        this.zone = zone;
    }

    void say(Past past) {
        if (!past.observed().isEmpty()) {
            observed(
                    past.observed().counts(),
                    past.observed().watched().size(),
                    past.observed().regrets());
        }
        past.history().ifPresent(this::history);
        if (past.history().isPresent() || !past.observed().isEmpty()) {
            page.blank();
        }
    }

    private void observed(Counts counts, int watched, List<Regret> regrets) {
        page.apart()
                .labelled(
                        new Cell("OBSERVED", counts.regrets() > 0 ? Style.LEAK : Style.FINE),
                        LABEL,
                        Figures.count(counts.observed(), "process", "processes")
                                + " would have been ended by passes that only observe: "
                                + Figures.count(counts.regrets(), "regret") + " (it worked later), "
                                + counts.confirmed() + " confirmed (it ended without), " + watched + " still watched"
                                + (counts.lost() > 0 ? ", " + counts.lost() + " lost sight of" : "") + ".");
        int from = Math.max(0, regrets.size() - REGRETS);
        regrets.subList(from, regrets.size())
                .forEach(regret -> page.labelled(
                        new Cell("REGRET", Style.LEAK),
                        LABEL,
                        regret.watch().identity().pid() + ", session "
                                + RawText.printable(regret.watch().sessionKey(), 40) + ", " + time(regret.seenAt())
                                + ": " + evidence(regret.evidence()) + "."));
    }

    private static String evidence(List<Ground> evidence) {
        return evidence.stream()
                .map(ground -> harmless(ground.key() + " " + ground.value()))
                .collect(Collectors.joining("; "));
    }

    private void history(LeakHistory history) {
        page.apart();
        shortfall(history);
        if (history.isEmpty()) {
            page.labelled(
                    new Cell("NO SAMPLES", Style.DOUBT),
                    LABEL,
                    "since " + time(history.since()) + ": there is no rate and no forecast yet. Every sweep and the"
                            + " service leave one: run hermes-reaper sweep from cron, or hermes-reaperd.");
        } else {
            rates(history);
        }
        ended(history.totals());
        oldest(history);
        if (!history.isEmpty()) {
            gateways(history.gateways());
            reliefs(history.reliefs());
            forecasts(history);
        }
    }

    private void rates(LeakHistory history) {
        Growth leaked = history.leaked();
        Growth workers = history.workers();
        page.labelled(
                new Cell("HISTORY", Style.TITLE),
                LABEL,
                Figures.count(history.samples().size(), "sample") + " from " + time(history.from()) + " on, "
                        + Figures.time(Duration.between(history.from(), history.until())) + ", times in "
                        + zone.getId());
        page.labelled(
                new Cell("leaked", Style.TITLE),
                LABEL,
                leaked.isRate()
                        ? rate(leaked) + " an hour: " + leaked.added() + " in " + Figures.time(leaked.span())
                                + gone(leaked) + "; most at once " + leaked.peak() + ", now " + leaked.last()
                        : "no rate: it takes two samples ten minutes apart; now " + leaked.last());
        page.labelled(
                new Cell("workers", Style.TITLE),
                LABEL,
                history.course().stream().map(String::valueOf).collect(Collectors.joining(" → "))
                        + (workers.isRate() ? ", " + rate(workers) + " more an hour" + gone(workers) : ""));
    }

    private static String gone(Growth growth) {
        return (growth.ended() > 0 ? "; " + growth.ended() + " ended by passes" : "")
                + (growth.vanished() > 0 ? "; " + growth.vanished() + " gone at once by other means" : "");
    }

    private static String rate(Growth growth) {
        return String.format(Locale.ROOT, "%.1f", growth.perHour());
    }

    private void ended(HistoryTotals totals) {
        HistoryTotals.Sum all = totals.all();
        page.labelled(
                new Cell("ended", Style.TITLE),
                LABEL,
                all.acts() == 0
                        ? "nothing by a pass"
                        : all.reaped() + " of " + all.acts() + ", gave back " + SizeText.spoken(all.reclaimedBytes())
                                + ": " + byReason(totals) + " (" + byOutcome(totals) + ")");
    }

    private static String byReason(HistoryTotals totals) {
        return totals.byReason().entrySet().stream()
                .map(it -> it.getValue().reaped() + " " + harmless(it.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String byOutcome(HistoryTotals totals) {
        return totals.byOutcome().entrySet().stream()
                .filter(it -> !it.getKey().equals(Ending.OBSERVED)
                        && !it.getKey().equals(Ending.REGRET)
                        && !it.getKey().equals(Ending.CONFIRMED))
                .map(it -> it.getValue() + " " + harmless(it.getKey()))
                .collect(Collectors.joining(", "));
    }

    private void oldest(LeakHistory history) {
        Duration oldest = history.now().oldestLeaked();
        if (!oldest.isZero()) {
            page.labelled(new Cell("oldest", Style.TITLE), LABEL, "a leaked worker " + Figures.time(oldest) + " old");
        }
    }

    private void gateways(List<GatewayGrowth> gateways) {
        if (gateways.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(List.of(
                Column.left("LEAK RATE").cutTo(16),
                Column.right("AN HOUR"),
                Column.right("LEAKED"),
                Column.right("IN"),
                Column.right("ENDED"),
                Column.right("MOST").droppedAs(1),
                Column.right("NOW")));
        for (GatewayGrowth gateway : gateways) {
            Growth growth = gateway.growth();
            table.add(List.of(
                    Cell.of(harmless(gateway.name()) + (gateway.isThere() ? "" : " (gone)")),
                    Cell.of(growth.isRate() ? rate(growth) : Figures.NONE),
                    Cell.of(growth.added()),
                    Cell.of(Figures.time(growth.span())),
                    Cell.of(growth.ended()),
                    Cell.of(growth.peak()),
                    Cell.of(growth.last())));
        }
        int more = table.keepFirst(GATEWAYS);
        page.blank().table(table);
        if (more > 0) {
            page.prose("… and " + Figures.count(more, "more gateway"));
        }
    }

    private void reliefs(List<Relief> reliefs) {
        int from = Math.max(0, reliefs.size() - RELIEFS);
        if (from < reliefs.size()) {
            page.blank();
        }
        for (Relief relief : reliefs.subList(from, reliefs.size())) {
            HostMemory before = relief.before();
            HostMemory after = relief.after();
            page.labelled(
                    new Cell("RELIEF", Style.TITLE),
                    LABEL,
                    time(relief.at()) + ": " + relief.workersBefore() + " → " + relief.workersAfter() + " workers, "
                            + relief.ended() + " ended by passes; available "
                            + fromTo(before, before.availableBytes(), after, after.availableBytes()) + ", swap used "
                            + fromTo(before, before.swapUsedBytes(), after, after.swapUsedBytes()));
        }
    }

    private static String fromTo(HostMemory before, long first, HostMemory after, long second) {
        return (before.readable() ? SizeText.spoken(first) : Figures.UNKNOWN) + " → "
                + (after.readable() ? SizeText.spoken(second) : Figures.UNKNOWN);
    }

    private void forecasts(LeakHistory history) {
        List<Forecast> forecasts = history.forecasts();
        if (forecasts.isEmpty()) {
            return;
        }
        page.blank().labelled(new Cell("FORECAST", Style.TITLE), LABEL, "if it goes on as it did");
        forecasts.stream().limit(2 + GATEWAYS).forEach(forecast -> {
            Style style = forecast.outlook() == Forecast.Outlook.FILLS_UP ? Style.LEAK : Style.PLAIN;
            page.labelled(new Cell(name(forecast, history) + "  ", style), LABEL, words(forecast, history.until()));
        });
        if (forecasts.size() > 2 + GATEWAYS) {
            page.prose("… and " + Figures.count(forecasts.size() - 2L - GATEWAYS, "more gateway"));
        }
    }

    /** {@code memory}, {@code swap}, {@code files of dashboard 8123}. */
    static String name(Forecast forecast, LeakHistory history) {
        return forecast.gateway()
                .flatMap(history.now()::gateway)
                .map(gateway -> "files of " + harmless(GatewayGrowth.name(gateway)))
                .orElse(forecast.resource().word());
    }

    /** What is forecast, and on what it rests. */
    String words(Forecast forecast, Instant from) {
        String ground =
                " (" + Figures.count(forecast.samples(), "sample") + " over " + Figures.time(forecast.span()) + ")";
        return switch (forecast.outlook()) {
            case FILLS_UP -> {
                Duration left = forecast.remaining().orElse(Duration.ZERO);
                yield "full in " + Figures.time(left) + ", " + time(from.plus(left)) + ": " + growth(forecast)
                        + " more an hour" + ground;
            }
            case LEVEL -> "does not grow" + ground;
            case FAR -> "not full within what can be said: " + growth(forecast) + " more an hour" + ground;
            case TOO_LITTLE ->
                "no forecast: " + Figures.count(forecast.samples(), "sample") + " over "
                        + Figures.time(forecast.span()) + " since it last fell, and it takes " + Forecast.FEWEST
                        + " over " + DurationText.spoken(Forecast.SHORTEST);
        };
    }

    private static String growth(Forecast forecast) {
        return forecast.resource() == Forecast.Resource.OPEN_FILES
                ? String.format(Locale.ROOT, "%.1f files", forecast.perHour())
                : SizeText.spoken(Math.max(0, Math.round(forecast.perHour())));
    }

    private void shortfall(LeakHistory history) {
        if (history.damagedLines() > 0) {
            page.labelled(
                    new Cell("DAMAGED", Style.DOUBT),
                    LABEL,
                    Figures.count(history.damagedLines(), "line")
                            + " of samples and ledger cannot be believed and were left out.");
        }
        if (history.newerLines() > 0) {
            page.labelled(
                    new Cell("NEWER", Style.DOUBT),
                    LABEL,
                    Figures.count(history.newerLines(), "line")
                            + " of samples and ledger were written by a newer version of hermes-reaper and were left"
                            + " out.");
        }
        history.problems()
                .forEach(problem ->
                        page.labelled(new Cell("UNREAD", Style.DOUBT), LABEL, RawText.printable(problem, 400)));
    }

    String time(Instant at) {
        return minute.format(at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    /** What was printable when it was written, unless somebody else wrote it. */
    static String harmless(String written) {
        return RawText.isPrintable(written) ? written : RawText.printable(written);
    }
}
