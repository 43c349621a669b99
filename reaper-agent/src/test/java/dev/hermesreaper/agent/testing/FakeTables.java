package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a fake machine as the readers of a real one do: only what can matter, and gaps where something is hidden. */
final class FakeTables {
    private FakeTables() {}

    /** What has a trace of Hermes or hides its words, this program, all their ancestors and all descendants. */
    static ProcessTable table(Moment at, Collection<FakeProcess> all, int self) {
        Map<Integer, FakeProcess> seen = new HashMap<>();
        all.stream().filter(it -> !it.isHidden()).forEach(it -> seen.put(it.pid(), it));
        Set<Integer> chosen = new HashSet<>();
        Set<Integer> roots = new HashSet<>();
        for (FakeProcess process : seen.values()) {
            Argv argv = process.entry().argv();
            boolean traced = argv.words().stream()
                    .anyMatch(word -> Lookout.TRACES.stream().anyMatch(word::contains));
            if (traced) {
                roots.add(process.pid());
            }
            if (traced || argv.isEmpty() || process.pid() == self) {
                chosen.add(process.pid());
            }
        }
        for (int pid : List.copyOf(chosen)) {
            for (int above = pid; seen.containsKey(above) && above > 0; above = parentOf(above, seen)) {
                chosen.add(above);
            }
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (FakeProcess process : seen.values()) {
                if (roots.contains(process.parentPid()) && roots.add(process.pid())) {
                    chosen.add(process.pid());
                    grown = true;
                }
            }
        }
        List<ProcessEntry> entries =
                chosen.stream().map(pid -> entry(pid, seen)).toList();
        return new ProcessTable(at, FakeProcess.TICKS, all.size(), entries, gaps(entries));
    }

    private static List<Gap> gaps(List<ProcessEntry> entries) {
        return entries.stream()
                .filter(entry -> !entry.argv().readable())
                .filter(entry ->
                        !entry.executable().readable() || entry.executable().isPython())
                .map(entry -> new Gap(entry.pid(), entry.uid(), "the command line"))
                .toList();
    }

    /** Who of {@code among} holds the other end of {@code ends}. */
    static OtherEnds ends(Collection<Stdin> ends, Collection<FakeProcess> among, Set<Stdin> unresolvable) {
        Map<Stdin, List<OtherEnds.Holder>> holders = new HashMap<>();
        Set<Stdin> unresolved = new HashSet<>();
        List<Gap> gaps = new ArrayList<>();
        Set<Integer> hidden = new HashSet<>();
        for (Stdin end : ends) {
            if (unresolvable.contains(end)) {
                unresolved.add(end);
            } else if (end.kind() == Stdin.Kind.PIPE || end.kind() == Stdin.Kind.SOCKET) {
                holders.put(end, new ArrayList<>());
            }
        }
        for (FakeProcess process : among) {
            if (process.hasHiddenFiles()) {
                hidden.add(process.pid());
                if (mayBeHermes(process.entry())) {
                    gaps.add(new Gap(process.pid(), process.entry().uid(), "the open files"));
                }
                continue;
            }
            holders.forEach((end, list) -> {
                Integer descriptor = process.ends().get(end.inode());
                if (descriptor != null) {
                    list.add(new OtherEnds.Holder(process.pid(), descriptor));
                }
            });
        }
        return new OtherEnds(holders, unresolved, gaps, hidden);
    }

    private static boolean mayBeHermes(ProcessEntry entry) {
        return entry.executable().isPython()
                || (entry.argv().isEmpty() && !entry.executable().readable())
                || entry.argv().words().stream()
                        .anyMatch(word -> Lookout.TRACES.stream().anyMatch(word::contains));
    }

    private static int parentOf(int pid, Map<Integer, FakeProcess> seen) {
        FakeProcess process = seen.get(pid);
        return process == null ? 0 : process.parentPid();
    }

    private static ProcessEntry entry(int pid, Map<Integer, FakeProcess> seen) {
        return seen.get(pid).entry();
    }
}
