package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sweep.SweepRequest;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sweeps on paper: whatever was judged to be ended got the outcomes given, in order, the last one repeated. */
final class Sweeps {

    private Sweeps() {}

    static SweepResult ended(Judgement judgement) {
        return with(judgement, false, Outcome.EXITED);
    }

    static SweepResult with(Judgement judgement, boolean dryRun, Outcome... outcomes) {
        List<Reaping> reapings = new ArrayList<>();
        for (Verdict verdict :
                judgement.verdicts().stream().filter(Verdict::isReap).toList()) {
            reapings.add(reaping(verdict, outcomes[Math.min(reapings.size(), outcomes.length - 1)]));
        }
        return new SweepResult(
                new SweepRequest("7f3a", dryRun, false, Set.of()),
                judgement.look().at(),
                Duration.ofMillis(16_400),
                judgement,
                judgement.verdicts(),
                reapings,
                Optional.empty());
    }

    /** {@code reaping} as if nothing had been sent. */
    static Reaping unsignalled(Reaping reaping) {
        return new Reaping(
                reaping.verdict(), reaping.outcome(), "", List.of(), Duration.ZERO, reaping.memory(), List.of());
    }

    /** {@code result}, during {@code pause}. */
    static SweepResult paused(SweepResult result, Pause pause) {
        return new SweepResult(
                result.request(),
                result.startedAt(),
                result.took(),
                result.judgement(),
                result.verdicts(),
                result.reapings(),
                Optional.of(pause));
    }

    /** {@code reaping} with processes 9500, 9501, … below it. */
    static Reaping withBelow(Reaping reaping, Outcome... outcomes) {
        List<Reaping.Descendant> below = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            below.add(new Reaping.Descendant(
                    new ProcessEntry(
                            new ProcessIdentity("boot", 9500 + below.size(), 1),
                            reaping.verdict().identity().pid(),
                            'S',
                            1,
                            Machine.HERMES,
                            Argv.of("npx"),
                            Executable.UNREADABLE,
                            "npx"),
                    outcome,
                    ""));
        }
        return new Reaping(
                reaping.verdict(),
                reaping.outcome(),
                reaping.detail(),
                reaping.signals(),
                reaping.took(),
                reaping.memory(),
                below);
    }

    private static Reaping reaping(Verdict verdict, Outcome outcome) {
        List<Signal> signals =
                switch (outcome) {
                    case EXITED, NOT_PERMITTED -> List.of(Signal.TERM);
                    case KILLED, SURVIVED -> List.of(Signal.TERM, Signal.KILL);
                    default -> List.of();
                };
        String detail =
                switch (outcome) {
                    case SURVIVED -> "it outlived SIGKILL";
                    case SPARED -> "it moved right before the signal";
                    case NOT_PERMITTED -> "the kernel refused TERM";
                    case DEFERRED -> "max_reaps_per_sweep reached";
                    default -> "";
                };
        MemoryUse memory = outcome == Outcome.DEFERRED ? MemoryUse.UNREADABLE : new MemoryUse(true, 60 << 20, 34 << 20);
        return new Reaping(
                verdict,
                outcome,
                detail,
                signals,
                signals.isEmpty() ? Duration.ZERO : Duration.ofMillis(310L * signals.size()),
                memory,
                List.of());
    }
}
