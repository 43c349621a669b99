package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A younger worker of the same session took its place. Always kept: the youngest, and the one last seen working. Kept
 * longer: one that an attached client could be using, because its rank by last activity is not above their number.
 */
final class SupersededRule implements LeakRule {

    private static final Finding NO_OTHER = Finding.none("no other worker of this session under the same owner");

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
        if (!it.hasSiblings()) {
            return NO_OTHER;
        }
        if (it.siblings().isYoungest()) {
            return Finding.none("the youngest of ", it.siblings().size(), " workers of this session");
        }
        Optional<SlashWorker> keeper = keeper(it);
        if (keeper.isEmpty()) {
            return Finding.none(
                    "none of its younger siblings can take its place: each is younger than min_age ",
                    policy.minAge(),
                    ", being ended itself, or what it runs cannot be read");
        }
        if (it.siblings().isLastSeenWorking()) {
            return Finding.none("of this session's workers it was seen working last");
        }
        if (it.doing() == Doing.UNREADABLE) {
            return Finding.unknown("superseded by ", keeper.get().pid(), ", but whether it works cannot be read");
        }
        return idle(it, fact(it, keeper.get()));
    }

    /** The youngest of its younger siblings that can take its place. */
    private Optional<SlashWorker> keeper(Case it) {
        for (SlashWorker sibling : it.siblings().younger()) {
            if (it.look().ageOf(sibling).compareTo(policy.minAge()) >= 0
                    && sibling.process().executable().readable()
                    && !it.doomed().contains(sibling.identity())) {
                return Optional.of(sibling);
            }
        }
        return Optional.empty();
    }

    private static Statement fact(Case it, SlashWorker keeper) {
        int younger = it.siblings().younger().size();
        return younger == 1
                ? Statement.of("a younger worker of this session, ", keeper.pid())
                : Statement.of(younger, " younger workers of this session, youngest ", keeper.pid());
    }

    private Finding idle(Case it, Statement fact) {
        Clients clients = it.clients();
        boolean couldBeInUse = !clients.countable() || it.siblings().rank() <= clients.attached();
        Duration attached = longer(policy.supersededIdleAttached(), policy.supersededIdle());
        Duration needed = couldBeInUse ? attached : policy.supersededIdle();
        Duration idle = it.idleFor();
        Duration left = needed.minus(idle);
        if (clients.countable() && clients.attached() == 0) {
            // Who was there a moment ago may be back in the next: a proxy that is reloaded drops everybody.
            Duration untilAlone = longer(left, policy.supersededIdle().minus(it.unattendedFor()));
            left = shorter(untilAlone, attached.minus(idle));
        }
        if (it.isProvenIdle() && left.compareTo(Duration.ZERO) <= 0) {
            return Finding.due(fact, "; idle for ", idle);
        }
        return Finding.pending(
                Reason.IDLING,
                longer(left, Duration.ZERO),
                fact,
                "; idle for ",
                idle,
                " of ",
                needed,
                because(couldBeInUse, idle.compareTo(needed) >= 0));
    }

    private static String because(boolean couldBeInUse, boolean isIdleForLong) {
        if (couldBeInUse) {
            return ", because a client could be using it";
        }
        return isIdleForLong ? ", but a client was there until just now" : "";
    }

    @Override
    public List<Evidence> evidence(Case it) {
        SlashWorker keeper = keeper(it).orElseThrow();
        Clients clients = it.clients();
        return List.of(
                new Evidence("keeper", Integer.toString(keeper.pid()), "/proc/" + keeper.pid() + "/stat"),
                new Evidence("superseded", fact(it, keeper).toString(), "process table"),
                new Evidence(
                        "clients",
                        clients.countable()
                                ? clients.attached() + " attached, this worker ranks "
                                        + it.siblings().rank() + " of "
                                        + it.siblings().size()
                                : "not countable, so a client could be using it: " + clients.why(),
                        clients.why()));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
