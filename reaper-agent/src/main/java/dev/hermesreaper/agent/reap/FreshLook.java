package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.ProcessTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a fresh look, judged again, says of the victims. */
final class FreshLook {

    /** A look older than this is no fresh look any more. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Host host;
    private final Judgement fresh;
    private final Set<Integer> untouchable;

    FreshLook(Host host, Judgement fresh) {
        this.host = host;
        this.fresh = fresh;
        this.untouchable = aboveUs(host, fresh.look());
    }

    Judgement judgement() {
        return fresh;
    }

    /** Pids that are never signalled: 1, ourselves, and everything above us. */
    Set<Integer> untouchable() {
        return untouchable;
    }

    /** Whether the fresh look says the same of it; settles it otherwise. */
    boolean confirms(Victim victim) {
        ProcessEntry process = victim.process();
        Optional<Verdict> again = fresh.on(process.identity());
        victim.check();
        if (!victim.isOpen()) {
            return false;
        }
        if (!isFresh(victim)) {
            return false;
        }
        if (untouchable.contains(process.pid())) {
            victim.settle(Outcome.SPARED, "it is pid 1, the reaper itself, or an ancestor of it");
        } else if (again.isEmpty()) {
            settleUnseen(victim);
        } else if (again.get().isReap() && !again.get().process().isSameProgramAs(process)) {
            victim.settle(Outcome.IDENTITY_CHANGED, "it runs another program now");
        } else if (again.get().isReap()) {
            victim.confirm(again.get());
        } else {
            victim.settle(Outcome.SPARED, "now " + summary(again.get()));
        }
        return victim.isOpen();
    }

    /** Whether it is still young enough to be acted on; settles the victim otherwise. */
    boolean isFresh(Victim victim) {
        boolean old = host.now().since(fresh.look().at()).compareTo(FRESH) > 0;
        if (old) {
            victim.settle(Outcome.SPARED, "the look it was judged by is too old to act on");
        }
        return !old;
    }

    /** Of one that a fresh look does not show as a worker or entry. */
    private void settleUnseen(Victim victim) {
        Optional<ProcessEntry> now = host.entry(victim.process().pid());
        victim.check();
        if (now.isEmpty()) {
            victim.settle(Outcome.SPARED, Victim.UNREADABLE);
        } else if (!now.get().identity().equals(victim.process().identity())) {
            victim.settle(Outcome.IDENTITY_CHANGED, "its pid belongs to another process now");
        } else if (!now.get().isSameProgramAs(victim.process())) {
            victim.settle(Outcome.IDENTITY_CHANGED, "it runs another program now");
        } else {
            victim.settle(Outcome.SPARED, "a fresh look does not show it as it was");
        }
    }

    /** Whether {@code child} has come up since; what the look left out although it was there is no news. */
    boolean isBornSince(ProcessEntry child) {
        ProcessTable table = fresh.look().table();
        boolean isShown = table.find(child.pid())
                .filter(it -> it.identity().equals(child.identity()))
                .isPresent();
        // Starts are counted in ticks: one of the tick in which the look began may be younger than it.
        Duration latestStart = table.sinceBoot(child.identity().startTicks() + 1);
        return !isShown && latestStart.compareTo(table.at().sinceBoot()) >= 0;
    }

    ProcessDetails details(Victim victim) {
        ProcessIdentity identity = victim.process().identity();
        return fresh.look()
                .worker(identity)
                .map(SlashWorker::details)
                .or(() -> fresh.look().gateway(identity).map(Gateway::details))
                .orElse(ProcessDetails.UNREADABLE);
    }

    /** Pid 1, ourselves, and everything above us. */
    private static Set<Integer> aboveUs(Host host, Look look) {
        Set<Integer> pids = new HashSet<>(Set.of(0, 1));
        int pid = host.self().pid();
        while (pids.add(pid)) {
            pid = look.table().find(pid).map(ProcessEntry::parentPid).orElse(0);
        }
        return pids;
    }

    private static String summary(Verdict verdict) {
        String why = verdict.evidence().isEmpty()
                ? ""
                : ": " + verdict.evidence().get(0).value();
        return verdict.decision().word() + " " + verdict.reason().word() + why;
    }
}
