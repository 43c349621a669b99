package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.metrics.PrometheusText;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.ReportJson;
import dev.hermesreaper.agent.report.ReportText;
import dev.hermesreaper.agent.sweep.Agent;
import java.nio.file.Path;
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
            "  hermes-reaper report --format json | jq .totals",
            "  hermes-reaper report --fail-on-leak >/dev/null || echo leaking"
        })
final class ReportCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable RootCommand parent;

    @Option(
            names = "--format",
            paramLabel = "text|json|prometheus",
            converter = ReportFormat.Word.class,
            defaultValue = "text",
            description = "text, json, or metrics for prometheus.")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(names = "--output", paramLabel = "FILE", description = "Write there instead, all or nothing.")
    private @Nullable Path output;

    @Option(names = "--all", description = "Show every worker and every session.")
    private boolean all;

    @Option(names = "--fail-on-leak", description = "End with status 1 if anything leaks.")
    private boolean failOnLeak;

    @Override
    public Integer call() {
        RootCommand root = RootCommand.of(parent);
        Agent agent = root.agent(List.of());
        Judgement judgement = agent.inspector(root.peek(agent)).look();
        LeakReport report = root.report(agent, judgement);
        String text =
                switch (format) {
                    case TEXT -> ReportText.render(report, root.layout(output == null), all);
                    case JSON -> ReportJson.render(report);
                    case PROMETHEUS -> PrometheusText.render(new Gauges(root, agent).of(report));
                };
        new Answer(root.terminal(), Optional.ofNullable(output)).give(text);
        return failOnLeak && report.isLeaking() ? ExitCode.LEAK.status() : ExitCode.DONE.status();
    }
}
