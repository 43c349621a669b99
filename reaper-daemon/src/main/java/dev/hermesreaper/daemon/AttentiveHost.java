package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.Self;
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
import java.util.function.BooleanSupplier;

/**
 * This machine for a service that must stop promptly and show that it goes on, also while a pass waits for victims to end.
 * A stop ends the pass by an {@link InterruptedException} at its waits only: interrupting the thread would close whatever
 * file it is just writing.
 */
final class AttentiveHost implements Host {

    private static final Duration SLICE = Duration.ofMillis(200);

    private final Host host;
    private final BooleanSupplier stop;
    private final Pulse pulse;

    AttentiveHost(Host host, BooleanSupplier stop, Pulse pulse) {
        this.host = host;
        this.stop = stop;
        this.pulse = pulse;
    }

    /** Makes a step, unless it is time to stop. */
    private void attend() throws InterruptedException {
        if (stop.getAsBoolean()) {
            throw new InterruptedException("the service is to stop");
        }
        pulse.beat();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        attend();
        Moment start = host.now();
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left(start, time)) {
            host.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
            attend();
        }
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        attend();
        Moment start = host.now();
        for (Duration left = atMost; left.compareTo(Duration.ZERO) > 0; left = left(start, atMost)) {
            host.awaitExit(held, left.compareTo(SLICE) < 0 ? left : SLICE);
            attend();
            if (held.stream().anyMatch(HeldProcess::hasExited)) {
                return;
            }
        }
    }

    private Duration left(Moment start, Duration of) {
        return of.minus(host.now().awake().minus(start.awake()));
    }

    @Override
    public ProcessTable table() {
        pulse.beat();
        return host.table();
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
    public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        return host.disagreements(process, details);
    }

    @Override
    public OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes) {
        return host.otherEnds(ends, processes);
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
    public ExitWatch watch() {
        return host.watch();
    }

    @Override
    public List<String> limitations() {
        return host.limitations();
    }
}
