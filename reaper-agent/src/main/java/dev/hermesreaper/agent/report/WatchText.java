package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.report.TextTable.Cell;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A leak report as one screen: as many lines as the screen has and no more, what matters most first, and how much is not
 * shown. The numbers are those of {@link ReportText}.
 */
public final class WatchText {

    private static final Comparator<WorkerLine> SOONEST_FIRST = Comparator.comparing(
                    (WorkerLine line) -> rank(line.verdict().decision()))
            .thenComparing(line -> remaining(line.verdict()).orElse(Duration.ZERO))
            .thenComparing(WorkerLine::age, Comparator.reverseOrder())
            .thenComparing(WorkerLine::pid);

    private final LeakReport report;
    private final Layout layout;
    private final int columns;
    private final int rows;

    private WatchText(LeakReport report, int columns, int rows, Layout layout) {
        this.report = report;
        this.columns = columns;
        this.rows = rows;
        this.layout = layout;
    }

    /**
     * The lines of the screen, from its top.
     *
     * @param columns of the screen
     * @param rows of the screen
     * @param footer the last line: what can be typed
     */
    public static List<String> render(
            LeakReport report, int columns, int rows, String footer, boolean colour, boolean unicode) {
        // No layout is narrower than 60; on a narrower screen lines are cut, and a cut escape sequence would do harm.
        Layout layout = new Layout(columns, colour && columns >= 60, unicode);
        return new WatchText(report, columns, Math.max(1, rows), layout).render(footer);
    }

    private List<String> render(String footer) {
        Page top = new Page(layout);
        Shortfall.say(top, report.orders());
        Shortfall.say(top, report.self(), report.blindness(), report.gaps(), List.of());
        List<String> lines =
                new ArrayList<>(ReportText.headline(report, layout).lines().toList());
        top.toString().lines().limit(Math.max(0, rows / 4)).forEach(lines::add);
        int left = rows - lines.size() - 1;
        List<WorkerLine> workers = report.workers();
        if (!report.gateways().isEmpty() || !workers.isEmpty()) {
            int part = Math.max(1, left / 4 - 2);
            TextTable gateways = ReportTables.gateways(report);
            add(lines, gateways, part, "gateway");
            if (!workers.isEmpty()) {
                TextTable sessions = ReportTables.sessions(report, part);
                add(lines, sessions, part, "session", report.sessions().size() - part);
                workers(lines, rows - lines.size() - 4);
            }
        }
        while (lines.size() < rows - 1) {
            lines.add("");
        }
        List<String> screen = new ArrayList<>(lines.subList(0, rows - 1));
        screen.add(layout.paint(Style.FAINT, layout.shown(Cells.cut(footer, columns))));
        return screen.stream().map(this::fitted).toList();
    }

    private String fitted(String line) {
        return layout.colour() ? line : Cells.cut(line, columns);
    }

    private void add(List<String> lines, TextTable table, int atMost, String noun) {
        int more = table.keepFirst(atMost);
        add(lines, table, atMost, noun, more);
    }

    private void add(List<String> lines, TextTable table, int atMost, String noun, int more) {
        table.keepFirst(atMost);
        lines.add("");
        lines.addAll(table.lines(layout));
        if (more > 0) {
            lines.add(layout.shown("… and " + Figures.count(more, "more " + noun)));
        }
    }

    private void workers(List<String> lines, int atMost) {
        if (atMost < 1) {
            return;
        }
        TextTable table = new TextTable(List.of(
                Column.right("PID"),
                Column.left("VERDICT").cutTo(12),
                Column.right("DUE IN"),
                Column.left("SESSION").middleCutTo(14),
                Column.right("OWNER").droppedAs(3),
                Column.right("AGE").droppedAs(2),
                Column.right("IDLE").droppedAs(4),
                Column.right("MEMORY").droppedAs(1),
                Column.left("WHY").cutTo(10).droppedAs(5)));
        report.workers().stream().sorted(SOONEST_FIRST).limit(atMost).forEach(line -> table.add(row(line)));
        add(lines, table, atMost, "worker", report.workers().size() - atMost);
    }

    private static List<Cell> row(WorkerLine line) {
        Verdict verdict = line.verdict();
        String due =
                verdict.isReap() ? "now" : remaining(verdict).map(Figures::time).orElse(Figures.NONE);
        return List.of(
                Cell.of(line.pid()),
                ReportTables.verdict(verdict),
                Cell.of(due),
                Cell.of(ReportTables.key(line.sessionKey())),
                Cell.of(line.ownerPid().map(String::valueOf).orElse(Figures.NONE)),
                Cell.of(Figures.time(line.age())),
                Cell.of(line.idle().map(Figures::time).orElse(Figures.NONE)),
                Cell.of(Figures.size(line.memory())),
                Cell.of(ReportTables.fact(verdict)));
    }

    private static int rank(Decision decision) {
        return switch (decision) {
            case REAP -> 0;
            case WAIT -> 1;
            case REPORT -> 2;
            case KEEP -> 3;
        };
    }

    private static Optional<Duration> remaining(Verdict verdict) {
        return verdict.pending().map(Verdict.Pending::remaining).map(it -> it.isNegative() ? Duration.ZERO : it);
    }

    /** What can be typed, how often it looks, and whether a service ends what is shown here. */
    public static String footer(LeakReport report, Duration interval, Optional<ServiceState> service) {
        String life = service.filter(it -> it.life() != ServiceState.Life.NONE)
                .map(it -> "   service " + it.life().word())
                .orElse("   no service");
        return "q quits   space looks again   every " + DurationText.format(interval) + life + "   "
                + report.takenAt().truncatedTo(ChronoUnit.SECONDS);
    }
}
