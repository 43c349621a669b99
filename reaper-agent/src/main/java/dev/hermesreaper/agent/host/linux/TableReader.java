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

    private final ProcFs proc;
    private final Boot boot;
    private final Sieve sieve;
    private final Shares shares;
    private final Moment at;
    private final Runnable moment;
    private final EntryReader reader;
    private final Map<Integer, ProcessEntry> entries = new LinkedHashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Integer> wordless = new LinkedHashSet<>();
    private int patience = MOMENTS;

    TableReader(ProcFs proc, Boot boot, Sieve sieve, Shares shares, Moment at) {
        this(proc, boot, sieve, shares, at, MOMENT_PASSES);
    }

    /**
     * @param at now
     * @param moment lets a moment pass
     */
    TableReader(ProcFs proc, Boot boot, Sieve sieve, Shares shares, Moment at, Runnable moment) {
        this.proc = proc;
        this.boot = boot;
        this.sieve = sieve;
        this.shares = shares;
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
        List<Answered> answers =
                shares.read(new Answered.Reading(pids, proc, boot, at), pids.length, Shares.MANY_CANDIDATES);
        for (int i = 0; i < pids.length; i++) {
            enter(pids[i], answers.get(i));
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

    private static int[] ints(List<Integer> numbers) {
        int[] ints = new int[numbers.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = numbers.get(i);
        }
        return ints;
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
            List<Integer> unread = new ArrayList<>();
            List<Set<Integer>> offspring =
                    shares.read(new Children.Reading(parents, proc), parents.size(), Shares.MANY_CANDIDATES);
            for (Set<Integer> children : offspring) {
                for (int child : children) {
                    if (asked.add(child)) {
                        next.add(child);
                        if (!entries.containsKey(child)) {
                            unread.add(child);
                        }
                    }
                }
            }
            addAll(ints(unread));
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
