package dev.hermesreaper.agent.process;

import java.time.Duration;

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
 * @param frozen whether it is kept from running where it waits, by the freezer of a cgroup ({@code systemctl freeze},
 *     {@code docker pause}): what came to its input meanwhile lies there unread
 * @param wholeProcess whether only the CPU time of all threads together is known, as {@code otherTicks}: then whether it
 *     waits for input is not, and is taken from how little it ran
 * @param mainSwitches context switches of the main thread, voluntary and not
 * @param mainTicks CPU time of the main thread in clock ticks, user and system
 * @param otherSwitches voluntary context switches of all other threads
 * @param otherTicks CPU time of all other threads in clock ticks; of a whole process in hundredths of a second
 * @param bytesRead what the main thread has read by {@code read(2)}, from anything ({@code rchar} of
 *     {@code /proc/PID/task/PID/io}); {@link #NOT_TOLD} where the kernel does not say
 */
public record Activity(
        boolean readable,
        boolean waitsForInput,
        boolean sleepOnly,
        boolean frozen,
        boolean wholeProcess,
        long mainSwitches,
        long mainTicks,
        long otherSwitches,
        long otherTicks,
        long bytesRead) {

    /** Of bytes: how many is not known. */
    public static final long NOT_TOLD = -1;

    /** A watchdog thread wakes twice while the others are looked at. */
    private static final int FEW_SWITCHES = 4;

    /** The kernel would not say. */
    public static final Activity UNREADABLE = new Activity(false, false, false, false, false, 0, 0, 0, 0, NOT_TOLD);

    /** Where no more is told than how long all threads together have run, and how often they were switched. */
    public static Activity ofWholeProcess(Duration cpuTime, long switches) {
        return new Activity(true, true, false, false, true, 0, 0, switches, cpuTime.toMillis() / 10, NOT_TOLD);
    }

    /** Whether the main thread has not run between {@code earlier} and now. */
    public boolean mainThreadUnmovedSince(Activity earlier) {
        return readable && earlier.readable && mainSwitches == earlier.mainSwitches && mainTicks == earlier.mainTicks;
    }

    /** Whether it certainly has read nothing since {@code earlier}, and so no command. */
    public boolean hasReadNothingSince(Activity earlier) {
        return bytesRead != NOT_TOLD && bytesRead == earlier.bytesRead;
    }

    private boolean hasHardlyRunSince(Activity earlier) {
        long ticks = otherTicks - earlier.otherTicks;
        long switches = otherSwitches - earlier.otherSwitches;
        return ticks >= 0 && ticks <= 1 && switches >= 0 && switches <= FEW_SWITCHES;
    }

    /**
     * Whether it has done nothing within the few moments since {@code earlier}, as far as can be told. Counters alone do not
     * tell: the kernel counts a switch when a thread goes to sleep, so one that has just woken with a command has moved
     * none of them, and no longer waits. One that was frozen since then moves none whatever comes in.
     */
    public boolean isStillSince(Activity earlier) {
        return mainThreadUnmovedSince(earlier)
                && (waitsForInput || !earlier.waitsForInput)
                && (!frozen || earlier.frozen)
                && (!wholeProcess || hasHardlyRunSince(earlier));
    }
}
