package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Listed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the command line of every process, and tells which of them are worth reading on. Safe for several
 * threads.
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
    private static final int WORTH_A_THREAD = 500;

    private final Traces traces;
    private final Shares shares;

    private volatile Known known = new Known(Duration.ZERO, new Listed(new int[0], new long[0]), new Finding[0]);

    /**
     * What was found of all processes.
     *
     * @param since when all of them were read last
     * @param processes ascending, as the kernel lists them; one out of order is merely read again
     * @param findings of each
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(Duration since, Listed processes, Finding[] findings) {

        boolean isFresh(Duration now) {
            Duration age = now.minus(since);
            return !age.isNegative() && age.compareTo(FRESH) < 0;
        }

        /** Whether the process of this number and inode was of no interest. */
        boolean isNothing(int pid, long inode) {
            int at = Arrays.binarySearch(processes.pids(), pid);
            return at >= 0 && inode != 0 && processes.inodes()[at] == inode && findings[at] == Finding.NOTHING;
        }
    }

    Sieve(Traces traces, Shares shares) {
        this.traces = traces;
        this.shares = shares;
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
        int[] places = new int[findings.length];
        int count = 0;
        for (int i = 0; i < findings.length; i++) {
            if (fresh && before.isNothing(processes.pids()[i], processes.inodes()[i])) {
                findings[i] = Finding.NOTHING;
            } else {
                places[count++] = i;
            }
        }
        List<Finding> found = shares.read(new Lines(processes.pids(), places, proc), count, WORTH_A_THREAD);
        for (int i = 0; i < count; i++) {
            findings[places[i]] = found.get(i);
        }
        known = new Known(fresh ? before.since() : now, processes, findings);
        return findings;
    }

    /** Reads the command lines of some processes. */
    private final class Lines implements Shares.Reading<Finding> {

        private final int[] pids;
        private final int[] places;
        private final ProcFs proc;

        /** @param places of those in {@code pids} that are read */
        private Lines(int[] pids, int[] places, ProcFs proc) {
            this.pids = pids;
            this.places = places;
            this.proc = proc;
        }

        @Override
        public Finding read(int index) {
            return finding(pids[places[index]], proc);
        }

        @Override
        public Shares.Reading<Finding> another() {
            return new Lines(pids, places, proc.another());
        }
    }

    private Finding finding(int pid, ProcFs proc) {
        return switch (proc.read(pid, "cmdline")) {
            case GONE -> Finding.NOTHING;
            case DENIED -> Finding.HIDDEN;
            case READ ->
                EntryReader.hasNoWords(proc) ? Finding.HIDDEN : traces.areIn(proc) ? Finding.TRACE : Finding.NOTHING;
        };
    }
}
