package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.metrics.PrometheusText;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.report.LeakHistory;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.Past;
import dev.hermesreaper.agent.report.ReportHtml;
import dev.hermesreaper.agent.report.ReportJson;
import dev.hermesreaper.agent.report.ReportText;
import dev.hermesreaper.agent.sample.Census;
import dev.hermesreaper.agent.sample.Samples;
import dev.hermesreaper.agent.sweep.Agent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code report}: what leaks now. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show what leaks now, per gateway, session and worker.",
            "Takes one look; ends and records nothing.",
            "A worker that looks leaked, but was not watched for long enough yet, counts as leaked and waits."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaper report                        at a glance",
            "  hermes-reaper report --all                  every worker and its verdict",
            "  hermes-reaper report --since 7d             with the leak rate, what was ended, and a forecast",
            "  hermes-reaper report --format html --output leaks.html",
            "                                              a page with charts of the last week, in one file",
            "  hermes-reaper report --format json | jq .totals",
            "  hermes-reaper report --fail-on-leak >/dev/null || echo leaking"
        })
final class ReportCommand implements Callable<Integer> {

    /** What a page shows of the past unless something else is asked for. */
    private static final Duration WEEK = Duration.ofDays(7);

    @ParentCommand
    private @Nullable RootCommand parent;

    @Option(
            names = "--format",
            paramLabel = "text|json|html|prometheus",
            converter = ReportFormat.Word.class,
            defaultValue = "text",
            description = "text, json, a page in html, or metrics for prometheus.")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(
            names = "--since",
            paramLabel = "D",
            converter = Words.Span.class,
            description = "Add how it went in the last D, e.g. 12h or 7d, and a forecast; html: 7d unless said.")
    private @Nullable Duration since;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            converter = Words.Place.class,
            description = "Write there instead, all or nothing.")
    private @Nullable Path output;

    @Option(names = "--all", description = "Show every worker and every session.")
    private boolean all;

    @Option(names = "--fail-on-leak", description = "End with status 1 if anything leaks.")
    private boolean failOnLeak;

    @Override
    public Integer call() {
        RootCommand root = RootCommand.of(parent);
        Agent agent = root.agent(List.of());
        Judgement judgement = agent.inspector(root.peek(agent)).comparing().look();
        LeakReport report = root.report(agent, judgement);
        Past past = past(root, agent, judgement);
        String text =
                switch (format) {
                    case TEXT -> ReportText.render(report, past, root.layout(output == null), all);
                    case JSON -> ReportJson.render(report, past);
                    case HTML -> ReportHtml.render(report, past, ZoneId.systemDefault(), all);
                    case PROMETHEUS -> PrometheusText.render(new Gauges(root, agent).of(report));
                };
        new Answer(root.terminal(), Optional.ofNullable(output)).give(text);
        if (failOnLeak && report.isLeaking()) {
            return ExitCode.LEAK.status();
        }
        return past.history()
                        .filter(history -> since != null && isLost(root, history))
                        .isPresent()
                ? ExitCode.BLIND.status()
                : ExitCode.DONE.status();
    }

    /** The history is read where it was asked for, and for a page, which shows it. */
    private Past past(RootCommand root, Agent agent, Judgement judgement) {
        Path state = root.locations().stateDirectory();
        Optional<Duration> asked =
                Optional.ofNullable(since).or(() -> format == ReportFormat.HTML ? Optional.of(WEEK) : Optional.empty());
        return new Past(
                Observed.in(state, agent.host().self()),
                asked.map(it -> judgement.look().at().wall().minus(it))
                        .map(from -> new LeakHistory(
                                from,
                                Samples.in(state, agent.host().self(), from),
                                new Census(judgement).sample(),
                                History.in(state, agent.host()))));
    }

    /** Whether a history that was asked for could not be read at all, which is then said. */
    private static boolean isLost(RootCommand root, LeakHistory history) {
        if (history.isUnreadable()) {
            root.complain("cannot read the history: " + String.join("; ", history.problems())
                    + ". Run it as the user whose sweeps these were, or name their --state-dir");
        }
        return history.isUnreadable();
    }
}
