package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.log.LogLedger;
import dev.hermesreaper.agent.log.StandardError;
import dev.hermesreaper.agent.notification.Notice;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.report.SweepJson;
import dev.hermesreaper.agent.report.SweepText;
import dev.hermesreaper.agent.state.Marks;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Memory;
import dev.hermesreaper.agent.sweep.Sweep;
import dev.hermesreaper.agent.sweep.SweepRequest;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code sweep}: one pass that ends what is leaked. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "End what is leaked, once.",
            "Every signal follows a fresh look; what is not certain is kept.",
            "A worker must be seen leaked for some time: looks of earlier sweeps count, and if one is nearly due",
            "this sweep waits for it (at most settle) and looks again."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaper sweep --dry-run               what would be ended, and why; signals nobody",
            "  hermes-reaper sweep                         end it",
            "  hermes-reaper sweep --now                   in the crisis: 3 s of idleness are enough for a worker",
            "                                              whose session has a younger one",
            "  hermes-reaper sweep --session 20260505_104123_c8063a",
            "  */30 * * * * hermes-reaper sweep --quiet    as a cron line"
        })
final class SweepCommand implements Callable<Integer> {

    /** How long another pass may hold the lock before this one gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @ParentCommand
    private @Nullable RootCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--dry-run", description = "Take every step but the signal.")
    private boolean dryRun;

    @Option(
            names = "--now",
            description = "Idleness over a sample of 3 s replaces superseded_idle; every other guard stays.")
    private boolean now;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            completionCandidates = Candidates.Reasons.class,
            arity = "1..*",
            description = "Only these reasons: orphaned, session-ended, superseded, abandoned, surplus.")
    private List<String> reasons = new ArrayList<>();

    @Option(names = "--session", paramLabel = "KEY", arity = "1..*", description = "Only workers of these sessions.")
    private List<String> sessions = new ArrayList<>();

    @Option(names = "--max-reaps", paramLabel = "N", description = "End at most so many; the rest is deferred.")
    private @Nullable String maxReaps;

    @Option(names = "--settle", paramLabel = "D", description = "How long an orphan must be seen so, e.g. 10s.")
    private @Nullable String settle;

    @Option(names = "--term-grace", paramLabel = "D", description = "Between SIGTERM and SIGKILL, e.g. 10s.")
    private @Nullable String termGrace;

    @Mixin
    private Format.Choice written = new Format.Choice();

    @Option(names = "--quiet", description = "Say nothing unless something failed, or it is blind: for cron.")
    private boolean quiet;

    /** What picocli makes of words that are no more than this. */
    static SweepCommand plain(RootCommand root, boolean dryRun, boolean quiet) {
        SweepCommand sweep = new SweepCommand();
        sweep.parent = root;
        sweep.dryRun = dryRun;
        sweep.quiet = quiet;
        return sweep;
    }

    @Override
    public Integer call() throws InterruptedException {
        RootCommand root = RootCommand.of(parent);
        Marks config = root.configMarks();
        Agent agent = limited(root.agent(flags(root)));
        Memory.Turn turn = Memory.take(root.locations().stateDirectory(), agent.host(), PATIENCE, root.complaints());
        if (turn.memory().isEmpty()) {
            if (!quiet) {
                root.complain("another sweep is running%s; this one did nothing"
                        .formatted(
                                turn.holder().map(pid -> " (pid " + pid + ")").orElse("")));
            }
            return quiet ? ExitCode.DONE.status() : ExitCode.LOCKED.status();
        }
        boolean wasBlind = Memory.counts(
                        root.locations().stateDirectory(), agent.host().self())
                .wasBlind();
        SweepResult result = pass(root, agent, config, turn.memory().get());
        int status = answer(root, agent, result);
        if (quiet && status == ExitCode.DONE.status()) {
            Optional<String> blind = newlyBlind(result, wasBlind);
            if (blind.isPresent()) {
                root.complain(blind.get());
            }
        }
        // Neither the pass nor the answer waits for the operator's command.
        root.tell(agent.config(), Notice.of(result, wasBlind));
        return status;
    }

    private SweepResult pass(RootCommand root, Agent agent, Marks config, Memory taken) throws InterruptedException {
        try (Memory memory = taken) {
            String id = SweepRequest.idAt(agent.host().now());
            SweepRequest request = new SweepRequest(id, dryRun, now, Set.copyOf(sessions));
            Ledger ledger = memory.ledger(agent, request).and(log(root, agent, id));
            Restraint restraint = Memory.restraint(root.locations().stateDirectory(), agent.host(), config);
            Sweep.Done done = agent.sweep(ledger, restraint, progress(root)).run(request, memory);
            memory.remember(agent, done);
            publish(root, agent, done.result());
            return done.result();
        }
    }

    /** A dry run, or one of some sessions only, knows too little to speak for the machine. */
    private void publish(RootCommand root, Agent agent, SweepResult result) {
        if (!dryRun && sessions.isEmpty() && reasons.isEmpty()) {
            new Gauges(root, agent).publish(result);
        }
    }

    private int answer(RootCommand root, Agent agent, SweepResult result) {
        boolean fine = !result.isLeakLeft() || (quiet && result.isLeftByPauseOnly());
        if (!quiet || !fine) {
            String text =
                    switch (written.format()) {
                        case TEXT -> SweepText.render(result, agent.host().limitations(), root.layout(true));
                        case JSON -> SweepJson.render(result, agent.host().limitations());
                    };
            if (quiet) {
                root.terminal().err().print(text);
            } else {
                new Answer(root.terminal(), Optional.empty()).give(text);
            }
        }
        return fine ? ExitCode.DONE.status() : ExitCode.LEAK.status();
    }

    /** What a quiet sweep says once, when it begins to be so: silence would look as if nothing leaked. */
    static Optional<String> newlyBlind(SweepResult result, boolean wasBlind) {
        return result.judgement().isBlind() && !wasBlind
                ? Optional.of("blind: no slash worker could be read or recognised, so nothing leaked"
                        + " can be ended; hermes-reaper report says why")
                : Optional.empty();
    }

    private List<ConfigSources.Flag> flags(RootCommand root) {
        List<ConfigSources.Flag> flags = new ArrayList<>();
        if (maxReaps != null) {
            flags.add(root.flag(spec(), "--max-reaps", "reap.max_reaps_per_sweep", maxReaps));
        }
        if (settle != null) {
            flags.add(root.flag(spec(), "--settle", "judge.settle", settle));
        }
        if (termGrace != null) {
            flags.add(root.flag(spec(), "--term-grace", "reap.term_grace", termGrace));
        }
        return flags;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not started by picocli");
        }
        return spec;
    }

    private Agent limited(Agent agent) {
        if (reasons.isEmpty()) {
            return agent;
        }
        Set<String> wanted = new HashSet<>(reasons);
        for (String reason : wanted) {
            if (!JudgePolicy.REASONS.contains(reason)) {
                throw new ParameterException(
                        spec().commandLine(),
                        "--reason: found \"%s\", expected one of %s"
                                .formatted(reason, String.join(", ", JudgePolicy.REASONS)));
            }
        }
        return agent.limitedTo(wanted);
    }

    private static Ledger log(RootCommand root, Agent agent, String id) {
        if (root.isVerbose()) {
            StandardError.say(agent.config().log());
            return new LogLedger(id);
        }
        return Ledger.NONE;
    }

    /** Said on standard error, to a person only. */
    private Sweep.Progress progress(RootCommand root) {
        boolean shown = root.terminal().isErrTerminal() && !quiet;
        return new Sweep.Progress() {
            @Override
            public void waiting(Duration pause, String why) {
                if (shown) {
                    root.terminal().err().println("waiting " + DurationText.spoken(pause) + " " + why + " ...");
                }
            }

            @Override
            public void ending(int processes) {
                if (shown) {
                    root.terminal()
                            .err()
                            .println((dryRun ? "checking " : "ending ")
                                    + processes
                                    + (processes == 1 ? " process ..." : " processes ..."));
                }
            }
        };
    }
}
