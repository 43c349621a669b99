package dev.hermesreaper.agent.host.linux;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the command line of every process, and tells which of them are worth reading on. Where there are many, a second
 * thread takes its share: the sooner all are read, the more the table is a picture of one moment. Safe for several threads.
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

    /** Fewer are read before a second thread has begun. */
    private static final int WORTH_A_THREAD = 2000;

    /** Taken at a time, so that both are done at the same time. */
    private static final int SHARE = 32;

    private final Traces traces;

    /** There is one processor only, or once there was no thread to be had: it is not asked for again. */
    private volatile boolean alone = Runtime.getRuntime().availableProcessors() == 1;

    Sieve(Traces traces) {
        this.traces = traces;
    }

    /** What is found of each of {@code pids}, in their order. */
    Finding[] sift(int[] pids, ProcFs proc) {
        Finding[] findings = new Finding[pids.length];
        AtomicInteger taken = new AtomicInteger();
        Optional<Thread> helper = pids.length < WORTH_A_THREAD || alone
                ? Optional.empty()
                : start(() -> siftShares(pids, proc.another(), findings, taken));
        siftShares(pids, proc, findings, taken);
        helper.ifPresent(Sieve::await);
        // What a helper that broke down has left; whatever broke it is met again here, and told.
        for (int i = 0; i < pids.length; i++) {
            if (findings[i] == null) {
                findings[i] = sift(pids[i], proc);
            }
        }
        return findings;
    }

    private void siftShares(int[] pids, ProcFs proc, Finding[] findings, AtomicInteger taken) {
        for (int from = taken.getAndAdd(SHARE); from < pids.length; from = taken.getAndAdd(SHARE)) {
            for (int i = from; i < Math.min(from + SHARE, pids.length); i++) {
                findings[i] = sift(pids[i], proc);
            }
        }
    }

    private Finding sift(int pid, ProcFs proc) {
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
