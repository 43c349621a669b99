package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.report.TextTable.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables of a leak report. */
final class ReportTables {

    private static final int KEY = 14;

    /** From this share of its limit on, a gateway's open files stand out: each new worker takes some. */
    private static final double SCARCE = 0.9;

    private ReportTables() {}

    /** One line of the gateway table: a gateway, or the workers that have none. */
    private record Owner(String name, Tally tally, Optional<OpenFiles> files, String clients) {

        static final Comparator<Owner> WORST_FIRST = Comparator.comparingInt(
                        (Owner owner) -> owner.tally().leaked())
                .thenComparingLong(owner -> owner.tally().memory().totalBytes())
                .reversed();
    }

    /** Gateways, worst first, and a line each for workers nobody owns, of unknown owner, or owned by no gateway. */
    static TextTable gateways(LeakReport report) {
        List<Owner> owners = new ArrayList<>(
                report.gateways().stream().map(ReportTables::gateway).toList());
        Set<ProcessIdentity> known =
                report.gateways().stream().map(it -> it.gateway().identity()).collect(Collectors.toSet());
        Map<String, List<WorkerLine>> others = new HashMap<>();
        report.workers().stream()
                .filter(worker -> worker.owner()
                        .filter(owner -> known.contains(owner.identity()))
                        .isEmpty())
                .forEach(worker -> others.computeIfAbsent(owner(worker), it -> new ArrayList<>())
                        .add(worker));
        others.forEach(
                (name, workers) -> owners.add(new Owner(name, Tally.of(workers), Optional.empty(), Figures.NONE)));
        owners.sort(Owner.WORST_FIRST);
        TextTable table = new TextTable(List.of(
                Column.left("GATEWAY").cutTo(16),
                Column.right("WORKERS"),
                Column.right("LEAKED"),
                Column.right("MEMORY"),
                Column.right("SWAPPED").droppedAs(5),
                Column.right("FILES").droppedAs(1),
                Column.right("FREE FDS").droppedAs(4),
                Column.right("CLIENTS").droppedAs(2),
                Column.right("OLDEST").droppedAs(3)));
        owners.forEach(owner -> table.add(List.of(
                Cell.of(owner.name()),
                Cell.of(owner.tally().workers()),
                leaked(owner.tally()),
                Cell.of(Figures.size(owner.tally().memory())),
                Cell.of(Figures.swapped(owner.tally().memory())),
                files(owner.files(), Figures::files),
                files(owner.files(), Figures::filesLeft),
                Cell.of(owner.clients()),
                oldest(owner.tally()))));
        return table;
    }

    private static Cell files(Optional<OpenFiles> files, Function<OpenFiles, String> words) {
        boolean scarce = files.filter(it -> it.isLimited() && it.open() >= SCARCE * it.softLimit())
                .isPresent();
        return new Cell(files.map(words).orElse(Figures.NONE), scarce ? Style.LEAK : Style.PLAIN);
    }

    private static Owner gateway(GatewayLine line) {
        return new Owner(
                line.gateway().name()
                        + line.user()
                                .map(user -> " (" + RawText.printable(user) + ")")
                                .orElse(""),
                line.tally(),
                Optional.of(line.gateway().details().openFiles()),
                line.gateway().clients().countable()
                        ? Integer.toString(line.gateway().clients().attached())
                        : Figures.UNKNOWN);
    }

    private static String owner(WorkerLine worker) {
        return switch (worker.worker().ownership().kind()) {
            case OWNED ->
                worker.owner()
                        .map(owner -> "process " + owner.pid() + " (" + RawText.printable(owner.comm()) + ")")
                        .orElse(Figures.UNKNOWN);
            case UNOWNED -> "(no owner)";
            case UNKNOWN -> "owner unknown";
        };
    }

    /** The first {@code atMost} sessions; owner and home only where there is more than one. */
    static TextTable sessions(LeakReport report, int atMost) {
        List<SessionLine> sessions = report.sessions();
        boolean owners = sessions.stream().map(SessionLine::ownerPid).distinct().count() > 1;
        boolean homes = sessions.stream()
                        .flatMap(session -> session.home().stream())
                        .distinct()
                        .count()
                > 1;
        List<Column> columns = new ArrayList<>(List.of(
                Column.left("SESSION").middleCutTo(KEY),
                Column.right("WORKERS"),
                Column.right("LEAKED"),
                Column.right("MEMORY").droppedAs(1),
                Column.right("OLDEST").droppedAs(2)));
        if (owners) {
            columns.add(Column.right("OWNER").droppedAs(3));
        }
        if (homes) {
            columns.add(Column.left("HOME").middleCutTo(12).droppedAs(4));
        }
        columns.add(Column.left("WHY").cutTo(10));
        TextTable table = new TextTable(columns);
        sessions.stream().limit(atMost).forEach(session -> {
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.of(key(session.key())),
                    Cell.of(session.tally().workers()),
                    leaked(session.tally()),
                    Cell.of(Figures.size(session.tally().memory())),
                    oldest(session.tally())));
            if (owners) {
                row.add(Cell.of(pid(session.ownerPid())));
            }
            if (homes) {
                row.add(Cell.of(session.home().map(RawText::printable).orElse(Figures.UNKNOWN)));
            }
            row.add(Cell.of(why(session)));
            table.add(row);
        });
        return table;
    }

    private static String why(SessionLine session) {
        Map<String, Integer> reasons = session.reasons();
        return switch (reasons.size()) {
            case 0 -> Figures.NONE;
            case 1 -> reasons.keySet().iterator().next();
            default ->
                reasons.entrySet().stream()
                        .map(it -> it.getKey() + " " + it.getValue())
                        .collect(Collectors.joining(", "));
        };
    }

    /** Every worker, in the order of the sessions; the user only where there is more than one. */
    static TextTable workers(LeakReport report) {
        boolean users =
                report.workers().stream().map(WorkerLine::user).distinct().count() > 1;
        List<Column> columns = new ArrayList<>(List.of(
                Column.right("PID"),
                Column.left("SESSION").middleCutTo(KEY),
                Column.right("OWNER").droppedAs(3),
                Column.right("AGE").droppedAs(2),
                Column.right("IDLE").droppedAs(4),
                Column.right("MEMORY").droppedAs(1)));
        if (users) {
            columns.add(Column.left("USER").cutTo(4).droppedAs(5));
        }
        columns.add(Column.left("VERDICT").cutTo(15));
        columns.add(Column.left("WHY").cutTo(20).droppedAs(6));
        TextTable table = new TextTable(columns);
        report.sessions().stream()
                .flatMap(session -> session.workers().stream())
                .forEach(worker -> {
                    List<Cell> row = new ArrayList<>(List.of(
                            Cell.of(worker.pid()),
                            Cell.of(key(worker.sessionKey())),
                            Cell.of(pid(worker.ownerPid())),
                            Cell.of(Figures.time(worker.age())),
                            Cell.of(worker.idle().map(Figures::time).orElse(Figures.NONE)),
                            Cell.of(Figures.size(worker.memory()))));
                    if (users) {
                        row.add(Cell.of(worker.user().map(RawText::printable).orElse(Figures.UNKNOWN)));
                    }
                    row.add(verdict(worker.verdict()));
                    row.add(Cell.of(fact(worker.verdict())));
                    table.add(row);
                });
        return table;
    }

    /** A session key as it may be printed. */
    static String key(Optional<String> key) {
        return key.map(RawText::printable).orElse("(no key)");
    }

    /** The fact a verdict rests on, as the judge put it. */
    static String fact(Verdict verdict) {
        return verdict.evidence().stream()
                .filter(it -> it.key().equals("verdict"))
                .findFirst()
                .map(Evidence::value)
                .orElse("");
    }

    static Cell verdict(Verdict verdict) {
        String words = verdict.decision().word() + " " + verdict.reason().word();
        return new Cell(words, verdict.decision().isLeak() ? Style.LEAK : Style.PLAIN);
    }

    private static String pid(Optional<Integer> pid) {
        return pid.map(it -> Integer.toString(it)).orElse(Figures.NONE);
    }

    private static Cell leaked(Tally tally) {
        return new Cell(Integer.toString(tally.leaked()), tally.leaked() > 0 ? Style.LEAK : Style.PLAIN);
    }

    private static Cell oldest(Tally tally) {
        return Cell.of(tally.workers() == 0 ? Figures.NONE : Figures.time(tally.oldest()));
    }
}
