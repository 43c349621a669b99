package dev.hermesreaper.agent.host.oshi;

import com.sun.jna.Platform;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.host.linux.LinuxClock;
import dev.hermesreaper.agent.host.linux.RecheckedProcess;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Environment;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/**
 * A machine without {@code /proc} (macOS): OSHI tells who runs, since when, as what and for how long; on a Mac libproc tells
 * who holds a pipe and launchctl what launchd started. Written from their sources and manuals, not yet run on such a machine.
 *
 * <p>What it cannot tell it says so: what single threads did, whose a terminal or socket is, how many clients there are.
 * OSHI leaves out processes of other users unless it runs as root, and zombies. There are no pidfds, so identity and words are read again
 * right before each signal. Start times are milliseconds of the wall clock as the kernel keeps them; a stepped clock
 * therefore makes other identities, and a fresh look then finds nobody to signal.
 */
final class OshiHost implements Host {

    private static final int TICKS_PER_SECOND = 1000;

    /** The parent of every orphan. OSHI leaves it out where it belongs to another user than this program. */
    static final int LAUNCHD = 1;

    private static final String LAUNCHD_FILE = "/sbin/launchd";

    private final OshiMachine machine;
    private final Set<String> variables;
    private final Optional<Mac> mac;
    private final Supplier<Moment> clock;
    private final Self self;
    private final String bootId;

    OshiHost(OshiMachine machine, Set<String> variables, Optional<Mac> mac, Supplier<Moment> clock) {
        this.machine = machine;
        this.variables = Set.copyOf(variables);
        this.mac = mac;
        this.clock = clock;
        int pid = (int) ProcessHandle.current().pid();
        this.self = new Self(pid, machine.process(pid).map(OshiHost::uid).orElse(-1), machine.hostName());
        this.bootId = "boot-" + machine.bootMillis();
    }

    /** This machine. */
    static OshiHost ofThisMachine(Set<String> variables) {
        try {
            OshiMachine machine = new OshiMachine(new SystemInfo());
            Optional<Mac> mac = Platform.isMac() ? Optional.of(Mac.ofThisMachine(machine)) : Optional.empty();
            long boot = machine.bootMillis();
            return new OshiHost(machine, variables, mac, () -> LinuxClock.since(boot));
        } catch (LinkageError | UnsupportedOperationException e) {
            throw new HostException("cannot load OSHI, without which this platform cannot be read: " + e, e);
        }
    }

    @Override
    public Self self() {
        return self;
    }

    @Override
    public Moment now() {
        return clock.get();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        LinuxClock.sleep(time);
    }

    @Override
    public ProcessTable table() {
        Moment at = now();
        List<ProcessEntry> entries = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (OSProcess process : machine.processes()) {
            ProcessEntry entry = entry(process);
            entries.add(entry);
            if (!entry.argv().readable() && entry.executable().isPython()) {
                gaps.add(new Gap(entry.pid(), entry.uid(), "the command line"));
            }
        }
        if (mac.isPresent() && entries.stream().noneMatch(it -> it.pid() == LAUNCHD)) {
            entries.add(launchd());
        }
        return new ProcessTable(at, TICKS_PER_SECOND, entries.size(), entries, gaps);
    }

    private ProcessEntry launchd() {
        return new ProcessEntry(
                new ProcessIdentity(bootId, LAUNCHD, 0),
                0,
                'S',
                1,
                0,
                Argv.of(LAUNCHD_FILE),
                Executable.at(LAUNCHD_FILE),
                "launchd");
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        return machine.process(pid).map(this::entry);
    }

    private ProcessEntry entry(OSProcess process) {
        List<String> words = process.getArguments();
        return new ProcessEntry(
                new ProcessIdentity(
                        bootId, process.getProcessID(), Math.max(1, process.getStartTime() - machine.bootMillis())),
                process.getParentProcessID(),
                OshiMachine.letter(process.getState()),
                process.getThreadCount(),
                uid(process),
                words.isEmpty() ? Argv.UNREADABLE : new Argv(true, words),
                process.getPath().isEmpty() ? Executable.UNREADABLE : Executable.at(process.getPath()),
                process.getName());
    }

    private static int uid(OSProcess process) {
        try {
            return Integer.parseInt(process.getUserID());
        } catch (NumberFormatException unknown) {
            return -1;
        }
    }

    @Override
    public List<ProcessEntry> children(ProcessEntry process) {
        Optional<Mac> told = mac.filter(Mac::tellsChildren);
        return told.isEmpty()
                ? table().childrenOf(process)
                : told.get().children(process.pid()).stream()
                        .flatMap(pid -> entry(pid).stream())
                        .filter(child -> child.parentPid() == process.pid())
                        .toList();
    }

    /** {@inheritDoc} What it has done is read last: that is compared with the next reading. */
    @Override
    public ProcessDetails details(ProcessEntry process) {
        Stdin stdin = mac.map(it -> it.stdin(process.pid())).orElse(Stdin.UNREADABLE);
        Optional<String> job = mac.flatMap(it -> it.job(process, stdin));
        Optional<OSProcess> found =
                machine.process(process.pid()).filter(it -> entry(it).identity().equals(process.identity()));
        if (found.isEmpty()) {
            return ProcessDetails.UNREADABLE;
        }
        Map<String, String> environment = new HashMap<>(found.get().getEnvironmentVariables());
        boolean isReadable = !environment.isEmpty();
        environment.keySet().retainAll(variables);
        return new ProcessDetails(
                activity(found.get()),
                stdin,
                isReadable ? new Environment(true, environment) : Environment.UNREADABLE,
                Optional.empty(),
                new MemoryUse(true, found.get().getResidentMemory(), 0),
                OpenFiles.UNREADABLE,
                false,
                job,
                List.of());
    }

    /** {@inheritDoc} There is no second one here. */
    @Override
    public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        return List.of();
    }

    private Activity activity(OSProcess process) {
        boolean isTold = mac.filter(Mac::tellsCpuTime)
                .filter(it -> it.children(process.getProcessID()).stream()
                        // OSHI leaves out who runs as another user (sudo): a command all the same.
                        .allMatch(child -> machine.process(child).isPresent()))
                .isPresent();
        return isTold
                ? Activity.ofWholeProcess(Duration.ofMillis(cpuMillis(process)), process.getContextSwitches())
                : Activity.UNREADABLE;
    }

    static long cpuMillis(OSProcess process) {
        return process.getKernelTime() + process.getUserTime();
    }

    @Override
    public OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes) {
        boolean everybody = processes.isEmpty();
        return mac.map(it -> it.otherEnds(ends, everybody ? table().entries() : processes, everybody))
                .orElseGet(() -> new OtherEnds(Map.of(), new HashSet<>(ends), List.of(), Set.of()));
    }

    @Override
    public Map<ProcessEntry, Clients> clients(Collection<ProcessEntry> gateways) {
        Map<ProcessEntry, Clients> unknown = new HashMap<>();
        gateways.forEach(it -> unknown.put(it, Clients.unknown("this platform does not say whose a connection is")));
        return unknown;
    }

    /** {@inheritDoc} That is never told here: a jail or another root does not show. */
    @Override
    public boolean seesSameFiles(ProcessEntry process) {
        return false;
    }

    @Override
    public String resolve(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            return path;
        }
    }

    @Override
    public HostMemory memory() {
        return machine.memory();
    }

    @Override
    public Optional<HeldProcess> hold(ProcessEntry process) {
        return entry(process.pid()).isPresent()
                ? Optional.of(new RecheckedProcess(process, this::entry))
                : Optional.empty();
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        RecheckedProcess.await(held, atMost);
    }

    @Override
    public ExitWatch watch() {
        return new KqueueWatch(Kqueue.Kernel.OF_THIS_MACHINE, this::entry);
    }

    @Override
    public List<String> limitations() {
        List<String> all = new ArrayList<>(List.of(
                "no /proc: what single threads do, whose a terminal or socket is and how many clients there are cannot be read",
                "no pidfds: identity and command line are read again right before each signal",
                "processes of other users are invisible unless this runs as root"));
        mac.ifPresent(it -> all.addAll(it.limitations()));
        return all;
    }
}
