package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.MemoryUse;
import java.util.OptionalLong;

/**
 * What matters here of {@code /proc/PID/status} ({@code proc_pid_status(5)}).
 *
 * @param memory of the process
 * @param inOtherPidNamespace whether it has a pid in a namespace below ours
 * @param voluntarySwitches context switches of its main thread that it asked for; empty where that cannot be read
 * @param nonvoluntarySwitches those it was forced to
 */
record Status(
        MemoryUse memory, boolean inOtherPidNamespace, OptionalLong voluntarySwitches, long nonvoluntarySwitches) {

    static final String VOLUNTARY = "voluntary_ctxt_switches:";

    private static final Status UNREADABLE = new Status(MemoryUse.UNREADABLE, false, OptionalLong.empty(), 0);

    static Status of(int pid, ProcFs proc) {
        return proc.read(pid, "status") == Answer.READ
                ? new Status(
                        memory(proc),
                        isInOtherPidNamespace(proc),
                        Fields.number(proc, VOLUNTARY),
                        Fields.number(proc, "nonvoluntary_ctxt_switches:").orElse(0))
                : UNREADABLE;
    }

    private static MemoryUse memory(ProcFs proc) {
        OptionalLong resident = Fields.number(proc, "VmRSS:");
        return resident.isPresent()
                ? new MemoryUse(
                        true,
                        resident.getAsLong() * 1024,
                        Fields.number(proc, "VmSwap:").orElse(0) * 1024)
                : MemoryUse.UNREADABLE;
    }

    /** {@code NSpid} then has more numbers than our own. What this {@code /proc} shows is in our namespace or below it. */
    private static boolean isInOtherPidNamespace(ProcFs proc) {
        return Fields.hasSeveral(proc, "NSpid:");
    }
}
