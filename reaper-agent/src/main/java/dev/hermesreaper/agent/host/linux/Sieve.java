package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Listed;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the command line of every process, and tells which of them are worth reading on. Where there are many, a second
 * thread takes its share: the sooner all are read, the more the table is a picture of one moment. Safe for several threads.
 *
 * <p>Looks that follow each other closely, when somebody is to be ended or the interval is short, need not read again what
 * was of no interest a moment ago: the inode number of its directory tells that it is the same process. It may have
 * become another program since, or have hidden its words, and is read as such when it owns something: parents and holders of
 * pipes are read in every look. What bore a trace or hid its words is read again each time.
 */
final class Sieve {

    /** What a command line says. */
    enum Finding {
        /** A program of no interest, or none any more. */
        NOTHING,
        /** One of the words looked for is in it. */
        TRACE,
        /** It is empty, wiped, or not shown: it could be anything. */
        HIDDEN
    }

    /** Less than the usual interval between looks, so that there every look reads all. */
    static final Duration FRESH = Duration.ofSeconds(20);

    /** Fewer are read before a second thread has begun. */
    private static final int WORTH_A_THREAD = 2000;

    /** Taken at a time, so that both are done at the same time. */
    private static final int SHARE = 32;

    private final Traces traces;

    /** There is one processor only, or once there was no thread to be had: it is not asked for again. */
    private volatile boolean alone = Runtime.getRuntime().availableProcessors() == 1;

    private volatile Known known = new Known(Duration.ZERO, new int[0], new long[0]);

    /**
     * Processes of no interest.
     *
     * @param since when all of them were read last
     * @param pids ascending, as the kernel lists them; one out of order is merely read again
     * @param inodes of each
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(Duration since, int[] pids, long[] inodes) {

        static Known of(Duration since, Listed listed, Finding[] findings) {
            int[] pids = new int[findings.length];
            long[] inodes = new long[findings.length];
            int count = 0;
            for (int i = 0; i < findings.length; i++) {
                if (findings[i] == Finding.NOTHING && listed.inodes()[i] != 0) {
                    pids[count] = listed.pids()[i];
                    inodes[count++] = listed.inodes()[i];
                }
            }
            return new Known(since, Arrays.copyOf(pids, count), Arrays.copyOf(inodes, count));
        }

        boolean isFresh(Duration now) {
            Duration age = now.minus(since);
            return !age.isNegative() && age.compareTo(FRESH) < 0;
        }

        boolean has(int pid, long inode) {
            int at = Arrays.binarySearch(pids, pid);
            return at >= 0 && inodes[at] == inode;
        }
    }

    Sieve(Traces traces) {
        this.traces = traces;
    }

    /**
     * What is found of each of {@code processes}, in their order.
     *
     * @param now on a clock that never steps
     */
    Finding[] sift(Listed processes, ProcFs proc, Duration now) {
        Finding[] findings = new Finding[processes.pids().length];
        Known before = known;
        boolean fresh = before.isFresh(now);
        int[] open = new int[findings.length];
        int count = 0;
        for (int i = 0; i < findings.length; i++) {
            if (fresh && before.has(processes.pids()[i], processes.inodes()[i])) {
                findings[i] = Finding.NOTHING;
            } else {
                open[count++] = i;
            }
        }
        read(processes.pids(), Arrays.copyOf(open, count), proc, findings);
        known = Known.of(fresh ? before.since() : now, processes, findings);
        return findings;
    }

    /** Reads those of {@code pids} whose places are {@code open}. */
    private void read(int[] pids, int[] open, ProcFs proc, Finding[] findings) {
        AtomicInteger taken = new AtomicInteger();
        Optional<Thread> helper = open.length < WORTH_A_THREAD || alone
                ? Optional.empty()
                : start(() -> readShares(pids, open, proc.another(), findings, taken));
        readShares(pids, open, proc, findings, taken);
        helper.ifPresent(Sieve::await);
        // What a helper that broke down has left; whatever broke it is met again here, and told.
        for (int i : open) {
            if (findings[i] == null) {
                findings[i] = read(pids[i], proc);
            }
        }
    }

    private void readShares(int[] pids, int[] open, ProcFs proc, Finding[] findings, AtomicInteger taken) {
        for (int from = taken.getAndAdd(SHARE); from < open.length; from = taken.getAndAdd(SHARE)) {
            for (int i = from; i < Math.min(from + SHARE, open.length); i++) {
                findings[open[i]] = read(pids[open[i]], proc);
            }
        }
    }

    private Finding read(int pid, ProcFs proc) {
        return switch (proc.read(pid, "cmdline")) {
            case GONE -> Finding.NOTHING;
            case DENIED -> Finding.HIDDEN;
            case READ ->
                EntryReader.hasNoWords(proc) ? Finding.HIDDEN : traces.areIn(proc) ? Finding.TRACE : Finding.NOTHING;
        };
    }

    /** Empty where the limit of threads is reached, as on a machine with many leaks it may be. */
    private Optional<Thread> start(Runnable work) {
        Thread thread = new Thread(work, "sieve");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((it, e) -> {});
        try {
            thread.start();
            return Optional.of(thread);
        } catch (OutOfMemoryError e) {
            alone = true;
            return Optional.empty();
        }
    }

    /** It reads for some milliseconds; an interruption is for whoever waits next. */
    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
