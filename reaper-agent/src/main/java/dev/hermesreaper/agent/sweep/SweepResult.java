package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.state.Counts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one sweep did.
 *
 * @param request what it was asked
 * @param startedAt when it began
 * @param took how long it lasted
 * @param judgement the last full judgement before anything was ended
 * @param verdicts those of the judgement that the request covers
 * @param reapings one for every process that was to be ended
 * @param pause the operator's pause that was in force at the end of it
 */
public record SweepResult(
        SweepRequest request,
        Moment startedAt,
        Duration took,
        Judgement judgement,
        List<Verdict> verdicts,
        List<Reaping> reapings,
        Optional<Pause> pause) {

    public SweepResult {
        verdicts = List.copyOf(verdicts);
        reapings = List.copyOf(reapings);
    }

    public long count(Decision decision) {
        return verdicts.stream()
                .filter(verdict -> verdict.decision() == decision)
                .count();
    }

    public long count(Outcome outcome) {
        return reapings.stream().filter(reaping -> reaping.outcome() == outcome).count();
    }

    /** How many are gone because they were ended. */
    public long reaped() {
        return reapings.stream().filter(reaping -> reaping.outcome().isReaped()).count();
    }

    /** Bytes given back, resident and swapped, of processes proven gone. */
    public long reclaimedBytes() {
        long bytes = 0;
        for (Reaping reaping : reapings) {
            bytes += reaping.reclaimedBytes();
        }
        return bytes;
    }

    /** The judgement without the processes that are gone since. */
    public Judgement remaining() {
        Set<ProcessIdentity> gone = reapings.stream()
                .filter(reaping -> reaping.outcome().isReaped() || reaping.outcome() == Outcome.ALREADY_GONE)
                .map(reaping -> reaping.verdict().identity())
                .collect(Collectors.toSet());
        Look look = judgement.look();
        Look rest = new Look(
                look.self(),
                look.table(),
                look.readBy(),
                look.gateways().stream()
                        .filter(gateway -> !gone.contains(gateway.identity()))
                        .toList(),
                look.workers().stream()
                        .filter(worker -> !gone.contains(worker.identity()))
                        .toList(),
                look.gaps(),
                look.memory());
        return new Judgement(
                rest,
                judgement.sightings(),
                judgement.verdicts().stream()
                        .filter(verdict -> !gone.contains(verdict.identity()))
                        .toList());
    }

    /** How often which outcome followed on which reason; what was only observed is no act. */
    Map<Counts.Reap, Long> acts() {
        Map<Counts.Reap, Long> acts = new HashMap<>();
        for (Reaping reaping : reapings) {
            Outcome outcome = reaping.outcome();
            if (outcome != Outcome.DRY_RUN && outcome != Outcome.OBSERVED) {
                acts.merge(new Counts.Reap(reaping.verdict().reason().word(), outcome.word()), 1L, Long::sum);
            }
        }
        return acts;
    }

    /** Whether the pause kept this pass from signalling anybody at all. */
    public boolean isHeldBack() {
        return isLeftByPauseOnly()
                && reapings.stream()
                        .allMatch(reaping -> reaping.signals().isEmpty() && reaping.outcome() == Outcome.DEFERRED);
    }

    /** Whether all that was left was left because of the pause. */
    public boolean isLeftByPauseOnly() {
        return pause.isPresent()
                && reapings.stream()
                        .filter(reaping -> reaping.outcome().isLeft())
                        .allMatch(reaping -> reaping.outcome() == Outcome.DEFERRED);
    }

    /** Whether a leak was left that should have been ended. */
    public boolean isLeakLeft() {
        for (Reaping reaping : reapings) {
            if (reaping.outcome().isLeft()) {
                return true;
            }
        }
        return false;
    }
}
