package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.SizeText;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.RawText;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report as one page that needs nothing else: no script, no picture, no font from anywhere, and a policy in it that
 * forbids them. Charts are inline SVG with a description, and in numbers below; every table has a caption.
 */
public final class ReportHtml {

    /** Leaked workers that are listed, and sessions, unless all are asked for. */
    private static final int LISTED = 200;

    private final LeakReport report;
    private final Past past;
    private final ZoneId zone;
    private final int atMost;
    private final HtmlText html = new HtmlText();

    private ReportHtml(LeakReport report, Past past, ZoneId zone, int atMost) {
        this.report = report;
        this.past = past;
        this.zone = zone;
        this.atMost = atMost;
    }

    /**
     * The whole page.
     *
     * @param zone of the times on it
     * @param all every worker and session, not only the worst
     */
    public static String render(LeakReport report, Past past, ZoneId zone, boolean all) {
        return new ReportHtml(report, past, zone, all ? Integer.MAX_VALUE : LISTED).render();
    }

    private String render() {
        html.markup("<!doctype html>\n").element("html", List.of("lang", "en"), () -> {
            html.element("head", List.of(), this::head);
            html.element("body", List.of(), this::body);
        });
        return html.markup("\n").toString();
    }

    private String host() {
        return RawText.printable(report.self().hostName(), 60);
    }

    private String status() {
        return ReportText.status(report).text();
    }

    private void head() {
        html.markup("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">")
                .markup("<meta name=\"referrer\" content=\"no-referrer\"><link rel=\"icon\" href=\"data:,\">");
        html.element("title", host() + ": " + status().toLowerCase(Locale.ROOT) + " - hermes-reaper");
        html.element("style", List.of(), () -> html.markup(HtmlStyle.CSS));
    }

    private void body() {
        html.element("a", List.of("class", "skip", "href", "#main"), "To the report");
        html.element("header", List.of(), this::headline);
        html.element("main", List.of("id", "main"), () -> {
            html.element("section", List.of("aria-labelledby", "now"), () -> {
                html.element("h2", List.of("id", "now"), "Now");
                gateways();
                sessions();
            });
            new HtmlPast(html, zone).write(past);
            html.element("section", List.of("aria-labelledby", "workers-now"), () -> {
                html.element("h2", List.of("id", "workers-now"), "Workers");
                workers();
            });
        });
        html.element("footer", List.of(), this::footer);
    }

    private void headline() {
        Tally totals = report.totals();
        html.element("h1", List.of(), () -> {
            html.text(host() + " ");
            String style =
                    switch (ReportText.status(report).style()) {
                        case LEAK -> "bad";
                        case FINE -> "good";
                        default -> "doubt";
                    };
            html.element("span", List.of("class", "status " + style), status());
        });
        html.element(
                "p",
                totals.leaked() + " of " + Figures.count(totals.workers(), "slash worker") + " leaked, "
                        + Figures.sizeInParts(totals.leakedMemory()) + "; all workers hold "
                        + Figures.sizeInParts(totals.memory()) + "."
                        + (report.memory().readable()
                                ? " The machine has "
                                        + SizeText.spoken(report.memory().totalBytes()) + ", "
                                        + SizeText.spoken(report.memory().availableBytes()) + " available; swap "
                                        + SizeText.spoken(report.memory().swapUsedBytes()) + " of "
                                        + SizeText.spoken(report.memory().swapTotalBytes()) + " used."
                                : ""));
        report.orders()
                .pause()
                .ifPresent(pause -> html.element("p", List.of("class", "doubt"), "PAUSED. " + Shortfall.paused(pause)));
        if (report.orders().observes()) {
            html.element("p", List.of("class", "doubt"), "OBSERVING. " + Shortfall.OBSERVING);
        }
        report.gaps().stream()
                .limit(5)
                .forEach(gap -> html.element("p", List.of("class", "doubt"), "Could not read " + gap + "."));
        report.limitations().forEach(limitation -> html.element("p", List.of("class", "doubt"), limitation));
    }

    private void gateways() {
        HtmlTable table = new HtmlTable(
                html,
                "Gateways",
                "Gateway",
                "User",
                "#Workers",
                "#Leaked",
                "#Resident",
                "#Swapped",
                "#Files open",
                "#Limit",
                "#Free FDs",
                "#Clients",
                "#Oldest");
        for (GatewayLine line : report.gateways()) {
            var files = line.gateway().details().openFiles();
            boolean limited = files.isLimited();
            table.row(
                    line.gateway().name(),
                    line.user().orElse(Figures.UNKNOWN),
                    Integer.toString(line.tally().workers()),
                    Integer.toString(line.tally().leaked()),
                    size(line.tally().memory().readable(), line.tally().memory().residentBytes()),
                    size(line.tally().memory().readable(), line.tally().memory().swapBytes()),
                    files.readable() ? Long.toString(files.open()) : Figures.UNKNOWN,
                    limited ? Long.toString(files.softLimit()) : Figures.NONE,
                    limited ? Long.toString(Math.max(0, files.softLimit() - files.open())) : Figures.NONE,
                    line.gateway().clients().countable()
                            ? Integer.toString(line.gateway().clients().attached())
                            : Figures.UNKNOWN,
                    line.tally().workers() == 0
                            ? Figures.NONE
                            : Figures.time(line.tally().oldest()));
        }
        if (table.isEmpty()) {
            html.element("p", "No Hermes gateway runs here, among " + report.processes() + " processes.");
        } else {
            table.write();
        }
    }

    private static String size(boolean readable, long bytes) {
        return readable ? SizeText.spoken(bytes) : Figures.UNKNOWN;
    }

    private void sessions() {
        HtmlTable table = new HtmlTable(
                html, "Sessions", "Session", "#Workers", "#Leaked", "#Memory", "#Oldest", "#Owner", "Why");
        report.sessions().stream()
                .limit(atMost)
                .forEach(session -> table.row(
                        ReportTables.key(session.key()),
                        Integer.toString(session.tally().workers()),
                        Integer.toString(session.tally().leaked()),
                        Figures.size(session.tally().memory()),
                        Figures.time(session.tally().oldest()),
                        session.ownerPid().map(String::valueOf).orElse(Figures.NONE),
                        session.reasons().entrySet().stream()
                                .map(it -> it.getKey() + " " + it.getValue())
                                .collect(Collectors.joining(", "))));
        if (!table.isEmpty()) {
            table.write();
            more(report.sessions().size(), "session");
        }
    }

    private void more(int of, String noun) {
        if (of > atMost) {
            html.element("p", "… and " + Figures.count(of - (long) atMost, "more " + noun) + "; --all shows all.");
        }
    }

    private void workers() {
        List<WorkerLine> leaked =
                report.workers().stream().filter(WorkerLine::isLeaked).toList();
        List<WorkerLine> shown = atMost == Integer.MAX_VALUE ? report.workers() : leaked;
        if (shown.isEmpty()) {
            html.element("p", "No worker is leaked.");
            return;
        }
        HtmlTable table = new HtmlTable(
                html,
                atMost == Integer.MAX_VALUE ? "All workers" : "Leaked workers",
                "#Pid",
                "Session",
                "Verdict",
                "#Age",
                "#Idle",
                "#Memory",
                "Evidence");
        shown.stream()
                .limit(atMost)
                .forEach(worker -> table.row(List.of(
                        () -> html.text(Integer.toString(worker.pid())),
                        () -> html.text(ReportTables.key(worker.sessionKey())),
                        () -> html.text(worker.verdict().decision().word() + " "
                                + worker.verdict().reason().word()),
                        () -> html.text(Figures.time(worker.age())),
                        () -> html.text(worker.idle().map(Figures::time).orElse(Figures.NONE)),
                        () -> html.text(Figures.size(worker.memory())),
                        () -> evidence(worker))));
        table.write();
        more(shown.size(), "worker");
    }

    private void evidence(WorkerLine worker) {
        List<Evidence> evidence = worker.verdict().evidence();
        html.element("details", List.of(), () -> {
            html.element("summary", ReportTables.fact(worker.verdict()));
            html.element(
                    "ul",
                    List.of(),
                    () -> evidence.forEach(fact -> html.element(
                            "li",
                            fact.key() + ": " + fact.value()
                                    + (fact.source().isEmpty() ? "" : " (" + fact.source() + ")"))));
        });
    }

    private void footer() {
        String at = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                .format(ZonedDateTime.ofInstant(report.takenAt(), zone));
        html.element(
                "p",
                "One look by hermes-reaper at " + at + " (" + zone.getId() + "), "
                        + (report.complete() ? "complete." : "incomplete: what could not be read is said above."));
    }
}
