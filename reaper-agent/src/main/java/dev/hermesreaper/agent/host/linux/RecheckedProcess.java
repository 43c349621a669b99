package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A process without a pidfd: identity and words are read again right before each signal. Between that look and
 * {@code kill(2)} a window of microseconds remains.
 */
public final class RecheckedProcess implements HeldProcess {

    private final ProcessEntry process;
    private final IntFunction<Optional<ProcessEntry>> look;
    private boolean noticed;

    /** @param look reads a process again; empty if it is gone */
    public RecheckedProcess(ProcessEntry process, IntFunction<Optional<ProcessEntry>> look) {
        this.process = process;
        this.look = look;
    }

    @Override
    public ProcessEntry process() {
        return process;
    }

    @Override
    public boolean isExact() {
        return false;
    }

    /** {@inheritDoc} One that merely cannot be read any more, as where descriptors have run out, has not. */
    @Override
    public boolean hasExited() {
        if (!noticed) {
            Optional<ProcessEntry> now = look.apply(process.pid());
            noticed = now.isPresent()
                    ? !now.get().identity().equals(process.identity())
                            || now.get().isZombie()
                    : !Signals.isThere(process.pid());
        }
        return noticed;
    }

    /** Waits until one more of {@code held} has exited or the time is over, by looking often. */
    public static void await(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        Poll.await(held, atMost);
    }

    boolean isNoticed() {
        return noticed;
    }

    @Override
    public SignalResult signal(Signal signal) {
        boolean isSame = look.apply(process.pid())
                .filter(now -> now.identity().equals(process.identity()))
                .filter(now -> now.argv().equals(process.argv()) || now.isZombie())
                .isPresent();
        return isSame ? Signals.kill(process.pid(), signal) : SignalResult.GONE;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
