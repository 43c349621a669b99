package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.Ending;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.report.TextTable.Cell;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was ended, as text: what it comes to, the last acts, totals by reason and outcome, and what is missing. Acts are
 * added one by one and only the last {@value #LISTED} are held.
 */
public final class HistoryText {

    /** Acts in the table; all of them count. */
    static final int LISTED = 50;

    /** Regrets whose evidence is shown. */
    private static final int REGRETS = 5;

    private static final int LABEL = 13;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final String hostName;
    private final Optional<Instant> since;
    private final ZoneId zone;
    private final HistoryTotals totals = new HistoryTotals();
    private final Deque<Act> last = new ArrayDeque<>();
    private final Deque<Act> regrets = new ArrayDeque<>();
    private long told;

    /**
     * @param since what the history was asked from; empty for all of it
     * @param zone of the times in the text
     */
    public HistoryText(String hostName, Optional<Instant> since, ZoneId zone) {
        this.hostName = hostName;
        this.since = since;
        this.zone = zone;
    }

    /** Adds an act; oldest first. */
    public void add(Act act) {
        totals.add(act);
        told++;
        keep(act, last, LISTED);
        if (act.ending().outcome().equals(Ending.REGRET)) {
            keep(act, regrets, REGRETS);
        }
    }

    private static void keep(Act act, Deque<Act> newest, int atMost) {
        newest.addLast(act);
        if (newest.size() > atMost) {
            newest.removeFirst();
        }
    }

    /** The text on all that was added. */
    public String render(History.Reading reading, Orders orders, Layout layout) {
        Page page = new Page(layout);
        page.pieces(headline(reading));
        Shortfall.say(page, orders);
        if (!totals.isEmpty()) {
            page.blank().table(acts());
            long earlier = told - last.size();
            if (earlier > 0) {
                page.prose(
                        "… and " + Figures.count(earlier, "earlier act") + ", counted below; --format json lists all");
            }
            if (totals.all().acts() > 0) {
                page.blank().table(reasons());
            }
            page.blank();
            page.labelled(new Cell("outcomes", Style.FAINT), LABEL, outcomes());
            page.labelled(new Cell("times", Style.FAINT), LABEL, "local, " + zone.getId());
            interrupted(page);
            regrets.forEach(regret -> page.labelled(
                    new Cell("REGRET", Style.LEAK),
                    LABEL,
                    regret.identity().pid() + " "
                            + regret.grounds().stream()
                                    .map(ground -> harmless(ground.key() + ": " + ground.value()))
                                    .collect(Collectors.joining("; "))
                            + "."));
        }
        shortfall(page, reading);
        return page.toString();
    }

    private List<Cell> headline(History.Reading reading) {
        List<Cell> pieces = new ArrayList<>(List.of(new Cell(RawText.printable(hostName, 40), Style.TITLE)));
        HistoryTotals.Sum all = totals.all();
        if (totals.isEmpty()) {
            pieces.add(new Cell("NOTHING ON RECORD", Style.DOUBT));
            pieces.add(Cell.of(
                    reading.files() == 0
                            ? "no pass has ended anything: there is no " + path(reading)
                            : since.map(it -> "since " + time(it) + " " + zone.getId())
                                    .orElse("in " + path(reading))));
            return pieces;
        }
        if (all.acts() > 0) {
            pieces.add(new Cell(
                    "ENDED " + all.reaped() + " of " + all.acts(),
                    all.reaped() == all.acts() ? Style.FINE : Style.DOUBT));
            pieces.add(Cell.of("gave back " + size(all.reclaimedBytes())));
        }
        long observed = totals.count(Ending.OBSERVED) + totals.count(Ending.REGRET) + totals.count(Ending.CONFIRMED);
        if (observed > 0) {
            long wrong = totals.count(Ending.REGRET);
            pieces.add(new Cell(
                    "OBSERVED " + totals.count(Ending.OBSERVED) + ", " + Figures.count(wrong, "regret"),
                    wrong > 0 ? Style.LEAK : Style.FINE));
        }
        pieces.add(Cell.of(since.map(it -> "since " + time(it)).orElse("all that is on record")));
        return pieces;
    }

    private TextTable acts() {
        TextTable table = new TextTable(List.of(
                Column.left("WHEN"),
                Column.right("PID"),
                Column.left("OUTCOME"),
                Column.left("SIGNALS").droppedAs(3),
                Column.right("TOOK").droppedAs(4),
                Column.right("FREED").droppedAs(2),
                Column.left("SESSION").middleCutTo(10).droppedAs(1),
                Column.left("WHY").cutTo(12)));
        for (Act act : last) {
            Ending ending = act.ending();
            boolean signalled = !ending.signals().isEmpty();
            table.add(List.of(
                    Cell.of(time(act.at())),
                    Cell.of(act.identity().pid()),
                    outcome(ending),
                    Cell.of(signalled ? harmless(String.join(",", ending.signals())) : Figures.NONE),
                    Cell.of(signalled ? Figures.time(ending.took()) : Figures.NONE),
                    Cell.of(ending.isReaped() ? Figures.size(ending.memory()) : Figures.NONE),
                    Cell.of(ReportTables.key(Optional.of(act.sessionKey()).filter(key -> !key.isEmpty()))),
                    Cell.of(why(act))));
        }
        return table;
    }

    private static Cell outcome(Ending ending) {
        boolean left = ending.outcome().equals(Outcome.SURVIVED.word())
                || ending.outcome().equals(Outcome.NOT_PERMITTED.word())
                || ending.outcome().equals(Ending.REGRET);
        return new Cell(harmless(ending.outcome()), ending.isReaped() ? Style.FINE : left ? Style.LEAK : Style.DOUBT);
    }

    private static String why(Act act) {
        String reason = harmless(act.reason());
        if (!act.ending().detail().isEmpty()) {
            return reason + ", but " + harmless(act.ending().detail());
        }
        return act.grounds().stream()
                .filter(ground -> ground.key().equals("verdict") || ground.key().equals("worked"))
                .findFirst()
                .map(Ground::value)
                .map(fact -> reason + ": " + harmless(fact))
                .orElse(reason);
    }

    private TextTable reasons() {
        TextTable table = new TextTable(List.of(
                Column.left("REASON"), Column.right("ENDED"), Column.right("NOT ENDED"), Column.right("FREED")));
        totals.byReason()
                .forEach((reason, sum) -> table.add(List.of(
                        Cell.of(harmless(reason)),
                        Cell.of(sum.reaped()),
                        Cell.of(sum.acts() - sum.reaped()),
                        Cell.of(sum.reaped() == 0 ? Figures.NONE : size(sum.reclaimedBytes())))));
        return table;
    }

    private String outcomes() {
        return totals.byOutcome().entrySet().stream()
                .map(it -> it.getValue() + " " + harmless(it.getKey()))
                .collect(Collectors.joining(", "));
    }

    private void interrupted(Page page) {
        long interrupted = totals.byOutcome().getOrDefault(Ending.INTERRUPTED, 0L);
        if (interrupted > 0) {
            page.labelled(
                    new Cell("INTERRUPTED", Style.DOUBT),
                    LABEL,
                    Figures.count(interrupted, "act")
                            + " without an outcome on record: the pass was killed before it, or the line is lost. What"
                            + " was still leaked then was judged afresh by the next pass.");
        }
    }

    private static void shortfall(Page page, History.Reading reading) {
        if (reading.damagedLines() > 0) {
            page.labelled(
                    new Cell("DAMAGED", Style.DOUBT),
                    LABEL,
                    Figures.count(reading.damagedLines(), "line") + " of " + path(reading)
                            + " and the files rotated from it cannot be believed (cut by a crash, or changed) and "
                            + (reading.damagedLines() == 1 ? "is" : "are") + " left out.");
        }
        if (reading.newerLines() > 0) {
            page.labelled(
                    new Cell("NEWER", Style.DOUBT),
                    LABEL,
                    Figures.count(reading.newerLines(), "line") + " of " + path(reading)
                            + " were written by a newer version of hermes-reaper and are left out.");
        }
        reading.problems()
                .forEach(problem ->
                        page.labelled(new Cell("UNREAD", Style.DOUBT), LABEL, RawText.printable(problem, 400)));
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private static String size(long bytes) {
        return Figures.size(new MemoryUse(true, bytes, 0));
    }

    private static String path(History.Reading reading) {
        return RawText.printable(reading.file().toString(), 400);
    }

    /** What was printable when it was written, unless somebody else wrote it. */
    private static String harmless(String written) {
        return RawText.isPrintable(written) ? written : RawText.printable(written);
    }
}
