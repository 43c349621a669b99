package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Ownership;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells which processes below a victim are its own, and which are somebody else's. */
final class Kinship {

    private final Host host;
    private final Map<Integer, String> others = new HashMap<>();
    private Optional<Judgement> newest = Optional.empty();

    Kinship(Host host) {
        this.host = host;
    }

    /** What {@code process} is now; empty if it is gone, or its pid another's. */
    Optional<ProcessEntry> now(ProcessEntry process) {
        return host.entry(process.pid()).filter(now -> now.identity().equals(process.identity()));
    }

    /**
     * A parent may die at any moment, and its pid be another's by the time it is asked by: whoever still has that pid for
     * a parent then belongs to the other. What the dead one had started is in other hands by then.
     */
    List<ProcessEntry> childrenOf(ProcessEntry parent) {
        List<ProcessEntry> children = host.children(parent);
        return children.isEmpty() || now(parent).isPresent()
                ? children
                : children.stream()
                        .filter(child -> now(child)
                                .filter(it -> it.parentPid() != parent.pid())
                                .isPresent())
                        .toList();
    }

    /** Takes over what a fresh look shows. */
    void learn(Judgement fresh, Set<Integer> untouchable) {
        untouchable.forEach(pid -> others.putIfAbsent(pid, "it is the reaper itself, or above it"));
        fresh.look().gateways().stream().map(Gateway::pid).forEach(pid -> others.putIfAbsent(pid, "it is a gateway"));
        newest = Optional.of(fresh);
    }

    /** Whether {@code process} is to be ended for itself. */
    boolean isVictim(ProcessEntry process) {
        return verdict(process).filter(Verdict::isReap).isPresent();
    }

    /** Why {@code child} is not of {@code family}, although it is below it; empty if it is. */
    Optional<Objection> objection(Family family, ProcessEntry child) {
        if (child.uid() != family.victim().process().uid()) {
            return Optional.of(Objection.doubt("it belongs to user " + child.uid()));
        }
        return Optional.ofNullable(others.get(child.pid()))
                .or(() -> verdict(child)
                        .filter(verdict -> !isOfFamily(family, verdict))
                        .map(verdict ->
                                "it is a worker of its own: " + verdict.reason().word()))
                .map(Objection::certain);
    }

    /** Of a worker below a worker: nobody but the family can be its owner, and nothing else speaks for it. */
    private boolean isOfFamily(Family family, Verdict verdict) {
        boolean speaksForIt = verdict.decision() == Decision.KEEP
                && verdict.reason() != Reason.OWNED
                && verdict.reason() != Reason.NEWEST;
        Optional<Ownership> ownership =
                newest.flatMap(it -> it.look().worker(verdict.identity())).map(SlashWorker::ownership);
        return !speaksForIt
                && ownership
                        .filter(it -> it.isUnowned()
                                || it.owner()
                                        .filter(owner -> isIn(family, owner))
                                        .isPresent())
                        .isPresent();
    }

    private static boolean isIn(Family family, ProcessEntry process) {
        ProcessIdentity victim = family.victim().process().identity();
        return process.identity().equals(victim) || family.member(process).isPresent();
    }

    private Optional<Verdict> verdict(ProcessEntry process) {
        return newest.flatMap(it -> it.on(process.identity()));
    }
}
