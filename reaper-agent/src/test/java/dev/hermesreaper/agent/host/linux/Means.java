package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.HeldProcess;
import java.util.Set;

/** The two ways to read {@code /proc}. */
enum Means {
    /** {@link ProcFs}: what a command reads by that ends nobody. */
    STREAMS,
    /** {@link CalledProcFs}: what everybody reads by who has held a process. */
    CALLS;

    LinuxHost host(String... variables) {
        LinuxHost host = new LinuxHost(RealProcesses.TRACES, Set.of(variables));
        if (this == CALLS) {
            host.hold(host.entry(host.self().pid()).orElseThrow()).ifPresent(HeldProcess::close);
        }
        return host;
    }

    ProcFs procFs() {
        return this == CALLS ? new CalledProcFs(LinuxHost.PROC) : new ProcFs(LinuxHost.PROC);
    }
}
