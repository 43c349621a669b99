package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Optional;

/** One process below a victim, held. Once an outcome is set, nothing more happens to it. */
final class Member {

    static final Objection BELOW_SPARED = Objection.doubt("what started it is spared");

    private final HeldProcess held;
    private final Family family;
    private final Optional<Member> above;
    private final Restraint restraint;
    private boolean termSent;
    private boolean killSent;
    private Optional<Outcome> outcome = Optional.empty();
    private String detail = "";

    /**
     * @param above the member it is a child of; empty for a child of the victim itself
     */
    Member(HeldProcess held, Family family, Optional<Member> above, Restraint restraint) {
        this.held = held;
        this.family = family;
        this.above = above;
        this.restraint = restraint;
    }

    Family family() {
        return family;
    }

    HeldProcess held() {
        return held;
    }

    ProcessEntry process() {
        return held.process();
    }

    boolean isOpen() {
        if (outcome.isEmpty() && held.hasExited()) {
            settle(killSent ? Outcome.KILLED : termSent ? Outcome.EXITED : Outcome.ALREADY_GONE, "");
        }
        return outcome.isEmpty();
    }

    void spare(Objection objection) {
        settle(Outcome.SPARED, objection.why());
        above.filter(it -> objection.isCertain()).ifPresent(it -> it.spareAbove(process()));
    }

    /** Leaves it and what it was started by for {@code below}, which is somebody's. */
    void spareAbove(ProcessEntry below) {
        settle(Outcome.SPARED, "process " + below.pid() + " below it is spared");
        above.ifPresent(it -> it.spareAbove(below));
    }

    private void settle(Outcome result, String why) {
        if (outcome.isEmpty()) {
            outcome = Optional.of(result);
            detail = why;
        }
    }

    boolean isSpared() {
        return outcome.filter(Outcome.SPARED::equals).isPresent();
    }

    /** Whether one above it was spared: what somebody uses may need what it has started. */
    boolean isBelowSpared() {
        return above.filter(it -> it.isSpared() || it.isBelowSpared()).isPresent();
    }

    void send(Signal signal) {
        // Its worker is gone, so no later pass finds it: only a pause is worth leaving it behind.
        Optional<Pause> pause = restraint.pause();
        if (pause.isPresent()) {
            settle(Outcome.DEFERRED, pause.get().said());
            return;
        }
        SignalResult result = held.signal(signal);
        termSent |= signal == Signal.TERM && result == SignalResult.SENT;
        killSent |= signal == Signal.KILL && result == SignalResult.SENT;
        if (result == SignalResult.NOT_PERMITTED) {
            settle(Outcome.NOT_PERMITTED, "the kernel refused " + signal);
        } else if (result == SignalResult.GONE && isOpen()) {
            settle(Outcome.IDENTITY_CHANGED, "it no longer is what it was");
        }
    }

    /** What became of it; if it is still there, {@code otherwise} and why. */
    Reaping.Descendant descendant(Outcome otherwise, String why) {
        return isOpen()
                ? new Reaping.Descendant(process(), otherwise, why)
                : new Reaping.Descendant(process(), outcome.orElse(otherwise), detail);
    }
}
