package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.Stdin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds who holds the other end of a pipe, by the numbers its two ends have on macOS. A stdin is known by the number of the
 * end it reads.
 */
final class MacEndFinder {

    private final OpenEnds ends;
    private final Map<Long, Stdin> wanted = new HashMap<>();
    private final Map<Stdin, List<OtherEnds.Holder>> holders = new HashMap<>();
    private final Set<Stdin> unresolved = new HashSet<>();
    private final Set<Stdin> deserted = new HashSet<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Integer> hidden = new HashSet<>();

    MacEndFinder(OpenEnds ends) {
        this.ends = ends;
    }

    /** What {@code pid} reads its commands from. */
    static Stdin stdin(OpenEnds ends, int pid) {
        Optional<List<OpenEnds.End>> open = ends.of(pid);
        if (open.isEmpty()) {
            return Stdin.UNREADABLE;
        }
        return open.get().stream()
                .filter(end -> end.descriptor() == 0)
                .findFirst()
                .map(end -> end.isPipe() && end.own() != 0
                        ? new Stdin(Stdin.Kind.PIPE, end.own())
                        : new Stdin(Stdin.Kind.OPEN_TO_ANYBODY, 0))
                .orElse(new Stdin(Stdin.Kind.NOBODY, 0));
    }

    /**
     * Searches {@code processes}.
     *
     * @param everybody whether those are all that can be seen; then an end that exists and was not found is unresolved
     */
    OtherEnds find(Collection<Stdin> stdins, Collection<ProcessEntry> processes, boolean everybody) {
        for (Stdin stdin : stdins) {
            if (stdin.kind() == Stdin.Kind.PIPE) {
                wanted.put(stdin.inode(), stdin);
                holders.put(stdin, new ArrayList<>());
            }
        }
        if (!wanted.isEmpty()) {
            processes.forEach(this::search);
        }
        if (everybody) {
            holders.forEach((stdin, found) -> {
                if (found.isEmpty() && !deserted.contains(stdin)) {
                    unresolved.add(stdin);
                }
            });
        }
        return new OtherEnds(holders, unresolved, gaps, hidden);
    }

    private void search(ProcessEntry process) {
        Optional<List<OpenEnds.End>> open = ends.of(process.pid());
        if (open.isEmpty()) {
            hidden.add(process.pid());
            if (process.executable().isPython() || !process.argv().readable()) {
                gaps.add(new Gap(process.pid(), process.uid(), "the open files"));
            }
            return;
        }
        for (OpenEnds.End end : open.get()) {
            Stdin read = wanted.get(end.own());
            if (end.isPipe() && read != null && end.peer() == 0) {
                deserted.add(read);
            }
            Stdin written = wanted.get(end.peer());
            if (end.isPipe() && written != null) {
                holders.getOrDefault(written, new ArrayList<>())
                        .add(new OtherEnds.Holder(process.pid(), end.descriptor()));
            }
        }
    }
}
