package dev.hermesreaper.agent.host;

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

/** A machine that is another but for some questions: each is passed on unless it is overridden. */
public abstract class ForwardingHost implements Host {

    private final Host host;

    /** @param host whom everything is passed on to */
    protected ForwardingHost(Host host) {
        this.host = host;
    }

    @Override
    public Self self() {
        return host.self();
    }

    @Override
    public Moment now() {
        return host.now();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        host.sleep(time);
    }

    @Override
    public ProcessTable table() {
        return host.table();
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        return host.entry(pid);
    }

    @Override
    public List<ProcessEntry> children(ProcessEntry process) {
        return host.children(process);
    }

    @Override
    public ProcessDetails details(ProcessEntry process) {
        return host.details(process);
    }

    @Override
    public List<ProcessDetails> glances(List<ProcessEntry> processes) {
        return host.glances(processes);
    }

    @Override
    public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        return host.disagreements(process, details);
    }

    @Override
    public OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes) {
        return host.otherEnds(ends, processes);
    }

    @Override
    public Clients clients(ProcessEntry server, Collection<ProcessEntry> insiders) {
        return host.clients(server, insiders);
    }

    @Override
    public Map<ProcessEntry, Clients> clients(Collection<ProcessEntry> gateways) {
        return host.clients(gateways);
    }

    @Override
    public boolean seesSameFiles(ProcessEntry process) {
        return host.seesSameFiles(process);
    }

    @Override
    public String resolve(String path) {
        return host.resolve(path);
    }

    @Override
    public HostMemory memory() {
        return host.memory();
    }

    @Override
    public Optional<HeldProcess> hold(ProcessEntry process) {
        return host.hold(process);
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        host.awaitExit(held, atMost);
    }

    @Override
    public ExitWatch watch() {
        return host.watch();
    }

    @Override
    public List<String> limitations() {
        return host.limitations();
    }
}
