package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oshi.SystemInfo;

/** A Linux machine whose process table is read by OSHI, checked against {@code /proc}; everything else is as ever. */
final class OshiOnLinux implements Host {

    private final LinuxHost linux;
    private final OshiMachine machine;
    private final List<String> traces;

    OshiOnLinux(LinuxHost linux, List<String> traces) {
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

    @Override
    public Self self() {
        return linux.self();
    }

    @Override
    public Moment now() {
        return linux.now();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        linux.sleep(time);
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        return linux.entry(pid);
    }

    @Override
    public List<ProcessEntry> children(ProcessEntry process) {
        return linux.children(process);
    }

    @Override
    public ProcessDetails details(ProcessEntry process) {
        return linux.details(process);
    }

    @Override
    public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        return linux.disagreements(process, details);
    }

    @Override
    public OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes) {
        return linux.otherEnds(ends, processes);
    }

    @Override
    public Map<ProcessEntry, Clients> clients(Collection<ProcessEntry> gateways) {
        return linux.clients(gateways);
    }

    @Override
    public boolean seesSameFiles(ProcessEntry process) {
        return linux.seesSameFiles(process);
    }

    @Override
    public String resolve(String path) {
        return linux.resolve(path);
    }

    @Override
    public Optional<HeldProcess> hold(ProcessEntry process) {
        return linux.hold(process);
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        linux.awaitExit(held, atMost);
    }

    @Override
    public ExitWatch watch() {
        return linux.watch();
    }

    @Override
    public List<String> limitations() {
        return linux.limitations();
    }
}
