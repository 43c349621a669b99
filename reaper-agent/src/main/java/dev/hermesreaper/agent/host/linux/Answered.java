package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Optional;

/**
 * What came of reading one process.
 *
 * @param refused whether it is there, but the kernel shows nothing of it
 */
record Answered(Optional<ProcessEntry> entry, boolean refused) {

    static Answered by(EntryReader reader, int pid) {
        Optional<ProcessEntry> entry = reader.read(pid);
        return new Answered(entry, entry.isEmpty() && reader.wasRefused());
    }

    /** Reads many. */
    static final class Reading implements Shares.Reading<Answered> {

        private final int[] pids;
        private final ProcFs proc;
        private final Boot boot;
        private final Moment at;
        private final EntryReader reader;

        /** @param at now */
        Reading(int[] pids, ProcFs proc, Boot boot, Moment at) {
            this.pids = pids;
            this.proc = proc;
            this.boot = boot;
            this.at = at;
            this.reader = new EntryReader(proc, boot, at.sinceBoot());
        }

        @Override
        public Answered read(int index) {
            return by(reader, pids[index]);
        }

        @Override
        public Shares.Reading<Answered> another() {
            return new Reading(pids, proc.another(), boot, at);
        }
    }
}
