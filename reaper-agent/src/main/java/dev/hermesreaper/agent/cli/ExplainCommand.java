package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.ReapPolicy.Mode;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.report.ExplainJson;
import dev.hermesreaper.agent.report.ExplainText;
import dev.hermesreaper.agent.report.Explanation;
import dev.hermesreaper.agent.sweep.Agent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code explain PID}: every question the judge asked about one process, and the answer. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Say why a process would be ended or is kept.",
            "Every gate, for and against, with the fact behind it, and what would change the verdict. For any process; "
                    + "ends and records nothing."
        },
        footer = {"", "Examples:", "  hermes-reaper explain 4711", "  hermes-reaper explain 4711 --format json"})
final class ExplainCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable RootCommand parent;

    @Parameters(paramLabel = "PID", converter = Words.Pid.class, description = "The process to explain.")
    private int pid;

    @Mixin
    private Format.Choice written = new Format.Choice();

    @Override
    public Integer call() {
        RootCommand root = RootCommand.of(parent);
        Agent agent = root.agent(List.of());
        Judgement judgement = agent.inspector(root.peek(agent)).lookInto(pid);
        ProcessEntry process = judgement
                .look()
                .table()
                .find(pid)
                .or(() -> agent.host().entry(pid))
                .orElseThrow(() -> new HostException("there is no process " + pid
                        + ", or it is hidden from this user; see hermes-reaper report --all"));
        Explanation explanation = Explanation.of(root.report(agent, judgement), process);
        Optional<String> pause = root.pause(agent.host()).map(it -> RawText.printable(it.said(), 400));
        pause.ifPresent(root::complain);
        String text =
                switch (written.format()) {
                    case TEXT -> ExplainText.render(explanation, held(pause, agent), root.layout(true));
                    case JSON -> ExplainJson.render(explanation);
                };
        new Answer(root.terminal(), Optional.empty()).give(text);
        return ExitCode.DONE.status();
    }

    private static Optional<String> held(Optional<String> pause, Agent agent) {
        return pause.or(() -> agent.config().reap().mode() == Mode.OBSERVE
                ? Optional.of("[reap] mode = \"observe\"")
                : Optional.empty());
    }
}
