package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oshi.software.os.OSProcess;

/**
 * OSHI's process table, believed only where {@code /proc} says the same. Seen with OSHI 7.5.0:
 *
 * <ul>
 *   <li>a name that is no UTF-8 hides the process: a gap;
 *   <li>a name with a newline gives parent 0 and the boot as start time: a gap;
 *   <li>a newline in a word splits it or is cut off, an empty word ends the list or is dropped, bytes that are no UTF-8
 *       are replaced: the words are unreadable.
 * </ul>
 */
final class OshiLinuxTable {

    private final LinuxHost linux;
    private final OshiMachine machine;
    private final List<String> traces;
    private final List<ProcessEntry> entries = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    OshiLinuxTable(LinuxHost linux, OshiMachine machine, List<String> traces) {
        this.linux = linux;
        this.machine = machine;
        this.traces = traces;
    }

    ProcessTable read() {
        Moment at = linux.now();
        int[] pids = linux.pids();
        Map<Integer, OSProcess> seen = new HashMap<>();
        machine.processes().forEach(process -> seen.put(process.getProcessID(), process));
        for (int pid : pids) {
            // Kernel threads and what has exited since have no entry; what is younger than the list comes next time.
            linux.entry(pid).ifPresent(entry -> add(entry, Optional.ofNullable(seen.get(pid))));
        }
        if (pids.length > 0 && linux.entry(1).isEmpty()) {
            gaps.add(new Gap(1, 0, "processes of other users (hidden by hidepid, see limitations), such as that"));
        }
        return new ProcessTable(at, linux.ticksPerSecond(), pids.length, entries, gaps);
    }

    private void add(ProcessEntry entry, Optional<OSProcess> seen) {
        Optional<OSProcess> other = seen.filter(it -> isThis(it, entry)).or(() -> again(entry));
        if (other.isEmpty()) {
            addGap(entry, "who it is (OSHI does not see it as it is)");
            return;
        }
        boolean agree = entry.argv().words().equals(other.get().getArguments());
        entries.add(new ProcessEntry(
                entry.identity(),
                entry.parentPid(),
                entry.state(),
                entry.threads(),
                entry.uid(),
                agree ? entry.argv() : Argv.UNREADABLE,
                executable(entry, other.get()),
                entry.comm()));
        if (!agree || !entry.argv().readable()) {
            addGap(entry, "the command line");
        }
    }

    /** Processes are born, exec and die between the two readings: asked once more, OSHI must agree. */
    private Optional<OSProcess> again(ProcessEntry entry) {
        return machine.process(entry.pid()).filter(it -> isThis(it, entry));
    }

    private boolean isThis(OSProcess other, ProcessEntry entry) {
        return machine.ticks(other) == entry.identity().startTicks()
                && other.getParentProcessID() == entry.parentPid()
                && other.getUserID().equals(Integer.toString(entry.uid()));
    }

    private static Executable executable(ProcessEntry entry, OSProcess other) {
        return Executable.at(other.getPath()).equals(entry.executable()) ? entry.executable() : Executable.UNREADABLE;
    }

    /** What cannot be Hermes' hides nothing. */
    private void addGap(ProcessEntry entry, String what) {
        boolean mayBeHermes = entry.argv().readable()
                ? entry.argv().words().stream().anyMatch(word -> traces.stream().anyMatch(word::contains))
                : entry.executable().isPython() || !entry.executable().readable();
        if (!entry.isZombie() && mayBeHermes) {
            gaps.add(new Gap(entry.pid(), entry.uid(), what));
        }
    }
}
