package dev.hermesreaper.agent.host;

import dev.hermesreaper.agent.process.ProcessEntry;

/**
 * One process held on to, so that a signal reaches this one or nobody. Linux: a pidfd ({@code pidfd_open(2)}); where there
 * are none, {@link #isExact} is false and identity and words are read again right before each signal, which leaves a
 * window of microseconds.
 */
public interface HeldProcess extends AutoCloseable {

    /** The process as it was when it was chosen. */
    ProcessEntry process();

    /** Whether a signal can only reach this very process. */
    boolean isExact();

    /** Whether it has exited; a zombie has. */
    boolean hasExited();

    /** Sends {@code signal}; to be called right after a fresh look only. */
    SignalResult signal(Signal signal);

    @Override
    void close();
}
