package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.SizeText;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.report.TextTable.Cell;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A leak report as text: first what it comes to, then where, then what to do. */
public final class ReportText {

    /** Lines of a table, unless all are asked for. */
    private static final int SHOWN = 20;

    private final LeakReport report;
    private final boolean all;
    private final Page page;

    private final Past past;

    private ReportText(LeakReport report, Past past, Layout layout, boolean all) {
        this.report = report;
        this.past = past;
        this.all = all;
        this.page = new Page(layout);
    }

    /**
     * The whole report.
     *
     * @param all every gateway, session and worker, not only the worst
     */
    public static String render(LeakReport report, Layout layout, boolean all) {
        return render(report, Past.NONE, layout, all);
    }

    /**
     * The whole report with what is known beside it.
     *
     * @param all every gateway, session and worker, not only the worst
     */
    public static String render(LeakReport report, Past past, Layout layout, boolean all) {
        return new ReportText(report, past, layout, all).render();
    }

    private String render() {
        headline();
        Shortfall.say(page, report.orders());
        Shortfall.say(page, report.self(), report.blindness(), report.gaps(), report.limitations());
        if (!report.gateways().isEmpty() || !report.workers().isEmpty()) {
            int atMost = all ? Integer.MAX_VALUE : SHOWN;
            TextTable gateways = ReportTables.gateways(report);
            int more = gateways.keepFirst(atMost);
            page.blank().table(gateways);
            if (more > 0) {
                page.prose("… and " + Figures.count(more, "more gateway"));
            }
            sessions(atMost);
            remarks();
        }
        new PastText(page, ZoneId.systemDefault()).say(past);
        next();
        return page.toString();
    }

    /** What it comes to, in one line, or two on a narrow screen. */
    static String headline(LeakReport report, Layout layout) {
        ReportText text = new ReportText(report, Past.NONE, layout, false);
        text.headline();
        return text.page.toString();
    }

    private void headline() {
        Tally totals = report.totals();
        String name = RawText.printable(report.self().hostName(), 40);
        Cell status = status(report);
        String workers = Figures.count(totals.workers(), "slash worker") + dead();
        List<Cell> pieces = new ArrayList<>(List.of(new Cell(name, Style.TITLE), status));
        if (report.isLeaking()) {
            pieces.add(new Cell(totals.leaked() + " of " + workers, Style.TITLE));
            if (totals.leaked() > 0) {
                pieces.add(memory(totals.leakedMemory(), pieces));
            }
            long entries =
                    report.gateways().stream().filter(GatewayLine::isLeaked).count();
            if (entries > 0) {
                pieces.add(Cell.of(Figures.count(entries, "entry gateway")));
            }
        } else if (totals.workers() > 0) {
            pieces.add(Cell.of(workers));
            if (totals.memory().readable()) {
                pieces.add(memory(totals.memory(), pieces));
            }
        } else if (report.isUnjudged()) {
            pieces.add(Cell.of("no slash worker of ours"));
            pieces.add(Cell.of(report.workers().size() + " of other users not judged"));
            pieces.add(Cell.of("[reap] users does not name them"));
        } else {
            String gateways = report.gateways().isEmpty()
                    ? "no Hermes gateway and no slash worker"
                    : "no slash worker, " + Figures.count(report.gateways().size(), "gateway") + ",";
            pieces.add(Cell.of(gateways + " among " + report.processes() + " processes"));
        }
        page.pieces(pieces);
    }

    private Cell memory(MemoryUse memory, List<Cell> before) {
        String full = Figures.sizeInParts(memory);
        int taken = before.stream().mapToInt(it -> Cells.width(it.text()) + 3).sum();
        return Cell.of(taken + Cells.width(full) <= page.columns() ? full : Figures.size(memory));
    }

    /** What it comes to, in a word or two. */
    static Cell status(LeakReport report) {
        if (report.blind()) {
            return new Cell("BLIND", Style.LEAK);
        }
        if (report.isLeaking()) {
            return new Cell("LEAKING", Style.LEAK);
        }
        if (report.isUnjudged()) {
            return new Cell("NOT JUDGED", Style.DOUBT);
        }
        return report.complete() ? new Cell("HEALTHY", Style.FINE) : new Cell("INCOMPLETE", Style.DOUBT);
    }

    private void sessions(int atMost) {
        if (report.workers().isEmpty()) {
            return;
        }
        page.blank().table(ReportTables.sessions(report, atMost));
        List<SessionLine> rest = report.sessions().stream().skip(atMost).toList();
        if (!rest.isEmpty()) {
            int leaked = rest.stream().mapToInt(it -> it.tally().leaked()).sum();
            page.prose("… and " + Figures.count(rest.size(), "more session") + " with " + leaked + " leaked");
        }
        if (all) {
            page.blank().table(ReportTables.workers(report));
        }
    }

    private void remarks() {
        page.blank();
        List<Verdict> verdicts = new ArrayList<>(
                report.workers().stream().map(WorkerLine::verdict).toList());
        report.gateways().forEach(gateway -> gateway.verdict().ifPresent(verdicts::add));
        deserted();
        waiting(verdicts);
        reportedOnly(verdicts);
        UnattendedChats.say(
                page,
                report.gateways().stream().map(GatewayLine::gateway).toList(),
                report.workers().stream().map(WorkerLine::worker).toList(),
                verdicts);
        zombies();
        strangers();
        machine();
    }

    private void deserted() {
        List<GatewayLine> leaked =
                report.gateways().stream().filter(GatewayLine::isLeaked).toList();
        if (!leaked.isEmpty()) {
            page.prose(Figures.count(leaked.size(), "entry gateway")
                    + " that nobody is left to speak to: "
                    + leaked.stream()
                            .limit(SHOWN)
                            .map(it -> it.pid() + " ("
                                    + it.verdict().map(v -> v.decision().word()).orElse("") + ")")
                            .collect(Collectors.joining(", "))
                    + (leaked.size() > SHOWN ? ", …" : "") + ".");
        }
    }

    private void waiting(List<Verdict> verdicts) {
        List<Duration> waits = verdicts.stream()
                .flatMap(verdict -> verdict.pending().stream())
                .map(Verdict.Pending::remaining)
                .toList();
        waits.stream()
                .min(Comparator.naturalOrder())
                .ifPresent(shortest -> page.prose(waits.size()
                        + (waits.size() == 1
                                ? " of the leaked waits, it is due in "
                                : " of the leaked wait, the next is due in ")
                        + Figures.time(shortest) + "."));
    }

    private void reportedOnly(List<Verdict> verdicts) {
        verdicts.stream()
                .filter(verdict -> verdict.decision() == Decision.REPORT && !UnattendedChats.isChain(verdict))
                .collect(Collectors.groupingBy(Verdict::reason, TreeMap::new, Collectors.counting()))
                .forEach((reason, count) -> page.prose(count + " leaked as " + reason.word()
                        + " will not be ended: [judge] " + reason.word().replace('-', '_') + " = \"report\"."));
    }

    /** Dead ones are workers in the table of processes, but nobody would count them. */
    private String dead() {
        long dead = report.workers().stream()
                .filter(worker -> worker.isOurs() && isDead(worker))
                .count();
        return dead == 0 ? "" : ", " + dead + " of them dead";
    }

    private void zombies() {
        List<WorkerLine> dead =
                report.workers().stream().filter(ReportText::isDead).toList();
        if (!dead.isEmpty()) {
            String parents = dead.stream()
                    .map(it -> it.worker().process().parentPid())
                    .distinct()
                    .sorted()
                    .limit(SHOWN)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            page.prose("The dead hold no memory; they vanish once their parent collects them, or ends: process "
                    + parents + ".");
        }
    }

    private static boolean isDead(WorkerLine worker) {
        return worker.verdict().reason() == Reason.ZOMBIE;
    }

    private void strangers() {
        List<WorkerLine> others =
                report.workers().stream().filter(worker -> !worker.isOurs()).toList();
        if (!others.isEmpty()) {
            String users = others.stream()
                    .map(worker -> worker.user().map(RawText::printable).orElse(Figures.UNKNOWN))
                    .distinct()
                    .sorted()
                    .limit(SHOWN)
                    .collect(Collectors.joining(", "));
            page.prose(Figures.count(others.size(), "worker") + " of other users (" + users
                    + "), listed but not counted above; see [reap] users.");
        }
    }

    private void machine() {
        HostMemory memory = report.memory();
        if (report.isLeaking() && memory.readable()) {
            page.prose("This machine has " + SizeText.spoken(memory.totalBytes()) + ", "
                    + SizeText.spoken(memory.availableBytes()) + " available"
                    + (memory.swapTotalBytes() == 0
                            ? "."
                            : "; swap " + SizeText.spoken(memory.swapUsedBytes()) + " of "
                                    + SizeText.spoken(memory.swapTotalBytes()) + " used."));
        }
    }

    private void next() {
        Optional<WorkerLine> example =
                leaked(Decision.REAP).or(() -> leaked(Decision.WAIT)).or(() -> leaked(Decision.REPORT));
        List<String> commands = new ArrayList<>();
        boolean ends = report.isLeaking()
                && example.filter(it -> it.verdict().decision() != Decision.REPORT)
                        .isPresent();
        if (ends || report.gateways().stream().anyMatch(GatewayLine::isLeaked)) {
            commands.add("hermes-reaper sweep --dry-run   what would be ended");
        }
        example.ifPresent(worker -> commands.add("hermes-reaper explain " + worker.pid() + "   why"));
        if (!report.isLeaking() && !all && !report.workers().isEmpty()) {
            commands.add("hermes-reaper report --all   every worker");
        }
        String inOne = "Next: " + String.join("      ", commands);
        if (commands.isEmpty()) {
            return;
        }
        if (Cells.width(inOne) <= page.columns()) {
            page.pieces(List.of(Cell.of(inOne)));
            return;
        }
        String label = "Next: ";
        for (String command : commands) {
            page.pieces(List.of(Cell.of(label + command)));
            label = "      ";
        }
    }

    private Optional<WorkerLine> leaked(Decision decision) {
        return report.sessions().stream()
                .flatMap(session -> session.workers().stream())
                .filter(worker -> worker.verdict().decision() == decision)
                .findFirst();
    }
}
