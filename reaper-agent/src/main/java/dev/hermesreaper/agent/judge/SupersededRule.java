package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A younger worker of the same session took its place. Always kept: the youngest, and the one last seen working. Kept
 * longer: one that an attached client could be using, because its rank by last activity is not above their number.
 */
final class SupersededRule implements LeakRule {

    private final JudgePolicy policy;

    SupersededRule(JudgePolicy policy) {
        this.policy = policy;
    }

    @Override
    public Reason reason() {
        return Reason.SUPERSEDED;
    }

    @Override
    public JudgePolicy.Action action() {
        return policy.superseded();
    }

    @Override
    public Finding examine(Case it) {
        if (it.worker().isEmpty() || it.siblings().size() < 2) {
            return Finding.none("no other worker of this session under the same owner");
        }
        SlashWorker worker = it.worker().get();
        List<SlashWorker> younger = it.siblings().youngerThan(worker);
        if (younger.isEmpty()) {
            return Finding.none("the youngest of " + it.siblings().size() + " workers of this session");
        }
        Optional<SlashWorker> keeper = younger.stream()
                .filter(sibling -> it.look().ageOf(sibling).compareTo(policy.minAge()) >= 0)
                .filter(sibling -> sibling.process().executable().readable())
                .filter(sibling -> !it.doomed().contains(sibling.identity()))
                .findFirst();
        if (keeper.isEmpty()) {
            return Finding.none("none of its younger siblings can take its place: each is younger than min_age "
                    + DurationText.spoken(policy.minAge()) + ", being ended itself, or what it runs cannot be read");
        }
        if (it.siblings().isLastSeenWorking(worker)) {
            return Finding.none("of this session's workers it was seen working last");
        }
        if (it.doing() == Doing.UNREADABLE) {
            return Finding.unknown("superseded by " + keeper.get().pid() + ", but whether it works cannot be read");
        }
        return idle(it, worker, keeper.get(), younger.size());
    }

    private Finding idle(Case it, SlashWorker worker, SlashWorker keeper, int younger) {
        Clients clients = it.look()
                .owner(worker)
                .map(owner -> owner.clients())
                .orElseGet(() -> Clients.unknown("its owner is no gateway"));
        int rank = it.siblings().rankOf(worker);
        boolean couldBeInUse = !clients.countable() || rank <= clients.attached();
        Duration attached = longer(policy.supersededIdleAttached(), policy.supersededIdle());
        Duration needed = couldBeInUse ? attached : policy.supersededIdle();
        String fact = younger == 1
                ? "a younger worker of this session, " + keeper.pid()
                : younger + " younger workers of this session, youngest " + keeper.pid();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("keeper", Integer.toString(keeper.pid()), "/proc/" + keeper.pid() + "/stat"));
        evidence.add(new Evidence("superseded", fact, "process table"));
        evidence.add(new Evidence(
                "clients",
                clients.countable()
                        ? clients.attached() + " attached, this worker ranks " + rank + " of "
                                + it.siblings().size()
                        : "not countable, so a client could be using it: " + clients.why(),
                clients.why()));
        Duration idle = it.idleFor();
        Duration left = needed.minus(idle);
        if (clients.countable() && clients.attached() == 0) {
            // Who was there a moment ago may be back in the next: a proxy that is reloaded drops everybody.
            Duration untilAlone = longer(left, policy.supersededIdle().minus(it.unattendedFor()));
            left = shorter(untilAlone, attached.minus(idle));
        }
        if (it.isProvenIdle() && left.compareTo(Duration.ZERO) <= 0) {
            return Finding.due(fact + "; idle for " + DurationText.spoken(idle), evidence);
        }
        return Finding.pending(
                Reason.IDLING,
                longer(left, Duration.ZERO),
                fact + "; idle for " + DurationText.spoken(idle) + " of " + DurationText.spoken(needed)
                        + because(couldBeInUse, idle.compareTo(needed) >= 0),
                evidence);
    }

    private static String because(boolean couldBeInUse, boolean isIdleForLong) {
        if (couldBeInUse) {
            return ", because a client could be using it";
        }
        return isIdleForLong ? ", but a client was there until just now" : "";
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
