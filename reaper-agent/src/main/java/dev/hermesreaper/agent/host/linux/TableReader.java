package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.Sieve.Finding;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the process table, command line first: of most processes nothing else is ever read. The others are those with a
 * trace of Hermes, those whose command line is hidden or empty, this program itself, and the ancestors of all of them and
 * the descendants of the traced ones.
 */
final class TableReader {

    /** A process on its way into or out of a program has no words for so long. */
    private static final Duration MOMENT = Duration.ofMillis(2);

    private static final Runnable MOMENT_PASSES = new Runnable() {
        @Override
        public void run() {
            LinuxClock.pause(MOMENT);
        }
    };

    /** How often one reading waits so, for all of them at once; what still has none then really hides them. */
    private static final int MOMENTS = 25;

    /** Fewer are read before a second thread has begun. */
    private static final int WORTH_A_THREAD = 64;

    private final ProcFs proc;
    private final Boot boot;
    private final Sieve sieve;
    private final Moment at;
    private final Runnable moment;
    private final EntryReader reader;
    private final Map<Integer, ProcessEntry> entries = new LinkedHashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Integer> wordless = new LinkedHashSet<>();
    private int patience = MOMENTS;

    TableReader(ProcFs proc, Boot boot, Sieve sieve, Moment at) {
        this(proc, boot, sieve, at, MOMENT_PASSES);
    }

    /**
     * @param at now
     * @param moment lets a moment pass
     */
    TableReader(ProcFs proc, Boot boot, Sieve sieve, Moment at, Runnable moment) {
        this.proc = proc;
        this.boot = boot;
        this.sieve = sieve;
        this.moment = moment;
        this.at = at;
        this.reader = new EntryReader(proc, boot, at.sinceBoot());
    }

    ProcessTable read(int self) {
        ProcFs.Listed processes = proc.processes();
        Finding[] findings = sieve.sift(processes, proc, at.awake());
        int[] pids = processes.pids();
        Set<Integer> traced = new HashSet<>();
        boolean sawInit = false;
        int[] wanted = new int[pids.length];
        int count = 0;
        for (int i = 0; i < pids.length; i++) {
            sawInit |= pids[i] == 1;
            if (findings[i] == Finding.TRACE) {
                traced.add(pids[i]);
            }
            if (findings[i] != Finding.NOTHING || pids[i] == self) {
                wanted[count++] = pids[i];
            }
        }
        addAll(Arrays.copyOf(wanted, count));
        if (!sawInit) {
            gaps.add(new Gap(1, 0, "processes of other users (hidden by hidepid, see limitations), such as that"));
        }
        awaitWords();
        addAncestors();
        if (boot.listsChildren()) {
            addDescendants(traced);
        } else {
            addEverything(pids);
        }
        awaitWords();
        for (ProcessEntry entry : entries.values()) {
            if (wordless.contains(entry.pid())) {
                gaps.add(new Gap(entry.pid(), entry.uid(), "the command line"));
            }
        }
        return new ProcessTable(at, boot.ticksPerSecond(), pids.length, entries.values(), gaps);
    }

    /** Reads a process into the table. What could be Hermes' but is refused, or keeps hiding its words, is a gap. */
    private Optional<ProcessEntry> add(int pid) {
        return enter(pid, Answered.by(reader, pid));
    }

    /** As {@link #add}, of many. */
    private void addAll(int[] pids) {
        Answered[] answers = new Answered[pids.length];
        Shares.read(new Entries(pids, proc), answers, WORTH_A_THREAD);
        for (int i = 0; i < pids.length; i++) {
            enter(pids[i], answers[i]);
        }
    }

    private Optional<ProcessEntry> enter(int pid, Answered answered) {
        Optional<ProcessEntry> entry = answered.entry();
        if (entry.isPresent()) {
            entries.put(pid, entry.get());
            if (hidesItsWords(entry.get())) {
                wordless.add(pid);
            }
        } else if (answered.refused()) {
            gaps.add(new Gap(pid, proc.owner(pid), "the command line"));
        }
        return entry;
    }

    /** What came of reading a process, and whether it is there but not shown. */
    private record Answered(Optional<ProcessEntry> entry, boolean refused) {

        static Answered by(EntryReader reader, int pid) {
            Optional<ProcessEntry> entry = reader.read(pid);
            return new Answered(entry, entry.isEmpty() && reader.wasRefused());
        }
    }

    private final class Entries implements Shares.Reading<Answered> {

        private final int[] pids;
        private final ProcFs own;
        private final EntryReader reader;

        private Entries(int[] pids, ProcFs own) {
            this.pids = pids;
            this.own = own;
            this.reader = new EntryReader(own, boot, at.sinceBoot());
        }

        @Override
        public Answered read(int index) {
            return Answered.by(reader, pids[index]);
        }

        @Override
        public Shares.Reading<Answered> another() {
            return new Entries(pids, own.another());
        }
    }

    /** The children of some processes. */
    private static final class Offspring implements Shares.Reading<Set<Integer>> {

        private final List<Integer> parents;
        private final ProcFs own;
        private final Children children;

        private Offspring(List<Integer> parents, ProcFs own) {
            this.parents = parents;
            this.own = own;
            this.children = new Children(own);
        }

        @Override
        public Set<Integer> read(int index) {
            return children.of(parents.get(index));
        }

        @Override
        public Shares.Reading<Set<Integer>> another() {
            return new Offspring(parents, own.another());
        }
    }

    /** Reads those without words again until they have some or are gone, or patience ends. */
    private void awaitWords() {
        while (patience > 0 && !wordless.isEmpty()) {
            patience--;
            moment.run();
            for (int pid : List.copyOf(wordless)) {
                wordless.remove(pid);
                entries.remove(pid);
                add(pid);
            }
        }
    }

    private static boolean hidesItsWords(ProcessEntry entry) {
        return !entry.argv().readable()
                && (!entry.executable().readable() || entry.executable().isPython());
    }

    private void addAncestors() {
        for (ProcessEntry entry : List.copyOf(entries.values())) {
            ProcessEntry below = entry;
            while (below.parentPid() > 0 && !entries.containsKey(below.parentPid())) {
                Optional<ProcessEntry> parent = add(below.parentPid());
                if (parent.isEmpty()) {
                    // The parent has just exited, so there is a new one, unless this one is gone as well.
                    Optional<ProcessEntry> again = reader.read(below.pid());
                    if (again.isEmpty() || again.get().parentPid() == below.parentPid()) {
                        break;
                    }
                    parent = again;
                    entries.put(again.get().pid(), again.get());
                }
                below = parent.get();
            }
        }
    }

    private List<Set<Integer>> offspring(List<Integer> parents) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Set<Integer>[] offspring = new Set[parents.size()];
        Shares.read(new Offspring(parents, proc), offspring, WORTH_A_THREAD);
        return List.of(offspring);
    }

    private void addDescendants(Set<Integer> traced) {
        List<Integer> parents = new ArrayList<>();
        for (int pid : traced) {
            ProcessEntry entry = entries.get(pid);
            if (entry != null
                    && (entry.executable().isPython() || !entry.executable().readable())) {
                parents.add(pid);
            }
        }
        Set<Integer> asked = new HashSet<>(parents);
        while (!parents.isEmpty()) {
            List<Integer> next = new ArrayList<>();
            for (Set<Integer> children : offspring(parents)) {
                for (int child : children) {
                    if (!entries.containsKey(child)) {
                        add(child);
                    }
                    if (asked.add(child)) {
                        next.add(child);
                    }
                }
            }
            parents = next;
        }
    }

    /** Without lists of children there is only one way to find them: by everybody's parent. */
    private void addEverything(int[] pids) {
        for (int pid : pids) {
            if (!entries.containsKey(pid)) {
                add(pid);
            }
        }
    }
}
