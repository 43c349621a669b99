package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.linux.LinuxClock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether what OSHI says of CPU time can be believed: a Mac counts in units of its own, and a wrong unit makes a process
 * that works look idle.
 */
final class CpuTime {

    private static final Duration WORK = Duration.ofMillis(60);

    /** On a machine with other work the first try may have got half of a processor only. */
    private static final int TRIES = 3;

    private CpuTime() {}

    /**
     * Works for a moment and looks whether that shows.
     *
     * @param ownMillis the CPU time of this program so far, in milliseconds, as it is told
     */
    static boolean isTold(LongSupplier ownMillis) {
        for (int i = 0; i < TRIES; i++) {
            long before = ownMillis.getAsLong();
            Duration begun = LinuxClock.awake();
            Duration worked;
            do {
                worked = LinuxClock.awake().minus(begun);
            } while (worked.compareTo(WORK) < 0);
            if (ownMillis.getAsLong() - before >= WORK.toMillis() / 2) {
                return true;
            }
        }
        return false;
    }
}
