package dev.hermesreaper.agent.host;

import dev.hermesreaper.agent.process.ProcessEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * Waits for the end of processes, of however many, in one call on one thread, which another thread can cut short. Linux: a
 * pidfd for each and one {@code poll(2)}; macOS: {@code kqueue(2)}. It holds nobody and signals nobody. All methods but
 * {@link #wake} are for one thread.
 */
public interface ExitWatch extends AutoCloseable {

    /** What ended a wait. */
    enum Woken {
        /** A watched process has ended, perhaps more than one. Each is told once. */
        EXITED,
        /** {@link #wake} was called, perhaps before the wait began. */
        CALLED,
        /** The time is over. */
        TIME
    }

    /**
     * Watches these processes and no others. One that has ended by now, or whose pid has changed hands, is told by the next
     * wait.
     *
     * @return why some of them are not watched, with what to do about it; empty if all are
     */
    Optional<String> watch(Collection<ProcessEntry> processes);

    /**
     * Waits.
     *
     * @param atMost in time awake; rounded up to a millisecond
     * @throws InterruptedException if interrupted before or after waiting; the wait itself is ended by {@link #wake} only
     */
    Woken await(Duration atMost) throws InterruptedException;

    /** Ends the wait under way, or else the next one. For any thread at any time, also after closing. */
    void wake();

    @Override
    void close();
}
