package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaper;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One pass over this machine: look, wait for what is nearly due, look again, end what is leaked. */
public final class Sweep {

    /** The sample of {@code --now}. */
    private static final Duration CRISIS_SAMPLE = Duration.ofSeconds(3);

    /** Two looks are at least this far apart, or they could not tell idle from slow. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

    /** The boot-time clock counts hundredths of a second. */
    private static final Duration CLOCK_RESOLUTION = Duration.ofMillis(20);

    private final Agent agent;
    private final Host host;
    private final Config config;
    private final Ledger ledger;
    private final Restraint restraint;
    private final Progress progress;

    /** Is told what a pass does while it takes time. */
    public interface Progress {

        /** Tells nobody. */
        Progress NONE = new Progress() {
            @Override
            public void waiting(Duration pause, String why) {}

            @Override
            public void ending(int processes) {}
        };

        /** The pass now waits {@code pause}, for the reason given. */
        void waiting(Duration pause, String why);

        /** This many processes are about to be ended. */
        void ending(int processes);
    }

    /**
     * @param restraint is asked right before every signal whether the operator wants none
     */
    public Sweep(Agent agent, Ledger ledger, Restraint restraint, Progress progress) {
        this.agent = agent;
        this.host = agent.host();
        this.config = agent.config();
        this.ledger = ledger;
        this.restraint = restraint;
        this.progress = progress;
    }

    /** A result, and what to remember for the next pass. */
    public record Done(SweepResult result, Sightings sightings) {}

    /**
     * Sweeps once.
     *
     * @param memory what earlier passes saw, asked for once, after the first look
     * @throws dev.hermesreaper.agent.host.HostException if the machine cannot be observed at all
     * @throws InterruptedException if interrupted; nobody is signalled after that
     */
    public Done run(SweepRequest request, Recall memory) throws InterruptedException {
        Moment start = host.now();
        Inspector inspector = inspector(request, memory);
        Judgement judgement = inspector.look();
        Optional<Duration> pause = pause(request, judgement);
        if (pause.isPresent()) {
            progress.waiting(
                    pause.get(), request.now() ? "to see who moves" : "for what is nearly due, then looking again");
            Moment before = host.now();
            host.sleep(pause.get());
            if (isLate(before, pause.get())) {
                inspector.missed();
            }
            judgement = inspector.look();
        }
        return end(request, start, inspector, judgement);
    }

    /**
     * One look, and what it calls for; waits for nothing that is not due yet. For a caller that keeps its inspector, and looks
     * again when something is due or has happened.
     *
     * @throws dev.hermesreaper.agent.host.HostException if the machine cannot be observed at all
     * @throws InterruptedException if interrupted; nobody is signalled after that
     */
    public Done step(SweepRequest request, Inspector inspector) throws InterruptedException {
        Moment start = host.now();
        return end(request, start, inspector, inspector.look());
    }

    private Done end(SweepRequest request, Moment start, Inspector inspector, Judgement judgement)
            throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        List<Verdict> due = new ArrayList<>();
        for (Verdict verdict : judgement.verdicts()) {
            if (isCovered(verdict, request, judgement.look())) {
                verdicts.add(verdict);
                if (verdict.isReap()) {
                    due.add(verdict);
                }
            }
        }
        if (!due.isEmpty()) {
            progress.ending(due.size());
        }
        List<Reaping> reapings = due.isEmpty()
                ? List.of()
                : new Reaper(host, config.reap(), inspector, ledger, insteadOfSignal(request), restraint).reap(due);
        SweepResult result = new SweepResult(
                request, start, host.now().since(start), judgement, verdicts, reapings, restraint.pause());
        return new Done(result, inspector.sightings());
    }

    private boolean isLate(Moment before, Duration pause) {
        return host.now().since(before).minus(pause).compareTo(Reaper.LATE) > 0;
    }

    private Inspector inspector(SweepRequest request, Recall memory) {
        return new Inspector(
                new Lookout(host),
                new Judge(
                        request.now() ? config.judge().withSupersededIdle(CRISIS_SAMPLE) : config.judge(),
                        agent.jurisdiction()),
                agent.records(),
                memory);
    }

    /** How long to wait for a second look: for as long as the last of those that need no more than {@code settle}. */
    private Optional<Duration> pause(SweepRequest request, Judgement judgement) {
        Duration settle = config.judge().settle();
        Duration longest = request.now() && settle.compareTo(CRISIS_SAMPLE) < 0 ? CRISIS_SAMPLE : settle;
        Optional<Duration> pause = Optional.empty();
        for (Verdict verdict : judgement.verdicts()) {
            if (verdict.pending().isEmpty() || !isCovered(verdict, request, judgement.look())) {
                continue;
            }
            Duration remaining = verdict.pending().get().remaining();
            Duration needed = longer(remaining.plus(CLOCK_RESOLUTION), SHORTEST_PAUSE);
            if (remaining.compareTo(longest) <= 0) {
                pause = Optional.of(pause.isPresent() ? longer(pause.get(), needed) : needed);
            }
        }
        return pause;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Workers by their session; an entry only if all the workers below it are covered. */
    private static boolean isCovered(Verdict verdict, SweepRequest request, Look look) {
        if (request.sessions().isEmpty()) {
            return true;
        }
        Optional<Gateway> entry = look.gateway(verdict.identity());
        if (entry.isEmpty()) {
            return request.sessions().contains(verdict.sessionKey());
        }
        int below = 0;
        for (SlashWorker worker : look.workers()) {
            if (entry.get().descendants().contains(worker.process())) {
                below++;
                if (!request.sessions().contains(worker.options().sessionKey())) {
                    return false;
                }
            }
        }
        return below > 0;
    }

    private Optional<Outcome> insteadOfSignal(SweepRequest request) {
        if (request.dryRun()) {
            return Optional.of(Outcome.DRY_RUN);
        }
        return config.reap().mode() == ReapPolicy.Mode.OBSERVE ? Optional.of(Outcome.OBSERVED) : Optional.empty();
    }
}
