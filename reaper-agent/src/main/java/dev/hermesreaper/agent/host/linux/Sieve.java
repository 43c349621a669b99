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
        int[] pids = new int[findings.length];
        int[] places = new int[findings.length];
        int count = 0;
        for (int i = 0; i < findings.length; i++) {
            int pid = processes.pids()[i];
            if (fresh && before.has(pid, processes.inodes()[i])) {
                findings[i] = Finding.NOTHING;
            } else {
                pids[count] = pid;
                places[count++] = i;
            }
        }
        List<Finding> found = shares.read(new Lines(pids, proc), count, WORTH_A_THREAD);
        for (int i = 0; i < count; i++) {
            findings[places[i]] = found.get(i);
        }
        known = Known.of(fresh ? before.since() : now, processes, findings);
        return findings;
    }

    /** Reads the command lines of some processes. */
    private final class Lines implements Shares.Reading<Finding> {

        private final int[] pids;
        private final ProcFs proc;

        private Lines(int[] pids, ProcFs proc) {
            this.pids = pids;
            this.proc = proc;
        }

        @Override
        public Finding read(int index) {
            return finding(pids[index], proc);
        }

        @Override
        public Shares.Reading<Finding> another() {
            return new Lines(pids, proc.another());
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
