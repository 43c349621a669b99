package dev.hermesreaper.agent.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of one reading that can matter here: everything that mentions Hermes, their ancestors and descendants,
 * and what could not be read. A reading takes time, so it is not an instant: a process may be gone by now, and one that
 * is absent may have been missed.
 */
public final class ProcessTable {

    /**
     * Start order, ties by pid.
     *
     * <p>A class and no lambda, as wherever every start comes by: to link a lambda takes a tenth of a millisecond, and half of one
     * where it can be serialised, as those of {@link Comparator#comparing}.
     */
    public static final Comparator<ProcessEntry> OLDEST_FIRST = new Comparator<>() {
        @Override
        public int compare(ProcessEntry one, ProcessEntry other) {
            int byStart =
                    Long.compare(one.identity().startTicks(), other.identity().startTicks());
            return byStart != 0 ? byStart : Integer.compare(one.pid(), other.pid());
        }
    };

    private final Moment at;
    private final int ticksPerSecond;
    private final int processes;
    private final Map<Integer, ProcessEntry> byPid = new LinkedHashMap<>();
    private final Map<Integer, List<ProcessEntry>> byParent = new LinkedHashMap<>();
    private final List<Gap> gaps;

    /**
     * @param at when the reading began
     * @param ticksPerSecond unit of {@link ProcessIdentity#startTicks}
     * @param processes how many processes the machine had in all
     * @param entries those that can matter
     * @param gaps what could not be read although it could matter
     */
    public ProcessTable(
            Moment at, int ticksPerSecond, int processes, Collection<ProcessEntry> entries, List<Gap> gaps) {
        this.at = at;
        this.ticksPerSecond = ticksPerSecond;
        this.processes = processes;
        this.gaps = List.copyOf(gaps);
        List<ProcessEntry> sorted = new ArrayList<>(entries);
        sorted.sort(OLDEST_FIRST);
        for (ProcessEntry entry : sorted) {
            byPid.put(entry.pid(), entry);
            List<ProcessEntry> children = byParent.get(entry.parentPid());
            if (children == null) {
                children = new ArrayList<>();
                byParent.put(entry.parentPid(), children);
            }
            children.add(entry);
        }
    }

    public Moment at() {
        return at;
    }

    public int ticksPerSecond() {
        return ticksPerSecond;
    }

    public int processes() {
        return processes;
    }

    public List<Gap> gaps() {
        return gaps;
    }

    /** All entries, oldest first. */
    public Collection<ProcessEntry> entries() {
        return byPid.values();
    }

    public Optional<ProcessEntry> find(int pid) {
        return Optional.ofNullable(byPid.get(pid));
    }

    /**
     * The live parent of {@code child}. A "parent" that is younger than its child took over a recycled pid between two
     * reads and is none; a zombie is a dead parent.
     */
    public Optional<ProcessEntry> parentOf(ProcessEntry child) {
        ProcessEntry parent = byPid.get(child.parentPid());
        return parent != null && parent.identity().isNotYoungerThan(child.identity()) && !parent.isZombie()
                ? Optional.of(parent)
                : Optional.empty();
    }

    /** Those whose parent is {@code parent}, oldest first. */
    public List<ProcessEntry> childrenOf(ProcessEntry parent) {
        List<ProcessEntry> named = byParent.getOrDefault(parent.pid(), List.of());
        if (named.isEmpty()) {
            return named;
        }
        List<ProcessEntry> children = new ArrayList<>();
        for (ProcessEntry child : named) {
            if (child.pid() != parent.pid() && parent.identity().isNotYoungerThan(child.identity())) {
                children.add(child);
            }
        }
        return children;
    }

    /**
     * Everything below {@code ancestor}, parents before their children. Each once: entries are read one after another, so
     * two of one clock tick may name each other.
     */
    public List<ProcessEntry> descendantsOf(ProcessEntry ancestor) {
        if (childrenOf(ancestor).isEmpty()) {
            return List.of(); // as of most
        }
        List<ProcessEntry> found = new ArrayList<>(List.of(ancestor));
        Set<Integer> seen = new HashSet<>(Set.of(ancestor.pid()));
        for (int i = 0; i < found.size(); i++) {
            for (ProcessEntry child : childrenOf(found.get(i))) {
                if (seen.add(child.pid())) {
                    found.add(child);
                }
            }
        }
        return found.subList(1, found.size());
    }

    /** Time since {@code process} started, sleep included; negative if it started after the reading began. */
    public Duration ageOf(ProcessEntry process) {
        return at.sinceBoot().minus(sinceBoot(process.identity().startTicks()));
    }

    /** A start time in ticks as time since boot. */
    public Duration sinceBoot(long ticks) {
        return Duration.ofMillis(Math.multiplyExact(ticks, 1000L) / ticksPerSecond);
    }
}
