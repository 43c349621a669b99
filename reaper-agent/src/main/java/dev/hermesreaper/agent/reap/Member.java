package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Optional;

/** One process below a victim, held. Once an outcome is set, nothing more happens to it. */
final class Member {

    private final HeldProcess held;
    private final Optional<Member> above;
    private final Restraint restraint;
    private boolean termSent;
    private boolean killSent;
    private Optional<Outcome> outcome = Optional.empty();

    /**
     * @param above the member it is a child of; empty for a child of the victim itself
     */
    Member(HeldProcess held, Optional<Member> above, Restraint restraint) {
        this.held = held;
        this.above = above;
        this.restraint = restraint;
    }

    HeldProcess held() {
        return held;
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

    void spare() {
        outcome = outcome.or(() -> Optional.of(Outcome.SPARED));
    }

    /** Whether one above it was spared: what somebody uses may need what it has started. */
    boolean isBelowSpared() {
        return above.filter(it -> it.outcome.filter(Outcome.SPARED::equals).isPresent() || it.isBelowSpared())
                .isPresent();
    }

    void send(Signal signal) {
        if (restraint.now().isPresent()) {
            outcome = Optional.of(Outcome.DEFERRED);
            return;
        }
        SignalResult result = held.signal(signal);
        termSent |= signal == Signal.TERM && result == SignalResult.SENT;
        killSent |= signal == Signal.KILL && result == SignalResult.SENT;
        if (result == SignalResult.NOT_PERMITTED) {
            outcome = Optional.of(Outcome.NOT_PERMITTED);
        }
    }

    /** What became of it; {@code otherwise} if it is still there. */
    Outcome outcome(Outcome otherwise) {
        return isOpen() ? otherwise : outcome.orElse(otherwise);
    }
}
