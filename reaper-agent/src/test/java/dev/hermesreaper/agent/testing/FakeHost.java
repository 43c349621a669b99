package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link World} behind the port. Holding works as pidfds do, or as it does where there are none. */
final class FakeHost implements Host {
    private static final Set<String> VARIABLES = Stream.concat(
                    Lookout.VARIABLES.stream(), Stream.of("HERMES_REAPER_KEEP"))
            .collect(Collectors.toSet());

    private final World world;

    FakeHost(World world) {
        this.world = world;
    }

    @Override
    public Self self() {
        return new Self(World.SELF, world.reaperUid(), "vm-hermes");
    }

    @Override
    public Moment now() {
        return world.now();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        world.pass(time, () -> false);
    }

    @Override
    public ProcessTable table() {
        ProcessTable table = FakeTables.table(world.now(), world.visible(), World.SELF);
        world.asked("table");
        return table;
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        Optional<ProcessEntry> entry = world.find(pid).map(FakeProcess::entry);
        world.asked("entry " + pid);
        return entry;
    }

    @Override
    public List<ProcessEntry> children(ProcessEntry process) {
        List<ProcessEntry> children = world.visible().stream()
                .filter(it -> it.parentPid() == process.pid())
                .map(FakeProcess::entry)
                .toList();
        world.asked("children " + process.pid());
        return children;
    }

    @Override
    public ProcessDetails details(ProcessEntry process) {
        ProcessDetails details = same(process).map(it -> it.details(VARIABLES)).orElse(ProcessDetails.UNREADABLE);
        world.asked("details " + process.pid());
        return details;
    }

    @Override
    public List<ProcessDetails> glances(List<ProcessEntry> processes) {
        return processes.stream().map(process -> glance(details(process))).toList();
    }

    /** As Linux answers: what is asked of few is not known. */
    private static ProcessDetails glance(ProcessDetails full) {
        Activity seen = full.activity();
        return new ProcessDetails(
                new Activity(
                        seen.readable(),
                        seen.waitsForInput(),
                        seen.sleepOnly(),
                        seen.frozen(),
                        seen.wholeProcess(),
                        seen.mainSwitches(),
                        seen.mainTicks(),
                        seen.otherSwitches(),
                        seen.otherTicks(),
                        Activity.NOT_TOLD),
                full.stdin(),
                full.environment(),
                full.stateDirectory(),
                full.memory(),
                OpenFiles.UNREADABLE,
                full.inOtherPidNamespace(),
                full.job(),
                full.disagreements());
    }

    @Override
    public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        return List.of();
    }

    @Override
    public OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes) {
        Collection<FakeProcess> among = processes.isEmpty()
                ? world.visible()
                : processes.stream()
                        .flatMap(it -> world.find(it.pid()).stream())
                        .toList();
        return FakeTables.ends(ends, among, world.unresolvable());
    }

    @Override
    public Map<ProcessEntry, Clients> clients(Collection<ProcessEntry> gateways) {
        Map<ProcessEntry, Clients> all = new HashMap<>();
        gateways.forEach(it -> all.put(it, count(it)));
        return all;
    }

    private Clients count(ProcessEntry gateway) {
        Clients clients = same(gateway)
                .map(FakeProcess::clients)
                .orElseGet(() -> Clients.unknown("process " + gateway.pid() + " is gone"));
        world.asked("clients " + gateway.pid());
        return clients;
    }

    private Optional<FakeProcess> same(ProcessEntry process) {
        return world.find(process.pid()).filter(it -> it.identity().equals(process.identity()));
    }

    @Override
    public boolean seesSameFiles(ProcessEntry process) {
        return same(process).filter(it -> !it.hasOtherRoot()).isPresent();
    }

    @Override
    public String resolve(String path) {
        return path;
    }

    @Override
    public HostMemory memory() {
        return new HostMemory(true, 8L << 30, 200L << 20, 4L << 30, 3L << 30);
    }

    @Override
    public Optional<HeldProcess> hold(ProcessEntry process) {
        if (process.pid() <= 1) {
            throw new IllegalArgumentException("never to be held: process " + process.pid());
        }
        Optional<FakeProcess> target = world.find(process.pid());
        if (target.isPresent() && !world.hold()) {
            throw new HostException("cannot hold on to process " + process.pid() + ": too many open files");
        }
        Optional<HeldProcess> held = target.map(it -> new FakeHeld(world, process, it, world.hasPidfds()));
        world.asked("hold " + process.pid());
        return held;
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        long gone = gone(held);
        world.pass(atMost, () -> gone(held) > gone);
    }

    @Override
    public ExitWatch watch() {
        return new FakeWatch(world);
    }

    private static long gone(Collection<HeldProcess> held) {
        return held.stream().filter(HeldProcess::hasExited).count();
    }

    @Override
    public List<String> limitations() {
        return world.hasPidfds() ? List.of() : List.of("no pidfds");
    }
}
