package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the victims have started: MCP servers, shells. Collected and held before a victim's first signal, because they are
 * handed to init the moment it dies; ended after it, with whatever they have started meanwhile. Spared, with all below
 * them: other users' processes, gateways, what the operator protects, and servers somebody is connected to.
 */
final class Families {

    /** Rounds of looking for new children; a tree that still grows after that is left to the next sweep. */
    private static final int ROUNDS = 10;

    private static final Duration ROUND = Duration.ofMillis(200);

    private final Host host;
    private final ReapPolicy policy;
    private final SecondOpinion opinion;
    private final Restraint restraint;
    private final Map<Victim, Family> families = new LinkedHashMap<>();
    private final Set<ProcessIdentity> known = new HashSet<>();

    /**
     * All below one victim.
     *
     * @param members those that are held, parents before their children
     * @param left those that could not be held
     * @param untouchable pids that are never members
     */
    private record Family(Map<ProcessIdentity, Member> members, List<ProcessEntry> left, Set<Integer> untouchable) {}

    Families(Host host, ReapPolicy policy, SecondOpinion opinion, Restraint restraint) {
        this.host = host;
        this.policy = policy;
        this.opinion = opinion;
        this.restraint = restraint;
    }

    /** Holds everything that is below {@code victim} now. */
    void collect(Victim victim, Judgement fresh, Set<Integer> untouchable) {
        if (!policy.descendants()) {
            return;
        }
        Set<Integer> spared = new HashSet<>(untouchable);
        fresh.look().gateways().stream().map(Gateway::pid).forEach(spared::add);
        fresh.verdicts().forEach(verdict -> spared.add(verdict.process().pid()));
        Family family = new Family(new LinkedHashMap<>(), new ArrayList<>(), spared);
        families.put(victim, family);
        grow(family, victim.process(), Optional.empty());
    }

    private void grow(Family family, ProcessEntry parent, Optional<Member> above) {
        for (ProcessEntry child : host.children(parent)) {
            boolean ours = child.uid() == parent.uid()
                    && !family.untouchable().contains(child.pid())
                    && !child.isZombie()
                    && parent.identity().isNotYoungerThan(child.identity());
            if (ours && known.add(child.identity())) {
                hold(family, child, above);
            }
            Member member = family.members().get(child.identity());
            if (ours && member != null) {
                grow(family, child, Optional.of(member));
            }
        }
    }

    private void hold(Family family, ProcessEntry child, Optional<Member> above) {
        Optional<HeldProcess> held;
        try {
            held = host.hold(child);
        } catch (HostException e) {
            family.left().add(child);
            return;
        }
        if (held.isEmpty()) {
            return;
        }
        if (now(child).isPresent()) {
            family.members().put(child.identity(), new Member(held.get(), above, restraint));
        } else {
            held.get().close();
        }
    }

    /** Ends the families of those victims that are gone; says of every member what became of it. */
    Map<ProcessIdentity, List<Reaping.Descendant>> end(List<Victim> victims) throws InterruptedException {
        List<Member> doomed = new ArrayList<>();
        families.forEach((victim, family) -> {
            if (victim.isReaped()) {
                doomed.addAll(family.members().values());
            } else if (victim.isRehearsed()) {
                family.members().values().stream().filter(this::isToBeSpared).forEach(Member::spare);
            }
        });
        doomed.forEach(member -> signal(member, Signal.TERM));
        await(doomed, policy.termGrace());
        doomed.forEach(member -> signal(member, Signal.KILL));
        await(doomed, policy.killGrace());
        Map<ProcessIdentity, List<Reaping.Descendant>> result = new HashMap<>();
        families.forEach((victim, family) -> result.put(victim.process().identity(), descendants(victim, family)));
        return result;
    }

    private static List<Reaping.Descendant> descendants(Victim victim, Family family) {
        Outcome rest = victim.isReaped() ? Outcome.SURVIVED : victim.reaping().outcome();
        Outcome left = victim.isReaped() ? Outcome.DEFERRED : rest;
        return Stream.concat(
                        family.members().values().stream()
                                .map(member -> new Reaping.Descendant(member.process(), member.outcome(rest))),
                        family.left().stream().map(process -> new Reaping.Descendant(process, left)))
                .toList();
    }

    private void await(List<Member> doomed, Duration atMost) throws InterruptedException {
        Moment start = host.now();
        for (int round = 0; ; round++) {
            if (round < ROUNDS) {
                offspring(doomed);
            }
            List<HeldProcess> open =
                    doomed.stream().filter(Member::isOpen).map(Member::held).toList();
            Duration left = atMost.minus(host.now().since(start));
            if (open.isEmpty() || left.isNegative() || left.isZero()) {
                return;
            }
            host.awaitExit(open, round < ROUNDS && left.compareTo(ROUND) > 0 ? ROUND : left);
        }
    }

    /** Takes in what members have started since they were collected. */
    private void offspring(List<Member> doomed) {
        for (Map.Entry<Victim, Family> each : families.entrySet()) {
            if (!each.getKey().isReaped()) {
                continue;
            }
            Map<ProcessIdentity, Member> members = each.getValue().members();
            Set<ProcessIdentity> before = Set.copyOf(members.keySet());
            List.copyOf(members.values()).stream()
                    .filter(Member::isOpen)
                    .forEach(member -> grow(each.getValue(), member.process(), Optional.of(member)));
            members.forEach((identity, member) -> {
                if (!before.contains(identity)) {
                    doomed.add(member);
                    signal(member, Signal.TERM);
                }
            });
        }
    }

    private void signal(Member member, Signal signal) {
        if (!member.isOpen()) {
            return;
        }
        if (isToBeSpared(member)) {
            member.spare();
            return;
        }
        member.send(signal);
        if (signal == Signal.TERM
                && member.isOpen()
                && now(member.process()).filter(ProcessEntry::isStopped).isPresent()) {
            member.send(Signal.CONT);
        }
    }

    /** The fresh look before every signal: it may have become something else since it was collected. */
    private boolean isToBeSpared(Member member) {
        if (member.isBelowSpared()) {
            return true;
        }
        Optional<ProcessEntry> now = now(member.process());
        if (now.isEmpty()) {
            return false;
        }
        Clients clients = host.clients(now.get());
        boolean mayServe = !clients.countable() || clients.attached() > 0;
        return (mayServe && !member.held().hasExited())
                || now.get().uid() != member.process().uid()
                || opinion.spares(now.get());
    }

    /** What {@code process} is now; empty if it is gone. */
    private Optional<ProcessEntry> now(ProcessEntry process) {
        return host.entry(process.pid()).filter(now -> now.identity().equals(process.identity()));
    }

    void close() {
        families.values().forEach(family -> family.members().values().forEach(member -> member.held()
                .close()));
    }
}
