package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that knows time and processes' identities, and nothing else: keeping state asks for no more. */
public abstract class BareHost implements Host {

    public static final String BOOT = "6e0ea0b2-8f1f-4dbb-9c0c-5ad2b1a4a7c3";

    public static ProcessEntry process(int pid, long startTicks) {
        ProcessIdentity identity = new ProcessIdentity(BOOT, pid, startTicks);
        return new ProcessEntry(identity, 1, 'S', 1, 0, Argv.of("java"), Executable.UNREADABLE, "java");
    }

    @Override
    public ProcessTable table() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ProcessEntry> children(ProcessEntry process) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ProcessDetails details(ProcessEntry process) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<ProcessEntry, Clients> clients(Collection<ProcessEntry> gateways) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean seesSameFiles(ProcessEntry process) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String resolve(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HostMemory memory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HeldProcess> hold(ProcessEntry process) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExitWatch watch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> limitations() {
        return List.of();
    }
}
