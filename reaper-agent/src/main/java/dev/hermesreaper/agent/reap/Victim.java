package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One process on its way out: held, signalled, waited for. Once an outcome is set, nothing more happens to it. */
final class Victim {

    /** It is there, by its pidfd, but nothing can be read of it: out of descriptors, most likely. */
    static final String UNREADABLE = "it cannot be read any more";

    private final Host host;
    private final HeldProcess held;
    private final Restraint restraint;
    private final List<Signal> signals = new ArrayList<>();
    private Verdict verdict;
    private MemoryUse memory = MemoryUse.UNREADABLE;
    private Optional<Moment> firstSignal = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private String detail = "";
    private Duration took = Duration.ZERO;
    private boolean recorded;

    Victim(Host host, Verdict verdict, HeldProcess held, Restraint restraint) {
        this.host = host;
        this.verdict = verdict;
        this.held = held;
        this.restraint = restraint;
    }

    Verdict verdict() {
        return verdict;
    }

    HeldProcess held() {
        return held;
    }

    ProcessEntry process() {
        return verdict.process();
    }

    boolean isOpen() {
        return outcome.isEmpty();
    }

    boolean wasSignalled() {
        return !signals.isEmpty();
    }

    /** Whether everything was done to it but the signal. */
    boolean isRehearsed() {
        return outcome.filter(it -> it == Outcome.DRY_RUN || it == Outcome.OBSERVED)
                .isPresent();
    }

    boolean isReaped() {
        return outcome.filter(Outcome::isReaped).isPresent();
    }

    void settle(Outcome result, String why) {
        if (isOpen()) {
            outcome = Optional.of(result);
            detail = why;
            took = firstSignal.map(first -> host.now().since(first)).orElse(Duration.ZERO);
        }
    }

    /** Takes over the fresh verdict: it is the one that is acted on and recorded. */
    void confirm(Verdict fresh) {
        verdict = fresh;
    }

    /**
     * The last question before a signal: still this process, this program, alive, and, unless {@code mayMove}, not moved
     * since the look, nor has it started anything. Settles it and answers false otherwise.
     */
    boolean isStillIt(FreshLook seen, boolean mayMove) {
        // First what takes longest, last what a command shows in soonest.
        boolean hasStarted = !mayMove
                && host.children(process()).stream().anyMatch(child -> !child.isZombie() && seen.isBornSince(child));
        Optional<ProcessEntry> now = host.entry(process().pid());
        if (held.hasExited()) {
            settle(ended(), "");
        } else if (now.isEmpty()) {
            settle(Outcome.SPARED, UNREADABLE);
        } else if (!now.get().identity().equals(process().identity())) {
            settle(Outcome.IDENTITY_CHANGED, "its pid belongs to another process now");
        } else if (!now.get().isSameProgramAs(process())) {
            settle(Outcome.IDENTITY_CHANGED, "it runs another program now");
        } else if (!mayMove && now.get().isStopped() && !process().isStopped()) {
            // What comes to its input now moves nothing.
            settle(Outcome.SPARED, "it was stopped right before the signal");
        } else if (hasStarted) {
            settle(Outcome.SPARED, "it started something right before the signal");
        } else if (!mayMove
                && !host.details(now.get())
                        .activity()
                        .isStillSince(seen.details(this).activity())) {
            settle(Outcome.SPARED, "it moved right before the signal");
        } else if (held.hasExited()) {
            settle(ended(), "");
        }
        return isOpen();
    }

    /** Remembers what it holds, to be read before the first signal. */
    void weigh(ProcessDetails details) {
        memory = details.memory();
    }

    /** Whether the operator has said something meanwhile: then it is left, whatever it was sent before. */
    boolean isHeldBack() {
        Optional<String> why = restraint.why();
        why.ifPresent(it -> settle(Outcome.DEFERRED, it));
        return why.isPresent();
    }

    /** Sends it. Nothing that takes time may come between {@link #isStillIt} and this. */
    void send(Signal signal) {
        switch (held.signal(signal)) {
            case SENT -> {
                signals.add(signal);
                firstSignal = firstSignal.or(() -> Optional.of(host.now()));
            }
            case GONE -> {
                check();
                settle(Outcome.IDENTITY_CHANGED, "it no longer is what it was");
            }
            case NOT_PERMITTED -> settle(Outcome.NOT_PERMITTED, "the kernel refused " + signal);
        }
    }

    /** Notices that it has exited. */
    void check() {
        if (isOpen() && held.hasExited()) {
            settle(ended(), "");
        }
    }

    /** What has ended it: our strongest signal, or something else if we sent none. */
    Outcome ended() {
        if (signals.isEmpty()) {
            return Outcome.ALREADY_GONE;
        }
        return signals.contains(Signal.KILL) ? Outcome.KILLED : Outcome.EXITED;
    }

    /** True the first time: an outcome is recorded once. */
    boolean markRecorded() {
        boolean first = !recorded;
        recorded = true;
        return first;
    }

    Reaping reaping() {
        return new Reaping(verdict, outcome.orElse(Outcome.SURVIVED), detail, signals, took, memory, List.of());
    }
}
