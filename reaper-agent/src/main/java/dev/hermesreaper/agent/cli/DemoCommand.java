package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.Stage;
import dev.hermesreaper.agent.demo.StageException;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.report.ExplainText;
import dev.hermesreaper.agent.report.Explanation;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.ReportText;
import dev.hermesreaper.agent.report.SweepText;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Inspector;
import dev.hermesreaper.agent.sweep.Sweep;
import dev.hermesreaper.agent.sweep.SweepRequest;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code demo}: a leak, staged with harmless stand-ins, found, explained and ended. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Stage a leak of harmless stand-ins, find it, explain it, end it.",
            "Needs python3. Looks at and ends nothing but what it started, and leaves nothing behind.",
            "Waits are shortened from minutes to seconds; everything else is what a real sweep does."
        },
        footer = {"", "Example:", "  hermes-reaper demo"})
final class DemoCommand implements Callable<Integer> {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Minutes become seconds. */
    private static final List<ConfigSources.Flag> SHORT_WAITS = List.of(
            new ConfigSources.Flag("demo", "judge.min_age", "1s"),
            new ConfigSources.Flag("demo", "judge.settle", "2s"),
            new ConfigSources.Flag("demo", "judge.superseded_idle", "2s"),
            new ConfigSources.Flag("demo", "judge.superseded_idle_attached", "1h"),
            new ConfigSources.Flag("demo", "reap.term_grace", "2s"),
            new ConfigSources.Flag("demo", "reap.mode", "reap"));

    @ParentCommand
    private @Nullable RootCommand parent;

    /** Everything that is on stage. */
    private record Cast(
            StagedGateway dashboard, List<StagedProcess> inUse, List<StagedProcess> leaked, Set<String> keys) {}

    @Override
    public Integer call() throws InterruptedException {
        RootCommand root = RootCommand.of(parent);
        Agent agent = root.agent(SHORT_WAITS);
        say("Staging a dashboard whose workers leak (stand-ins, no Hermes involved) ...");
        Stage stage = Stage.open();
        Thread curtain = new Thread(stage::close, "demo-curtain");
        Runtime.getRuntime().addShutdownHook(curtain);
        try {
            boolean fine = play(root, agent, stage);
            fall(curtain, stage);
            say("");
            say(fine ? "Everything that was staged is gone again." : "The demo did not end as it should; see above.");
            return fine ? ExitCode.DONE.status() : ExitCode.LEAK.status();
        } catch (StageException cutShort) {
            if (curtain.isAlive()) {
                return ExitCode.INTERRUPTED.status();
            }
            throw cutShort;
        } finally {
            fall(curtain, stage);
        }
    }

    /** Ends everything on stage; once the program is being ended the hook does that. */
    private static void fall(Thread curtain, Stage stage) {
        stage.close();
        try {
            Runtime.getRuntime().removeShutdownHook(curtain);
        } catch (IllegalStateException ending) {
            // The hook is on its way and closes the stage as well.
        }
    }

    private boolean play(RootCommand root, Agent agent, Stage stage) throws InterruptedException {
        Cast cast = cast(stage);
        Inspector inspector = agent.inspector(look -> Sightings.NONE);
        inspector.look();
        say("Watching for 3 s who moves ...");
        agent.host().sleep(Duration.ofSeconds(3));

        heading("1. What leaks?", "hermes-reaper report");
        Judgement before = onStage(inspector.look(), cast, agent.host());
        LeakReport report = root.report(agent, before);
        root.terminal().out().print(ReportText.render(report, root.layout(true), false));

        StagedProcess example = cast.leaked().get(0);
        heading("2. Why that one?", "hermes-reaper explain " + example.pid());
        root.terminal()
                .out()
                .print(ExplainText.render(Explanation.of(report, entry(before, example)), root.layout(true)));

        heading("3. End what is leaked, and only that.", "hermes-reaper sweep");
        SweepResult result = agent.sweep(Ledger.NONE, Restraint.NONE, Sweep.Progress.NONE)
                .run(new SweepRequest("demo", false, false, cast.keys()), look -> inspector.sightings())
                .result();
        root.terminal().out().print(SweepText.render(result, List.of(), root.layout(true)));

        heading("4. And now?", "hermes-reaper report");
        Judgement after = onStage(inspector.look(), cast, agent.host());
        root.terminal().out().print(ReportText.render(root.report(agent, after), root.layout(true), false));
        say("");
        return verified(cast);
    }

    /** A dashboard with one session in use twice over, one healthy; and what a crashed dashboard left behind. */
    private static Cast cast(Stage stage) {
        StagedGateway dashboard = stage.director().dashboard();
        stage.attach(dashboard, 1);
        // The sweep below covers these sessions only, so nobody else's worker may bear one of these keys.
        String unique = "demo_" + UUID.randomUUID().toString().substring(0, 13);
        String stacked = unique + "_stacked";
        String healthy = unique + "_healthy";
        String crashed = unique + "_crashed";
        List<StagedProcess> leaked =
                new ArrayList<>(dashboard.workers(List.of(stacked, stacked, stacked), Part.plain()));
        leaked.add(dashboard.worker(stacked, Part.plain().ignoringTerm()));
        List<StagedProcess> inUse = List.of(dashboard.worker(stacked), dashboard.worker(healthy));
        StagedGateway other = stage.director().dashboard();
        StagedProcess orphan = other.leakedWorker(crashed, Part.plain()).worker();
        other.signal("KILL");
        other.awaitGone(SOON);
        leaked.add(orphan);
        return new Cast(dashboard, inUse, leaked, Set.of(stacked, healthy, crashed));
    }

    /** Only what is on stage: the rest of this machine is none of the demo's business. */
    private static Judgement onStage(Judgement judgement, Cast cast, Host host) {
        Look look = judgement.look();
        Set<Long> pids = new HashSet<>();
        cast.inUse().forEach(it -> pids.add(it.pid()));
        cast.leaked().forEach(it -> pids.add(it.pid()));
        pids.add(cast.dashboard().pid());
        Look shown = new Look(
                look.self(),
                look.table(),
                look.readBy(),
                look.gateways().stream()
                        .filter(it -> pids.contains((long) it.pid()))
                        .toList(),
                look.workers().stream()
                        .filter(it -> pids.contains((long) it.pid()))
                        .toList(),
                look.gaps(),
                host.memory());
        return new Judgement(
                shown,
                judgement.sightings(),
                judgement.verdicts().stream()
                        .filter(verdict ->
                                pids.contains((long) verdict.process().pid()))
                        .toList());
    }

    private static ProcessEntry entry(Judgement judgement, StagedProcess process) {
        return judgement
                .look()
                .table()
                .find((int) process.pid())
                .orElseThrow(() -> new HostException("stand-in " + process.pid() + " ended by itself"));
    }

    private boolean verified(Cast cast) {
        List<Long> left = cast.leaked().stream()
                .filter(it -> !it.awaitGone(SOON))
                .map(StagedProcess::pid)
                .toList();
        List<Long> lost = cast.inUse().stream()
                .filter(it -> it.standing().isGone())
                .map(StagedProcess::pid)
                .toList();
        say("checked: %d of %d leaked workers are gone%s"
                .formatted(
                        cast.leaked().size() - left.size(),
                        cast.leaked().size(),
                        left.isEmpty() ? "" : ", still there: " + left));
        say("checked: %d of %d workers in use are untouched (%s)%s"
                .formatted(
                        cast.inUse().size() - lost.size(),
                        cast.inUse().size(),
                        cast.inUse().stream().map(it -> Long.toString(it.pid())).collect(Collectors.joining(", ")),
                        lost.isEmpty() ? "" : ", WRONGLY ENDED: " + lost));
        return left.isEmpty() && lost.isEmpty();
    }

    private void heading(String title, String command) {
        say("");
        say("== " + title + "   $ " + command);
        say("");
    }

    private void say(String line) {
        RootCommand.of(parent).terminal().out().println(line);
        RootCommand.of(parent).terminal().out().flush();
    }
}
