package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.report.TextTable.Cell;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a sweep did, as text: what it comes to, one line for every process, what is left, and what to do about that. */
public final class SweepText {

    private final SweepResult result;
    private final Page page;

    private SweepText(SweepResult result, Layout layout) {
        this.result = result;
        this.page = new Page(layout);
    }

    /**
     * The whole result.
     *
     * @param limitations what the host says is degraded
     */
    public static String render(SweepResult result, List<String> limitations, Layout layout) {
        return new SweepText(result, layout).render(limitations);
    }

    /** The shortest time any process still waits; empty if none does. */
    static Optional<Duration> nextDue(SweepResult result) {
        return result.verdicts().stream()
                .flatMap(verdict -> verdict.pending().stream())
                .map(pending -> pending.remaining().isNegative() ? Duration.ZERO : pending.remaining())
                .min(Comparator.naturalOrder());
    }

    private String render(List<String> limitations) {
        Look look = result.judgement().look();
        headline();
        Shortfall.say(page, result.pause());
        Shortfall.say(page, look.self(), result.judgement().blindness(), look.gaps(), limitations);
        if (!result.reapings().isEmpty()) {
            page.blank().table(table()).blank();
            problems();
            left("waiting", waiting());
        }
        if (!result.reapings().isEmpty() || result.count(Decision.REPORT) > 0) {
            left("reported", byReason(Decision.REPORT));
            UnattendedChats.say(page, look.gateways(), look.workers(), result.verdicts());
        }
        if (!result.reapings().isEmpty()) {
            left("kept", byReason(Decision.KEEP));
        }
        return page.toString();
    }

    private void headline() {
        Cell host = new Cell(RawText.printable(result.judgement().look().self().hostName(), 40), Style.TITLE);
        List<Reaping> reapings = result.reapings();
        if (reapings.isEmpty()) {
            page.pieces(nothing(host));
            return;
        }
        List<Reaping> unsignalled = reapings.stream()
                .filter(it -> it.outcome() == Outcome.DRY_RUN || it.outcome() == Outcome.OBSERVED)
                .toList();
        if (result.request().dryRun() || !unsignalled.isEmpty()) {
            boolean dry = result.request().dryRun();
            page.pieces(List.of(
                    host,
                    new Cell(dry ? "DRY RUN" : "OBSERVING", Style.DOUBT),
                    Cell.of("nobody was signalled"),
                    Cell.of(unsignalled.size() + (dry ? " would be ended" : " would have been ended")),
                    Cell.of("they hold " + Figures.sizeInParts(memory(unsignalled)))));
            return;
        }
        if (result.isHeldBack()) {
            page.pieces(List.of(
                    host,
                    new Cell("PAUSED", Style.DOUBT),
                    Cell.of("nobody was signalled"),
                    Cell.of(reapings.size() + " would have been ended"),
                    Cell.of("they hold " + Figures.sizeInParts(memory(reapings)))));
            return;
        }
        boolean left = result.isLeakLeft();
        page.pieces(List.of(
                host,
                new Cell("ENDED " + result.reaped() + " of " + reapings.size(), left ? Style.LEAK : Style.FINE),
                Cell.of("gave back " + Figures.size(new MemoryUse(true, result.reclaimedBytes(), 0))),
                Cell.of("took " + Figures.time(result.took()))));
    }

    private List<Cell> nothing(Cell host) {
        List<Cell> pieces = new ArrayList<>(List.of(host, status()));
        if (result.verdicts().isEmpty()) {
            pieces.add(Cell.of(
                    result.request().sessions().isEmpty() ? "no slash worker" : "no slash worker of that session"));
        } else {
            pieces.add(Cell.of(result.count(Decision.KEEP) + " kept"));
        }
        if (result.count(Decision.WAIT) > 0) {
            pieces.add(Cell.of(waiting()));
        }
        if (result.count(Decision.REPORT) > 0) {
            pieces.add(Cell.of(result.count(Decision.REPORT) + " leaked but only reported"));
        }
        return pieces;
    }

    /** Of a sweep that ended nothing: that is good news only where everything was seen and no leak waits. */
    private Cell status() {
        if (result.judgement().isBlind()) {
            return new Cell("BLIND", Style.LEAK);
        }
        if (!result.judgement().look().isComplete()) {
            return new Cell("INCOMPLETE", Style.DOUBT);
        }
        return result.count(Decision.WAIT) > 0
                ? new Cell("NOTHING DUE YET", Style.DOUBT)
                : new Cell("NOTHING TO END", Style.FINE);
    }

    private TextTable table() {
        boolean families =
                result.reapings().stream().anyMatch(it -> !it.descendants().isEmpty());
        List<Column> columns = new ArrayList<>(List.of(
                Column.right("PID"),
                Column.left("OUTCOME"),
                Column.left("SIGNALS").droppedAs(3),
                Column.right("TOOK").droppedAs(4),
                Column.right("MEMORY").droppedAs(2)));
        if (families) {
            columns.add(Column.left("BELOW").cutTo(8).droppedAs(5));
        }
        columns.add(Column.left("SESSION").middleCutTo(14));
        columns.add(Column.left("WHY").cutTo(16));
        TextTable table = new TextTable(columns);
        for (Reaping reaping : result.reapings()) {
            Verdict verdict = reaping.verdict();
            boolean signalled = !reaping.signals().isEmpty();
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.of(verdict.identity().pid()),
                    outcome(reaping.outcome()),
                    Cell.of(signalled ? signals(reaping) : Figures.NONE),
                    Cell.of(signalled ? Figures.time(reaping.took()) : Figures.NONE),
                    Cell.of(Figures.size(reaping.memory()))));
            if (families) {
                row.add(Cell.of(
                        counted(reaping.descendants(), it -> it.outcome().word())));
            }
            row.add(Cell.of(ReportTables.key(Optional.of(verdict.sessionKey()).filter(key -> !key.isEmpty()))));
            row.add(Cell.of(why(reaping)));
            table.add(row);
        }
        return table;
    }

    private static String signals(Reaping reaping) {
        return reaping.signals().stream().map(Signal::name).collect(Collectors.joining(","));
    }

    private static Cell outcome(Outcome outcome) {
        return new Cell(outcome.word(), outcome.isReaped() ? Style.FINE : outcome.isLeft() ? Style.LEAK : Style.DOUBT);
    }

    /** Why it had to be ended, or what came between. */
    private static String why(Reaping reaping) {
        String reason = reaping.verdict().reason().word();
        String fact = ReportTables.fact(reaping.verdict());
        if (!reaping.detail().isEmpty()) {
            return reason + ", but " + RawText.printable(reaping.detail());
        }
        return fact.isEmpty() ? reason : reason + ": " + fact;
    }

    private void problems() {
        List<Integer> survived = pids(Outcome.SURVIVED);
        if (!survived.isEmpty()) {
            problem(
                    "SURVIVED",
                    named(survived)
                            + " outlived SIGKILL: the kernel holds them, mostly in a read or write that does not"
                            + " return. ps -o pid,stat,wchan -p " + survived.get(0)
                            + " shows where; they go when that ends. Tried again in a minute, then after twice as long"
                            + " each time, an hour at most.");
        }
        List<Integer> refused = pids(Outcome.NOT_PERMITTED);
        if (!refused.isEmpty()) {
            problem(
                    "REFUSED",
                    named(refused) + " may not be signalled by this user: run hermes-reaper as root or as theirs.");
        }
        List<Reaping> deferred = result.reapings().stream()
                .filter(reaping -> reaping.outcome() == Outcome.DEFERRED)
                .toList();
        if (!deferred.isEmpty() && result.pause().isEmpty()) {
            problem(
                    "DEFERRED",
                    "not tried in this pass: " + counted(deferred, reaping -> RawText.printable(reaping.detail())));
        }
        List<Integer> below = result.reapings().stream()
                .flatMap(reaping -> reaping.descendants().stream())
                .filter(it -> it.outcome().isLeft() || it.outcome() == Outcome.SPARED)
                .map(it -> it.process().pid())
                .toList();
        if (!below.isEmpty()) {
            problem(
                    "BELOW",
                    named(below) + " ran below an ended worker and " + (below.size() == 1 ? "is" : "are")
                            + " left; hermes-reaper explain " + below.get(0) + " says what it is.");
        }
    }

    private void problem(String label, String words) {
        page.labelled(new Cell(label, Style.LEAK), 12, words);
    }

    private List<Integer> pids(Outcome outcome) {
        return result.reapings().stream()
                .filter(reaping -> reaping.outcome() == outcome)
                .map(reaping -> reaping.verdict().identity().pid())
                .toList();
    }

    private static String named(List<Integer> pids) {
        return pids.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))
                + (pids.size() > 10 ? " and " + (pids.size() - 10) + " more" : "");
    }

    private void left(String label, String words) {
        if (!words.isEmpty()) {
            page.labelled(new Cell(label, Style.FAINT), 12, words);
        }
    }

    private String waiting() {
        long waiting = result.count(Decision.WAIT);
        return waiting == 0
                ? ""
                : waiting + (waiting == 1 ? " waits" : " wait") + ", the next is due in "
                        + Figures.time(nextDue(result).orElse(Duration.ZERO));
    }

    private String byReason(Decision decision) {
        List<Reason> reasons = result.verdicts().stream()
                .filter(verdict -> verdict.decision() == decision)
                .map(Verdict::reason)
                .sorted()
                .toList();
        boolean one = reasons.stream().distinct().count() < 2;
        return reasons.isEmpty() ? "" : (one ? "" : reasons.size() + ": ") + counted(reasons, Reason::word);
    }

    /** {@code 2 exited, 1 killed}. */
    private static <T> String counted(List<T> things, Function<T, String> word) {
        Map<String, Long> counts =
                things.stream().collect(Collectors.groupingBy(word, TreeMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? Figures.NONE
                : counts.entrySet().stream()
                        .map(it -> it.getValue() + " " + it.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static MemoryUse memory(List<Reaping> reapings) {
        return reapings.stream().map(Reaping::memory).reduce(MemoryUse.UNREADABLE, MemoryUse::plus);
    }
}
