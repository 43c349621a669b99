package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.metrics.Measured;
import dev.hermesreaper.agent.metrics.Metric;
import dev.hermesreaper.agent.metrics.Textfile;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Memory;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The metrics a command gives out. */
final class Gauges {

    private final RootCommand root;
    private final Agent agent;

    Gauges(RootCommand root, Agent agent) {
        this.root = root;
        this.agent = agent;
    }

    /** What {@code report} and the passes before it measured. A command runs with the newest configuration or not at all. */
    List<Metric> of(LeakReport report) {
        return new Measured(
                        report,
                        Memory.counts(
                                root.locations().stateDirectory(), agent.host().self()),
                        Observed.in(
                                root.locations().stateDirectory(), agent.host().self()),
                        Version.number(),
                        true,
                        agent.config().reap().mode() == ReapPolicy.Mode.OBSERVE)
                .metrics();
    }

    /** Replaces the file of {@code [metrics] textfile}, if one is wanted, by what is so after {@code result}. */
    void publish(SweepResult result) {
        Optional<Path> file = agent.config().metrics().textfile();
        if (file.isPresent()) {
            new Textfile(file.get())
                    .write(of(root.report(agent, result.remaining())))
                    .ifPresent(root.complaints());
        }
    }
}
