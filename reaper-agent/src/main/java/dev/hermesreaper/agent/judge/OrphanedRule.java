package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import java.time.Duration;

/**
 * Nobody owns it: no live gateway or parent holds the other end of its stdin, its parent is no gateway, the gateway it was
 * stamped with is gone. Seen so for {@code settle}, because the worker's own watchdog ends it within 7 s, and now idle;
 * or observed at work for longer than {@code busy_patience}, counted from when it had no owner any more: what it did for its
 * user before is no part of it. Where only the CPU time of the whole process is known, it gets that patience too.
 */
final class OrphanedRule implements LeakRule {

    private final JudgePolicy policy;

    OrphanedRule(JudgePolicy policy) {
        this.policy = policy;
    }

    @Override
    public Reason reason() {
        return Reason.ORPHANED;
    }

    @Override
    public JudgePolicy.Action action() {
        return policy.orphaned();
    }

    @Override
    public Finding examine(Case it) {
        if (!it.ownership().isUnowned()) {
            return Finding.none(it.ownership());
        }
        Duration unowned = it.unownedFor();
        if (unowned.compareTo(policy.settle()) < 0) {
            return Finding.pending(
                    Reason.SETTLING,
                    policy.settle().minus(unowned),
                    "nobody owns it, seen so for ",
                    unowned,
                    " of ",
                    policy.settle());
        }
        return switch (it.doing()) {
            case UNREADABLE -> Finding.unknown("nobody owns it, but whether it works cannot be read");
            case WORKING -> working(it.workingFor().compareTo(unowned) < 0 ? it.workingFor() : unowned);
            case IDLE -> idle(it, unowned);
        };
    }

    private Finding working(Duration time) {
        return time.compareTo(policy.busyPatience()) >= 0
                ? Finding.due("nobody owns it, and it has been at work for ", time)
                : Finding.none("nobody owns it, but it is at work");
    }

    private Finding idle(Case it, Duration unowned) {
        Duration patience = policy.busyPatience().minus(unowned);
        if (it.details().activity().wholeProcess() && patience.compareTo(Duration.ZERO) > 0) {
            return Finding.pending(
                    Reason.IDLING,
                    patience,
                    "nobody owns it; it hardly runs, but here that may as well be a wait for something else than input");
        }
        return it.isProvenIdle()
                ? Finding.due("nobody owns it, seen so for ", unowned, ", and it is idle")
                : Finding.pending(Reason.IDLING, Duration.ZERO, "nobody owns it; it has just moved");
    }
}
