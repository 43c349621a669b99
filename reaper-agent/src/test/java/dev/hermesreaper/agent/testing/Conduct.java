package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.host.Signal;
import java.time.Duration;
import java.util.Optional;

/** How a process answers signals: it exits 20 ms after SIGTERM and at once after SIGKILL, until told otherwise. */
final class Conduct {
    private Duration afterTerm = Duration.ofMillis(20);
    private boolean ignoresTerm;
    private boolean handlesTerm;
    private boolean unkillable;
    private boolean refuses;
    private boolean leavesZombie;

    void takes(Duration time) {
        afterTerm = time;
    }

    void ignoresTerm() {
        ignoresTerm = true;
    }

    void handlesTerm() {
        handlesTerm = true;
    }

    void unkillable() {
        unkillable = true;
    }

    void refuse() {
        refuses = true;
    }

    void leaveZombie() {
        leavesZombie = true;
    }

    /** Whether it runs because of {@code signal}: what it ignores, the kernel throws away. */
    boolean notices(Signal signal) {
        return signal != Signal.TERM || !ignoresTerm;
    }

    boolean refuses() {
        return refuses;
    }

    boolean leavesZombie() {
        return leavesZombie;
    }

    /** How long after {@code signal} it is gone; empty if it stays. */
    Optional<Duration> exitAfter(Signal signal) {
        if (unkillable) {
            return Optional.empty();
        }
        return switch (signal) {
            case KILL -> Optional.of(Duration.ZERO);
            case TERM -> ignoresTerm || handlesTerm ? Optional.empty() : Optional.of(afterTerm);
            case CONT -> Optional.empty();
        };
    }
}
