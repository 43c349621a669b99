package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.Stdin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a Mac tells besides what OSHI asks it (ADR 0017). Not yet run on one. */
final class Mac {

    private final Optional<OpenEnds> ends;
    private final LaunchdJobs jobs;
    private final boolean tellsCpuTime;

    /**
     * @param ends who has which descriptors open; empty where that is not told
     * @param launchctl asks launchd
     * @param tellsCpuTime whether the CPU time of processes can be believed
     */
    Mac(Optional<OpenEnds> ends, Launchctl launchctl, boolean tellsCpuTime) {
        this.ends = ends;
        this.jobs = new LaunchdJobs(launchctl);
        this.tellsCpuTime = tellsCpuTime;
    }

    static Mac ofThisMachine(OshiMachine machine) {
        int self = (int) ProcessHandle.current().pid();
        return new Mac(LibProc.ofThisMachine(), Launchctl.OF_THIS_MACHINE, CpuTime.isTold(() -> machine.process(self)
                .map(OshiHost::cpuMillis)
                .orElse(0L)));
    }

    boolean tellsCpuTime() {
        return tellsCpuTime;
    }

    /** Whether the children of a process are told without reading all processes. */
    boolean tellsChildren() {
        return ends.isPresent();
    }

    /** Pids of the children {@code pid} has now, as far as that is told. */
    List<Integer> children(int pid) {
        return ends.map(it -> it.children(pid)).orElse(List.of());
    }

    Stdin stdin(int pid) {
        return ends.map(it -> MacEndFinder.stdin(it, pid)).orElse(Stdin.NOT_TOLD);
    }

    /** A job reads /dev/null or a file unless a shell put it into a pipe; who reads such is unknown anyway. */
    Optional<String> job(ProcessEntry process, Stdin stdin) {
        boolean mayBeUnowned = stdin.kind() == Stdin.Kind.PIPE || stdin.kind() == Stdin.Kind.NOT_TOLD;
        return mayBeUnowned && process.parentPid() == OshiHost.LAUNCHD
                ? jobs.jobOf(process.pid(), process.uid())
                : Optional.empty();
    }

    /** @param everybody whether {@code processes} are all that can be seen */
    OtherEnds otherEnds(Collection<Stdin> stdins, Collection<ProcessEntry> processes, boolean everybody) {
        return ends.map(it -> new MacEndFinder(it).find(stdins, processes, everybody))
                .orElseGet(() -> new OtherEnds(Map.of(), new HashSet<>(stdins), List.of(), Set.of()));
    }

    List<String> limitations() {
        List<String> all = new ArrayList<>();
        if (ends.isEmpty()) {
            all.add("libproc does not tell who holds a pipe: a worker whose parent is launchd counts as nobody's");
        }
        if (!tellsCpuTime) {
            all.add("how long a process has run cannot be believed: whether workers are idle is unknown, all are kept");
        }
        return all;
    }
}
