package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** This Linux machine, read through {@code /proc}. Safe for several threads: every question reads for itself, or waits for another. */
public final class LinuxHost implements Host {

    /** Where Linux shows its processes. */
    public static final String PROC = "/proc";

    /** What a pass opens at a time, with some to spare. */
    private static final int LEAST_FREE = 32;

    private final String root;
    private final LinuxClock clock;
    private final Traces traces;
    private final Shares shares = new Shares();
    private final Sieve sieve;
    private final Set<String> variables;

    private final Object oneAtATime = new Object();

    /** Kept for its buffer, so that only one question is answered at a time. */
    private DetailsReader details;

    private final Boot boot;
    private final Self self;
    private final boolean seesOthers;
    private final OtherReader second;
    private final Opinions opinions;

    /** Whether pidfds work here, once that has been tried: trying loads JNA. */
    private volatile Optional<Boolean> pidfds = Optional.empty();

    /**
     * @param traces words without which a command line is of no interest
     * @param variables the environment variables to keep of a candidate
     * @throws HostException if there is no {@code /proc}, or it is that of another pid namespace, or its clock is another
     */
    public LinuxHost(List<String> traces, Set<String> variables) {
        this(traces, variables, OtherReader.NONE);
    }

    /** As above, with {@code second} asked about each candidate. */
    public LinuxHost(List<String> traces, Set<String> variables, OtherReader second) {
        this(PROC, traces, variables, second);
    }

    LinuxHost(String root, List<String> traces, Set<String> variables, OtherReader second) {
        this.root = root;
        this.traces = new Traces(traces);
        this.sieve = new Sieve(this.traces, shares);
        ProcFs proc = new ProcFs(root);
        this.boot = Boot.read(proc);
        this.self = SelfReader.read(proc);
        this.variables = Set.copyOf(variables);
        this.details = new DetailsReader(proc, boot, variables);
        this.clock = LinuxClock.ofKernel(proc, boot);
        this.seesOthers = proc.exists(1);
        this.second = second;
        this.opinions = new Opinions(second, this);
    }

    /** Where JNA is loaded, calls cost less. */
    private ProcFs proc() {
        return pidfds.isPresent() ? new CalledProcFs(root) : new ProcFs(root);
    }

    @Override
    public Self self() {
        return self;
    }

    @Override
    public Moment now() {
        return clock.now();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        LinuxClock.sleep(time);
    }

    @Override
    public ProcessTable table() {
        return new TableReader(proc(), boot, sieve, shares, now()).read(self.pid());
    }

    /** {@inheritDoc} Empty for kernel threads too, where hidepid hides all of it, and for what is no pid, which anybody may name. */
    @Override
    public Optional<ProcessEntry> entry(int pid) {
        return pid > 0 ? new EntryReader(proc(), boot).read(pid) : Optional.empty();
    }

    @Override
    public List<ProcessEntry> children(ProcessEntry process) {
        if (!boot.listsChildren()) {
            return table().childrenOf(process);
        }
        ProcFs proc = proc();
        EntryReader entries = new EntryReader(proc, boot);
        return new Children(proc)
                .of(process.pid()).stream()
                        .flatMap(pid -> entries.read(pid).stream())
                        .filter(child -> child.parentPid() == process.pid())
                        .toList();
    }

    @Override
    public ProcessDetails details(ProcessEntry process) {
        synchronized (oneAtATime) {
            return details.read(process);
        }
    }

    /** {@inheritDoc} Where they are many, by two threads. */
    @Override
    public List<ProcessDetails> glances(List<ProcessEntry> processes) {
        return shares.read(new Glances(processes, proc(), boot, variables), processes.size(), Shares.MANY_CANDIDATES);
    }

    @Override
    public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        return opinions.disagreements(process, details);
    }

    @Override
    public OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes) {
        return new EndFinder(proc(), boot, traces).find(ends, processes);
    }

    /** {@inheritDoc} Not those of a process that is no longer the one asked for. */
    @Override
    public Map<ProcessEntry, Clients> clients(Collection<ProcessEntry> gateways) {
        Map<ProcessEntry, Clients> clients = new ClientCounter(proc()).count(gateways);
        for (Map.Entry<ProcessEntry, Clients> each : clients.entrySet()) {
            if (!isStillIt(each.getKey())) {
                each.setValue(Clients.unknown("process " + each.getKey().pid() + " is gone"));
            }
        }
        return clients;
    }

    @Override
    public Clients clients(ProcessEntry server, Collection<ProcessEntry> insiders) {
        return new ClientCounter(proc()).count(server, insiders);
    }

    @Override
    public boolean seesSameFiles(ProcessEntry process) {
        return Attributes.isSameFile(root + '/' + process.pid() + "/root", "/");
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
        Optional<HostMemory> known = second.memory();
        return known.isPresent() && known.get().readable() ? known.get() : ownMemory();
    }

    private HostMemory ownMemory() {
        ProcFs proc = proc();
        if (!proc.read("meminfo")) {
            return HostMemory.UNREADABLE;
        }
        OptionalLong total = Fields.number(proc, "MemTotal:");
        OptionalLong available = Fields.number(proc, "MemAvailable:");
        long swap = Fields.number(proc, "SwapTotal:").orElse(0);
        long swapFree = Fields.number(proc, "SwapFree:").orElse(0);
        return total.isPresent() && available.isPresent()
                ? new HostMemory(
                        true,
                        total.getAsLong() * 1024,
                        available.getAsLong() * 1024,
                        swap * 1024,
                        (swap - swapFree) * 1024)
                : HostMemory.UNREADABLE;
    }

    @Override
    public Optional<HeldProcess> hold(ProcessEntry process) {
        if (process.pid() <= 1) {
            throw new IllegalArgumentException("never to be held: process " + process.pid());
        }
        if (hasPidfds()) {
            return Pidfds.open(process);
        }
        return entry(process.pid()).isPresent()
                ? Optional.of(new RecheckedProcess(process, this::entry))
                : Optional.empty();
    }

    /** Pids of all visible processes, kernel threads included. */
    public int[] pids() {
        return proc().pids();
    }

    /** Unit of {@code startTicks}. */
    public int ticksPerSecond() {
        return boot.ticksPerSecond();
    }

    private boolean hasPidfds() {
        if (pidfds.isEmpty()) {
            try {
                pidfds = Optional.of(Pidfds.areAvailable(self.pid()));
                synchronized (oneAtATime) {
                    details = new DetailsReader(proc(), boot, variables);
                }
            } catch (LinkageError e) {
                throw new HostException(
                        "cannot load JNA, without which no signal can be sent: " + e.getMessage()
                                + "; allow it to unpack into -Djna.tmpdir=DIR, or unpack it beforehand and set"
                                + " -Djna.boot.library.path=DIR",
                        e);
            }
        }
        return pidfds.get();
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        Poll.await(held, atMost);
    }

    @Override
    public ExitWatch watch() {
        return new PidfdWatch(this::hasPidfds, this::isStillIt, this::moreToWatch);
    }

    private boolean isStillIt(ProcessEntry process) {
        return new EntryReader(proc(), boot).startTicks(process.pid())
                == process.identity().startTicks();
    }

    /** How many more descriptors a watch may take: enough are left for looking, and for holding victims. */
    private int moreToWatch() {
        OpenFiles own = OpenFileCount.of(self.pid(), proc(), boot);
        long left = own.softLimit() - own.open() - Math.max(LEAST_FREE, own.softLimit() / 4);
        return own.readable() ? (int) Math.max(0, Math.min(left, Integer.MAX_VALUE)) : 0;
    }

    /** {@inheritDoc} Whether there are pidfds is known after the first {@link #hold} only. */
    @Override
    public List<String> limitations() {
        List<String> limitations = new ArrayList<>();
        if (!seesOthers) {
            limitations.add("/proc is mounted with hidepid: processes of other users are invisible; run as root or with"
                    + " the group named by gid=");
        }
        if (!boot.listsChildren()) {
            limitations.add("the kernel does not list children (CONFIG_PROC_CHILDREN): every process is read instead");
        }
        if (pidfds.filter(works -> !works).isPresent()) {
            limitations.add(
                    "no pidfds (Linux before 5.3, or a seccomp profile forbids pidfd_open): as [reap] without_pidfd says,"
                            + " identity and command line are read again right before each signal, or nobody is"
                            + " signalled");
        }
        limitations.addAll(second.limitations());
        return limitations;
    }
}
