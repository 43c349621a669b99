package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.judge.Blindness;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What leaks on one machine at one moment, by gateway, session and worker: one judgement, made ready to be shown.
 *
 * @param self who looked, and on which machine
 * @param takenAt wall clock of the look
 * @param complete whether nothing that could matter was hidden
 * @param blindness whether it says anything about leaks at all
 * @param processes how many processes the machine had in all
 * @param gateways oldest first
 * @param workers oldest first, those of other users included
 * @param sessions most leaked first, those of other users included
 * @param totals without workers of other users
 * @param gaps what could not be read although it could matter
 * @param limitations what is degraded on this machine, in words an operator can act on
 * @param memory the machine's memory
 * @param orders what keeps passes from signalling
 */
public record LeakReport(
        Self self,
        Instant takenAt,
        boolean complete,
        Blindness blindness,
        int processes,
        List<GatewayLine> gateways,
        List<WorkerLine> workers,
        List<SessionLine> sessions,
        Tally totals,
        List<Gap> gaps,
        List<String> limitations,
        HostMemory memory,
        Orders orders) {

    public LeakReport {
        gateways = List.copyOf(gateways);
        workers = List.copyOf(workers);
        sessions = List.copyOf(sessions);
        gaps = List.copyOf(gaps);
        limitations = List.copyOf(limitations);
    }

    /**
     * The report on one judgement.
     *
     * @param userNames the name of a user id; empty where it has none
     * @param limitations what the host says is degraded
     * @throws IllegalArgumentException if the judgement lacks a verdict on a worker it saw
     */
    public static LeakReport of(
            Judgement judgement, IntFunction<Optional<String>> userNames, List<String> limitations) {
        Look look = judgement.look();
        Map<ProcessIdentity, Verdict> verdicts = new HashMap<>();
        judgement.verdicts().forEach(verdict -> verdicts.put(verdict.identity(), verdict));

        List<WorkerLine> workers = new ArrayList<>();
        Map<ProcessIdentity, List<WorkerLine>> owned = new HashMap<>();
        for (SlashWorker worker : look.workers()) {
            Verdict verdict = Optional.ofNullable(verdicts.get(worker.identity()))
                    .orElseThrow(() -> new IllegalArgumentException("no verdict on worker " + worker.pid()));
            WorkerLine line = new WorkerLine(
                    worker,
                    verdict,
                    startedAt(worker.process(), look),
                    age(worker.process(), look),
                    user(worker.process(), userNames),
                    idle(judgement.sightings(), worker.identity()));
            workers.add(line);
            line.owner().ifPresent(owner -> owned.computeIfAbsent(owner.identity(), it -> new ArrayList<>())
                    .add(line));
        }
        List<GatewayLine> gateways = look.gateways().stream()
                .map(gateway -> new GatewayLine(
                        gateway,
                        Optional.ofNullable(verdicts.get(gateway.identity())),
                        startedAt(gateway.process(), look),
                        age(gateway.process(), look),
                        user(gateway.process(), userNames),
                        Tally.of(owned.getOrDefault(gateway.identity(), List.of()))))
                .toList();
        return new LeakReport(
                look.self(),
                look.at().wall(),
                look.isComplete(),
                judgement.blindness(),
                look.table().processes(),
                gateways,
                workers,
                SessionLine.of(workers),
                Tally.of(workers.stream().filter(WorkerLine::isOurs).toList()),
                look.gaps(),
                limitations,
                look.memory(),
                Orders.NONE);
    }

    /** The same under {@code newOrders}. */
    public LeakReport under(Orders newOrders) {
        return new LeakReport(
                self,
                takenAt,
                complete,
                blindness,
                processes,
                gateways,
                workers,
                sessions,
                totals,
                gaps,
                limitations,
                memory,
                newOrders);
    }

    /** Whether not one worker could be read, or for long none was recognised although gateways run here. */
    public boolean blind() {
        return blindness != Blindness.SEES;
    }

    /** Whether there is any leak: a worker, or an entry nobody is left to speak to. */
    public boolean isLeaking() {
        return totals.leaked() > 0 || gateways.stream().anyMatch(GatewayLine::isLeaked);
    }

    /** Whether there are workers, and all of users that are not judged: that says nothing about leaks. */
    public boolean isUnjudged() {
        return totals.workers() == 0 && !workers.isEmpty() && !isLeaking();
    }

    private static Optional<Duration> idle(Sightings sightings, ProcessIdentity identity) {
        return sightings
                .of(identity)
                .filter(sighting -> sighting.doing() == Doing.IDLE)
                .map(Sighting::idleFor);
    }

    private static Optional<String> user(ProcessEntry process, IntFunction<Optional<String>> userNames) {
        return process.uid() < 0
                ? Optional.empty()
                : userNames.apply(process.uid()).or(() -> Optional.of(Integer.toString(process.uid())));
    }

    private static Instant startedAt(ProcessEntry process, Look look) {
        return look.at().wall().minus(age(process, look));
    }

    private static Duration age(ProcessEntry process, Look look) {
        Duration age = look.table().ageOf(process);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
