package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Gate;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.report.TextTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why one process is treated as it is, as text: the verdict, what it rests on, every question asked, what would change it. */
public final class ExplainText {

    /** From this width on, sources stand in a column of their own if they fit there, else after what they say. */
    private static final int WIDE = 90;

    private final Explanation explanation;
    private final Optional<String> held;
    private final Page page;

    private ExplainText(Explanation explanation, Optional<String> held, Layout layout) {
        this.explanation = explanation;
        this.held = held;
        this.page = new Page(layout);
    }

    /** The whole explanation, where nothing keeps sweeps from signalling. */
    public static String render(Explanation explanation, Layout layout) {
        return render(explanation, Optional.empty(), layout);
    }

    /**
     * The whole explanation.
     *
     * @param held why no sweep signals anybody now, printable; empty if sweeps do
     */
    public static String render(Explanation explanation, Optional<String> held, Layout layout) {
        return new ExplainText(explanation, held, layout).render();
    }

    private String render() {
        page.pieces(header());
        verdict();
        List<Evidence> facts = facts();
        if (!facts.isEmpty()) {
            page.blank();
            evidence(facts);
        }
        explanation.verdict().ifPresent(verdict -> {
            gates(
                    "Could keep it",
                    verdict.gates().stream().filter(gate -> !endsIt(gate)).toList(),
                    false);
            gates(
                    "Could end it",
                    verdict.gates().stream().filter(ExplainText::endsIt).toList(),
                    true);
            page.blank()
                    .prose(
                            explanation.worker().isPresent()
                                    ? Prospect.of(verdict, held)
                                    : Prospect.ofEntry(verdict, held));
        });
        return page.toString();
    }

    private List<Cell> header() {
        List<Cell> pieces = new ArrayList<>();
        String pid = Integer.toString(explanation.process().pid());
        if (explanation.worker().isPresent()) {
            WorkerLine worker = explanation.worker().get();
            pieces.add(
                    new Cell(pid + "  slash worker of session " + ReportTables.key(worker.sessionKey()), Style.TITLE));
            pieces.add(Cell.of(Figures.time(worker.age()) + " old"));
            pieces.add(Cell.of(Figures.sizeAndSwap(worker.memory())));
        } else if (explanation.gateway().isPresent()) {
            GatewayLine gateway = explanation.gateway().get();
            pieces.add(new Cell(pid + "  gateway (" + explanation.kind() + ")", Style.TITLE));
            pieces.add(Cell.of(Figures.time(gateway.age()) + " old"));
            pieces.add(Cell.of(Figures.sizeAndSwap(gateway.gateway().details().memory())));
        } else {
            pieces.add(
                    new Cell(pid + "  " + RawText.printable(Explanation.program(explanation.process())), Style.TITLE));
            pieces.add(Cell.of("not a slash worker"));
        }
        return pieces;
    }

    private void verdict() {
        Optional<Verdict> verdict = explanation.verdict();
        String decision =
                verdict.map(Verdict::decision).orElse(Decision.KEEP).word().toUpperCase(Locale.ROOT);
        boolean leak = verdict.filter(it -> it.decision().isLeak()).isPresent();
        String reason = verdict.map(it -> it.reason().word()).orElse("not-a-worker");
        String fact = verdict.map(ReportTables::fact).orElse(explanation.why());
        page.labelled(
                new Cell(decision + "  ", leak ? Style.LEAK : Style.FINE),
                0,
                fact.isEmpty() ? reason : reason + ": " + fact);
    }

    /** All evidence but what the line of the verdict says. */
    private List<Evidence> facts() {
        String said = explanation.verdict().map(ReportTables::fact).orElse("");
        return explanation.evidence().stream()
                .filter(it -> !it.value().equals(said))
                .toList();
    }

    private void evidence(List<Evidence> facts) {
        int keys = 4 + widest(facts.stream().map(Evidence::key).toList());
        int room = page.columns() - keys;
        int sources = Math.min(widest(facts.stream().map(Evidence::source).toList()), room / 2);
        int values = Math.min(widest(facts.stream().map(Evidence::value).toList()), room - sources - 2);
        for (Evidence fact : facts) {
            Cell key = Cell.of("  " + fact.key());
            if (page.columns() >= WIDE && Cells.width(fact.source()) <= sources) {
                List<String> lines = Page.wrap(fact.value(), values);
                page.labelled(key, keys, List.of(Cells.pad(lines.get(0), values, false) + "  " + fact.source()));
                page.labelled(Cell.of(""), keys, lines.subList(1, lines.size()));
            } else {
                page.labelled(key, keys, fact.value() + (fact.source().isEmpty() ? "" : " (" + fact.source() + ")"));
            }
        }
    }

    /** The gates of one kind, those that speak with a cross. */
    private void gates(String title, List<Gate> gates, boolean speaksIfPassed) {
        if (gates.isEmpty()) {
            return;
        }
        page.blank().labelled(new Cell(title, Style.TITLE), 0, "");
        int names = 2 + widest(gates.stream().map(Gate::name).toList());
        for (Gate gate : gates) {
            boolean speaks = gate.passed() == speaksIfPassed;
            Style style = !speaks ? Style.FAINT : speaksIfPassed ? Style.LEAK : Style.FINE;
            String label = (speaks ? "  [x] " : "  [ ] ") + Cells.pad(gate.name(), names, false);
            page.labelled(new Cell(label, style), 0, gate.detail());
        }
    }

    private static boolean endsIt(Gate gate) {
        return JudgePolicy.REASONS.contains(gate.name());
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(Cells::width).max().orElse(0);
    }
}
