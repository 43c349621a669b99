package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the victims have started: MCP servers, shells. Collected and held before a victim's first signal, because they are
 * handed to init the moment it dies; ended as soon as it is gone, with whatever they have started meanwhile, and without
 * waiting for other victims. Left alone, with all below them: other users' processes, gateways, workers that may be
 * somebody else's, what the operator protects, and servers somebody is connected to. See {@link Objection}.
 */
final class Families {

    /** So often in a row it is looked for new children quickly; a tree that still grows after that, at leisure. */
    private static final int QUICK_ROUNDS = 10;

    private static final Duration QUICKLY = Duration.ofMillis(200);
    private static final Duration AT_LEISURE = Duration.ofSeconds(1);

    /** What would have to be held beyond that is left to later sweeps. */
    private static final int MOST_HELD = 10_000;

    private final Host host;
    private final ReapPolicy policy;
    private final SecondOpinion opinion;
    private final Restraint restraint;
    private final Map<Victim, Family> families = new LinkedHashMap<>();
    private final Set<ProcessIdentity> known = new HashSet<>();
    private final Kinship kinship;
    private Optional<Moment> lastRound = Optional.empty();
    private int rounds;
    private int held;

    Families(Host host, ReapPolicy policy, SecondOpinion opinion, Restraint restraint) {
        this.host = host;
        this.policy = policy;
        this.opinion = opinion;
        this.restraint = restraint;
        this.kinship = new Kinship(host);
    }

    /** Holds everything that is below {@code victim} now. */
    void collect(Victim victim, FreshLook fresh) {
        if (!policy.descendants()) {
            return;
        }
        kinship.learn(fresh.judgement(), fresh.untouchable());
        Family family = families.computeIfAbsent(victim, Family::new);
        grow(
                family,
                Stream.concat(
                                Stream.of(victim.process()),
                                family.open().stream().map(Member::process))
                        .toList());
    }

    /** Takes in what is below {@code from}, and says who is new. */
    private List<Member> grow(Family family, List<ProcessEntry> from) {
        List<Member> grown = new ArrayList<>();
        Deque<ProcessEntry> parents = new ArrayDeque<>(from);
        while (!parents.isEmpty()) {
            ProcessEntry parent = parents.remove();
            for (ProcessEntry child : kinship.childrenOf(parent)) {
                boolean isChild = parent.identity().isNotYoungerThan(child.identity()) && !child.isZombie();
                if (isChild && known.add(child.identity()) && take(family, child, family.member(parent))) {
                    parents.add(child);
                    family.member(child).ifPresent(grown::add);
                }
            }
        }
        return grown;
    }

    /** Whether {@code child} is one of the family now. */
    private boolean take(Family family, ProcessEntry child, Optional<Member> above) {
        if (kinship.isVictim(child)) {
            return false;
        }
        Optional<Objection> objection = kinship.objection(family, child);
        if (objection.isPresent()) {
            family.leave(child, Outcome.SPARED, objection.get().why());
            above.filter(it -> objection.get().isCertain()).ifPresent(it -> it.spareAbove(child));
            return false;
        }
        try {
            return held < MOST_HELD ? hold(family, child, above) : leave(family, child, "too many are held already");
        } catch (HostException e) {
            return leave(family, child, String.valueOf(e.getMessage()));
        }
    }

    private static boolean leave(Family family, ProcessEntry child, String why) {
        family.leave(child, Outcome.DEFERRED, why);
        return false;
    }

    private boolean hold(Family family, ProcessEntry child, Optional<Member> above) {
        Optional<HeldProcess> holding = host.hold(child);
        if (holding.isEmpty()) {
            return false;
        }
        if (kinship.now(child).isEmpty()) {
            holding.get().close();
            return false;
        }
        family.add(new Member(holding.get(), family, above, restraint));
        held++;
        return true;
    }

    /** Of a dry run: who would be spared. */
    void rehearse() {
        families.values().stream()
                .filter(family -> family.victim().isRehearsed())
                .forEach(family -> spareWhatIsInUse(family.open()));
    }

    /** Does what is due by now: begins to end the families of victims that are gone, goes on with others. */
    void tend() {
        Moment now = host.now();
        for (Family family : families.values()) {
            if (family.victim().isReaped() && !family.isEnding()) {
                family.beginToEnd(now);
                rounds = 0;
                signal(family, family.open());
            }
        }
        if (lastRound.filter(last -> now.since(last).compareTo(gap()) < 0).isEmpty()) {
            lastRound = Optional.of(now);
            rounds++;
            families.values().forEach(this::takeInOffspring);
        }
        for (Family family : families.values()) {
            if (family.isEnding()
                    && !family.isKilling()
                    && family.endingFor(now).compareTo(policy.termGrace()) >= 0) {
                family.beginToKill();
                signal(family, family.open());
            }
        }
    }

    private Duration gap() {
        return rounds < QUICK_ROUNDS ? QUICKLY : AT_LEISURE;
    }

    private void takeInOffspring(Family family) {
        if (isOver(family)) {
            return;
        }
        List<Member> born = grow(family, family.growing());
        if (family.isEnding()) {
            signal(family, born);
        }
    }

    /** All of them before the first signal: who is spared spares those it was started by. */
    private void spareWhatIsInUse(List<Member> members) {
        members.forEach(member -> objection(member).ifPresent(member::spare));
        members.stream().filter(Member::isBelowSpared).forEach(member -> member.spare(Member.BELOW_SPARED));
    }

    /** SIGTERM to {@code members}, or SIGKILL once it has come to that, and to whomever these have started meanwhile. */
    private void signal(Family family, List<Member> members) {
        spareWhatIsInUse(members);
        Deque<Member> queue = new ArrayDeque<>(members);
        while (!queue.isEmpty()) {
            Member member = queue.remove();
            if (member.isOpen()) {
                List<Member> born = signal(family, member, family.isKilling() ? Signal.KILL : Signal.TERM);
                spareWhatIsInUse(born);
                queue.addAll(born);
            }
        }
    }

    /** Whether nothing more happens to the family of {@code victim}; so too where it has none. */
    boolean isOver(Victim victim) {
        return Optional.ofNullable(families.get(victim))
                .filter(it -> !isOver(it))
                .isEmpty();
    }

    private boolean isOver(Family family) {
        boolean timeIsOver =
                family.endingFor(host.now()).compareTo(policy.termGrace().plus(policy.killGrace())) >= 0;
        return !family.victim().isOpen()
                && (!family.victim().isReaped()
                        || (family.isEnding() && (timeIsOver || family.open().isEmpty())));
    }

    boolean areOver() {
        return families.values().stream().allMatch(this::isOver);
    }

    /** Those whose end is waited for. */
    List<HeldProcess> watched() {
        return families.values().stream()
                .filter(family -> family.isEnding() && !isOver(family))
                .flatMap(family -> family.open().stream())
                .map(Member::held)
                .toList();
    }

    /** After how long {@link #tend} has something to do at the latest; at most {@code atMost}. */
    Duration pause(Duration atMost) {
        Moment now = host.now();
        return Stream.concat(
                        Stream.of(
                                atMost,
                                lastRound
                                        .map(last -> gap().minus(now.since(last)))
                                        .orElse(Duration.ZERO)),
                        families.values().stream()
                                .filter(family -> family.isEnding() && !isOver(family))
                                .map(family -> (family.isKilling()
                                                ? policy.termGrace().plus(policy.killGrace())
                                                : policy.termGrace())
                                        .minus(family.endingFor(now))))
                .min(Duration::compareTo)
                .filter(time -> !time.isNegative())
                .orElse(Duration.ZERO);
    }

    List<Reaping.Descendant> below(Victim victim) {
        return Optional.ofNullable(families.get(victim))
                .map(Family::descendants)
                .orElse(List.of());
    }

    /**
     * Looks for new children right before and after, since those of a dead one have no parent to be found by. One that is
     * born in that instant to a parent that SIGKILL ends is missed.
     */
    private List<Member> signal(Family family, Member member, Signal signal) {
        Optional<Objection> spared = objection(member);
        if (spared.isPresent()) {
            member.spare(spared.get());
            return List.of();
        }
        List<Member> born = new ArrayList<>(grow(family, List.of(member.process())));
        if (member.isSpared()) {
            return born;
        }
        member.send(signal);
        born.addAll(grow(family, List.of(member.process())));
        if (signal == Signal.TERM
                && member.isOpen()
                && kinship.now(member.process()).filter(ProcessEntry::isStopped).isPresent()) {
            member.send(Signal.CONT);
        }
        return born;
    }

    /** The fresh look before every signal: it may have become something else since it was collected. */
    private Optional<Objection> objection(Member member) {
        if (member.isBelowSpared()) {
            return Optional.of(Member.BELOW_SPARED);
        }
        Optional<ProcessEntry> now = kinship.now(member.process());
        if (now.isEmpty()) {
            return member.held().hasExited() ? Optional.empty() : Optional.of(Objection.doubt(Victim.UNREADABLE));
        }
        if (now.get().uid() != member.process().uid()) {
            return Optional.of(Objection.doubt("it belongs to user " + now.get().uid()));
        }
        Clients clients = host.clients(now.get(), member.family().everybody());
        if (!clients.countable() && !member.held().hasExited()) {
            return Optional.of(Objection.doubt("who uses it cannot be told: " + clients.why()));
        }
        if (clients.attached() > 0) {
            return Optional.of(Objection.certain("it serves somebody: " + clients.why()));
        }
        // Of one that has exited meanwhile nothing can be read, and nothing needs to be.
        return opinion.objection(now.get()).filter(why -> !member.held().hasExited());
    }

    void close() {
        families.values().stream().flatMap(family -> family.members().stream()).forEach(member -> member.held()
                .close());
    }
}
