package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
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

/**
 * What the victims have started: MCP servers, shells. Collected and held before a victim's first signal, because they are
 * handed to init the moment it dies; ended after it, with whatever they have started meanwhile. Other users' processes,
 * gateways with all below them, and servers somebody is connected to are spared.
 */
final class Families {

    /** Rounds of looking for new children; a tree that still grows after that is left to the next sweep. */
    private static final int ROUNDS = 10;

    private static final Duration ROUND = Duration.ofMillis(200);

    private final Host host;
    private final ReapPolicy policy;
    private final Map<Victim, Map<ProcessIdentity, Member>> members = new LinkedHashMap<>();
    private final Set<ProcessIdentity> known = new HashSet<>();

    private static final class Member {
        private final HeldProcess held;
        private boolean termSent;
        private boolean killSent;
        private Optional<Outcome> outcome = Optional.empty();

        Member(HeldProcess held) {
            this.held = held;
        }

        ProcessEntry process() {
            return held.process();
        }

        boolean isOpen() {
            if (outcome.isEmpty() && held.hasExited()) {
                outcome = Optional.of(killSent ? Outcome.KILLED : termSent ? Outcome.EXITED : Outcome.ALREADY_GONE);
            }
            return outcome.isEmpty();
        }

        void send(Signal signal) {
            SignalResult result = held.signal(signal);
            termSent |= signal == Signal.TERM && result == SignalResult.SENT;
            killSent |= signal == Signal.KILL && result == SignalResult.SENT;
            if (result == SignalResult.NOT_PERMITTED) {
                outcome = Optional.of(Outcome.NOT_PERMITTED);
            }
        }
    }

    Families(Host host, ReapPolicy policy) {
        this.host = host;
        this.policy = policy;
    }

    /** Holds everything that is below {@code victim} now. */
    void collect(Victim victim, Judgement fresh, Set<Integer> untouchable) {
        if (!policy.descendants()) {
            return;
        }
        Set<Integer> spared = new HashSet<>(untouchable);
        fresh.look().gateways().stream().map(Gateway::pid).forEach(spared::add);
        fresh.verdicts().forEach(verdict -> spared.add(verdict.process().pid()));
        members.put(victim, new LinkedHashMap<>());
        grow(victim, victim.process(), spared);
    }

    private void grow(Victim victim, ProcessEntry parent, Set<Integer> spared) {
        for (ProcessEntry child : host.children(parent)) {
            boolean ours = child.uid() == victim.process().uid()
                    && !spared.contains(child.pid())
                    && !child.isZombie()
                    && parent.identity().isNotYoungerThan(child.identity());
            if (ours && !known.contains(child.identity())) {
                Optional<HeldProcess> held = host.hold(child);
                if (held.isPresent() && !isStill(child)) {
                    held.get().close();
                    continue;
                }
                if (held.isPresent()) {
                    known.add(child.identity());
                    members.getOrDefault(victim, new HashMap<>()).put(child.identity(), new Member(held.get()));
                }
            }
            if (ours) {
                grow(victim, child, spared);
            }
        }
    }

    /** Ends the families of those victims that are gone; says of every member what became of it. */
    Map<ProcessIdentity, List<Reaping.Descendant>> end(List<Victim> victims) throws InterruptedException {
        Map<ProcessIdentity, List<Reaping.Descendant>> result = new HashMap<>();
        List<Member> doomed = new ArrayList<>();
        for (Victim victim : victims) {
            if (victim.isReaped()) {
                members.getOrDefault(victim, Map.of()).values().forEach(doomed::add);
            }
        }
        doomed.stream().filter(Member::isOpen).forEach(member -> signal(member, Signal.TERM));
        await(victims, doomed, policy.termGrace());
        doomed.stream().filter(Member::isOpen).forEach(member -> signal(member, Signal.KILL));
        await(victims, doomed, policy.killGrace());
        for (Victim victim : victims) {
            Outcome rest =
                    victim.isReaped() ? Outcome.SURVIVED : victim.reaping().outcome();
            result.put(
                    victim.process().identity(),
                    members.getOrDefault(victim, Map.of()).values().stream()
                            .map(member -> new Reaping.Descendant(
                                    member.process(), member.isOpen() ? rest : member.outcome.orElse(rest)))
                            .toList());
        }
        return result;
    }

    private void await(List<Victim> victims, List<Member> doomed, Duration atMost) throws InterruptedException {
        Moment start = host.now();
        for (int round = 0; ; round++) {
            if (round < ROUNDS) {
                offspring(victims, doomed);
            }
            List<HeldProcess> open =
                    doomed.stream().filter(Member::isOpen).map(it -> it.held).toList();
            Duration left = atMost.minus(host.now().since(start));
            if (open.isEmpty() || left.isNegative() || left.isZero()) {
                return;
            }
            host.awaitExit(open, round < ROUNDS && left.compareTo(ROUND) > 0 ? ROUND : left);
        }
    }

    /** Takes in what members have started since they were collected. */
    private void offspring(List<Victim> victims, List<Member> doomed) {
        for (Victim victim : victims) {
            Map<ProcessIdentity, Member> family = members.get(victim);
            if (family == null || !victim.isReaped()) {
                continue;
            }
            Set<ProcessIdentity> before = Set.copyOf(family.keySet());
            List.copyOf(family.values()).stream()
                    .filter(Member::isOpen)
                    .forEach(member ->
                            grow(victim, member.process(), Set.of(1, host.self().pid())));
            family.forEach((identity, member) -> {
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
        Clients clients = host.clients(member.process());
        if (clients.countable() && clients.attached() > 0) {
            member.outcome = Optional.of(Outcome.SPARED);
            return;
        }
        member.send(signal);
        if (signal == Signal.TERM && member.process().isStopped()) {
            member.send(Signal.CONT);
        }
    }

    private boolean isStill(ProcessEntry process) {
        return host.entry(process.pid())
                .filter(now -> now.identity().equals(process.identity()))
                .isPresent();
    }

    void close() {
        members.values().forEach(family -> family.values().forEach(member -> member.held.close()));
    }
}
