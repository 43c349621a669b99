package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends leaked processes, all at once: hold → look and judge again → SIGTERM (SIGCONT if stopped) → {@code term_grace} →
 * look and judge again → SIGKILL → {@code kill_grace}. Never a process group, never pid 1, ourselves or our ancestors. A
 * dry run walks the same path and stops where the signal would be.
 */
public final class Reaper {

    /** A wait that took so much longer than asked for was no wait: this program was stopped, or the machine asleep. */
    public static final Duration LATE = Duration.ofSeconds(2);

    private final Host host;
    private final ReapPolicy policy;
    private final SecondOpinion opinion;
    private final Ledger ledger;
    private final Optional<Outcome> insteadOfSignal;
    private final Restraint restraint;

    /**
     * @param insteadOfSignal {@link Outcome#DRY_RUN} or {@link Outcome#OBSERVED} where nobody is to be signalled
     * @param restraint asked right before every signal; what it holds back is {@link Outcome#DEFERRED}
     */
    public Reaper(
            Host host,
            ReapPolicy policy,
            SecondOpinion opinion,
            Ledger ledger,
            Optional<Outcome> insteadOfSignal,
            Restraint restraint) {
        this.host = host;
        this.policy = policy;
        this.opinion = opinion;
        this.ledger = ledger;
        this.insteadOfSignal = insteadOfSignal;
        this.restraint = restraint;
    }

    /** Whether a victim would be held by a pidfd here; tried on this program itself, and nobody is signalled. */
    public static boolean holdsByPidfd(Host host) {
        Optional<HeldProcess> ourselves = host.entry(host.self().pid()).flatMap(host::hold);
        ourselves.ifPresent(HeldProcess::close);
        return ourselves.filter(HeldProcess::isExact).isPresent();
    }

    /**
     * Carries out {@code verdicts}, which all say reap.
     *
     * @return one reaping for every verdict, in their order
     * @throws InterruptedException if interrupted while waiting; nobody is signalled after that
     */
    public List<Reaping> reap(List<Verdict> verdicts) throws InterruptedException {
        Map<ProcessIdentity, Reaping> done = new HashMap<>();
        List<Victim> victims = new ArrayList<>();
        Families families = new Families(host, policy, opinion, restraint);
        try {
            verdicts.forEach(verdict -> takeOn(verdict, victims, done));
            if (!victims.isEmpty()) {
                end(victims, families);
            }
            victims.forEach(victim -> done.put(victim.process().identity(), reaping(victim, families)));
        } catch (InterruptedException | RuntimeException e) {
            giveUp(victims, families);
            throw e;
        } finally {
            victims.forEach(victim -> victim.held().close());
            families.close();
        }
        return verdicts.stream()
                .flatMap(verdict -> Optional.ofNullable(done.get(verdict.identity())).stream())
                .toList();
    }

    private void takeOn(Verdict verdict, List<Victim> victims, Map<ProcessIdentity, Reaping> done) {
        Optional<String> putOff = ledger.putsOff(verdict.identity());
        if (putOff.isPresent()) {
            done.put(verdict.identity(), untried(verdict, Outcome.DEFERRED, putOff.get()));
        } else if (victims.size() >= policy.maxReapsPerSweep()) {
            done.put(verdict.identity(), unheld(verdict, Outcome.DEFERRED, "max_reaps_per_sweep reached"));
        } else {
            hold(verdict, victims, done);
        }
    }

    private void end(List<Victim> victims, Families families) throws InterruptedException {
        term(victims, families);
        await(victims, families, policy.termGrace());
        kill(victims, families);
        await(victims, families, policy.killGrace());
        victims.forEach(victim -> victim.settle(Outcome.SURVIVED, "it outlived SIGKILL"));
        families.rehearse();
        awaitEndOf(families, victims);
    }

    /** Nobody is signalled any more; what came of those that were is told as far as it is known. */
    private void giveUp(List<Victim> victims, Families families) {
        for (Victim victim : victims) {
            victim.check();
            if (victim.wasSignalled()) {
                victim.settle(Outcome.SPARED, "the pass ended before it was known what came of SIGTERM");
            }
            if (!victim.isOpen() && victim.markRecorded()) {
                ledger.records(reaping(victim, families));
            }
        }
    }

    private static Reaping reaping(Victim victim, Families families) {
        return victim.reaping().with(families.below(victim));
    }

    /** Records what is known by now: this program may be killed before all others are gone. */
    private void record(List<Victim> victims, Families families) {
        for (Victim victim : victims) {
            if (!victim.isOpen() && families.isOver(victim) && victim.markRecorded()) {
                ledger.records(reaping(victim, families));
            }
        }
    }

    private void hold(Verdict verdict, List<Victim> victims, Map<ProcessIdentity, Reaping> done) {
        if (verdict.process().pid() <= 1) {
            done.put(verdict.identity(), unheld(verdict, Outcome.SPARED, "it is pid 1"));
            return;
        }
        Optional<HeldProcess> held;
        try {
            held = host.hold(verdict.process());
        } catch (HostException e) {
            if (victims.isEmpty()) {
                throw e;
            }
            // Out of descriptors, most likely: the next pass goes on where this one had to stop.
            done.put(verdict.identity(), unheld(verdict, Outcome.DEFERRED, String.valueOf(e.getMessage())));
            return;
        }
        if (held.isEmpty()) {
            done.put(verdict.identity(), unheld(verdict, Outcome.ALREADY_GONE, ""));
        } else if (!held.get().isExact() && policy.withoutPidfd() == ReapPolicy.WithoutPidfd.REFUSE) {
            held.get().close();
            done.put(
                    verdict.identity(),
                    untried(verdict, Outcome.DEFERRED, "no pidfd here, and without_pidfd = refuse"));
        } else {
            victims.add(new Victim(host, verdict, held.get(), restraint));
        }
    }

    private void term(List<Victim> victims, Families families) {
        FreshLook fresh = new FreshLook(host, opinion.lookAgain(Set.of()));
        for (Victim victim : victims) {
            if (!fresh.confirms(victim)) {
                continue;
            }
            boolean mayMove = victim.verdict().reason() == Reason.ORPHANED && !isIdleBased(victim.verdict());
            if (!victim.isStillIt(fresh, mayMove)) {
                continue;
            }
            victim.weigh(fresh.details(victim));
            if (insteadOfSignal.isEmpty() && restraint.why().isEmpty()) {
                ledger.intends(victim.verdict());
            }
            families.collect(victim, fresh);
            // Writing, collecting and asking for a pause take time, in which a command may have come in.
            boolean heldBack = insteadOfSignal.isEmpty() && victim.isHeldBack();
            if (!heldBack && fresh.isFresh(victim) && victim.isStillIt(fresh, mayMove)) {
                term(victim);
            }
        }
    }

    private void term(Victim victim) {
        if (insteadOfSignal.isPresent()) {
            victim.settle(insteadOfSignal.get(), "");
            return;
        }
        victim.send(Signal.TERM);
        if (victim.isOpen() && victim.process().isStopped()) {
            victim.send(Signal.CONT);
        }
    }

    private void kill(List<Victim> victims, Families families) {
        List<Victim> stubborn = victims.stream().filter(Victim::isOpen).toList();
        if (stubborn.isEmpty()) {
            return;
        }
        Set<ProcessIdentity> signalled =
                stubborn.stream().map(it -> it.process().identity()).collect(Collectors.toSet());
        FreshLook fresh = new FreshLook(host, opinion.lookAgain(signalled));
        for (Victim victim : stubborn) {
            if (fresh.confirms(victim)) {
                // What nobody owns gets no command: it moves in answer to SIGTERM.
                boolean mayMove = victim.verdict().reason() == Reason.ORPHANED;
                families.collect(victim, fresh);
                if (!victim.isHeldBack() && fresh.isFresh(victim) && victim.isStillIt(fresh, mayMove)) {
                    victim.send(Signal.KILL);
                }
            }
        }
    }

    private void await(List<Victim> victims, Families families, Duration atMost) throws InterruptedException {
        Moment start = host.now();
        while (true) {
            victims.forEach(Victim::check);
            families.tend();
            record(victims, families);
            List<HeldProcess> open =
                    victims.stream().filter(Victim::isOpen).map(Victim::held).toList();
            Duration left = atMost.minus(host.now().since(start));
            if (open.isEmpty() || left.isNegative() || left.isZero()) {
                if (left.plus(LATE).isNegative()) {
                    opinion.missed();
                }
                return;
            }
            List<HeldProcess> watched = new ArrayList<>(open);
            watched.addAll(families.watched());
            host.awaitExit(watched, families.pause(left));
        }
    }

    /** No victim is waited for any more, but what they have left behind. */
    private void awaitEndOf(Families families, List<Victim> victims) throws InterruptedException {
        while (true) {
            families.tend();
            record(victims, families);
            if (families.areOver()) {
                return;
            }
            host.awaitExit(families.watched(), families.pause(policy.termGrace()));
        }
    }

    private static boolean isIdleBased(Verdict verdict) {
        return verdict.gates().stream().anyMatch(gate -> gate.name().equals(Reason.BUSY.word()) && gate.passed());
    }

    private Reaping unheld(Verdict verdict, Outcome outcome, String why) {
        Reaping reaping = untried(verdict, outcome, why);
        ledger.records(reaping);
        return reaping;
    }

    /** What would be the same with every pass is not recorded. */
    private static Reaping untried(Verdict verdict, Outcome outcome, String why) {
        return new Reaping(verdict, outcome, why, List.of(), Duration.ZERO, MemoryUse.UNREADABLE, List.of());
    }
}
