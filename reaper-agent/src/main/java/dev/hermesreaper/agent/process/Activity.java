package dev.hermesreaper.agent.process;

/**
 * What a process has done so far and whether it waits for input now. Counters say nothing alone: two readings do.
 *
 * <p>The main thread is what serves commands; an idle worker's stays in one read of descriptor 0 without a single
 * context switch, while its watchdog thread wakes every two seconds (measured on 0.19).
 *
 * @param readable false where the kernel would not say: neither idle nor busy
 * @param waitsForInput main thread is in {@code read(0)} ({@code /proc/PID/syscall}), or where that is refused, asleep
 *     in a read of what its stdin is, a pipe or a unix socket ({@code wchan})
 * @param sleepOnly whether only where the main thread sleeps is known, not of which descriptor it reads: then it may as
 *     well wait for the output of a command
 * @param mainSwitches context switches of the main thread, voluntary and not
 * @param mainTicks CPU time of the main thread in clock ticks, user and system
 * @param otherSwitches voluntary context switches of all other threads
 * @param otherTicks CPU time of all other threads in clock ticks
 */
public record Activity(
        boolean readable,
        boolean waitsForInput,
        boolean sleepOnly,
        long mainSwitches,
        long mainTicks,
        long otherSwitches,
        long otherTicks) {

    /** The kernel would not say. */
    public static final Activity UNREADABLE = new Activity(false, false, false, 0, 0, 0, 0);

    /** Whether the main thread has not run between {@code earlier} and now. */
    public boolean mainThreadUnmovedSince(Activity earlier) {
        return readable && earlier.readable && mainSwitches == earlier.mainSwitches && mainTicks == earlier.mainTicks;
    }
}
