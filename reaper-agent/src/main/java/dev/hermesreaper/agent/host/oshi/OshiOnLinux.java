package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.ForwardingHost;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.ProcessTable;
import java.util.List;
import oshi.SystemInfo;

/** A Linux machine whose process table is read by OSHI, checked against {@code /proc}; everything else is as ever. */
final class OshiOnLinux extends ForwardingHost {

    private final LinuxHost linux;
    private final OshiMachine machine;
    private final List<String> traces;

    OshiOnLinux(LinuxHost linux, List<String> traces) {
        super(linux);
        this.linux = linux;
        this.traces = List.copyOf(traces);
        try {
            this.machine = new OshiMachine(new SystemInfo());
        } catch (LinkageError e) {
            throw new HostException("cannot load OSHI: " + e + "; use --source proc", e);
        }
    }

    @Override
    public ProcessTable table() {
        return new OshiLinuxTable(linux, machine, traces).read();
    }

    @Override
    public HostMemory memory() {
        return machine.memory();
    }
}
