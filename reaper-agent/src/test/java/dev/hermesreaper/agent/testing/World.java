package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.Stdin;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.sweep.RecordSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A machine in memory. Sleeping steps its clock; what was put on its agenda happens on the way. Signals have the effect
 * their receivers were told to show, and every one that reached somebody is listed.
 *
 * <p>Pid 1 is there, a shell (800) and the reaper itself (900) below it; everything else a test starts.
 */
public final class World {
    public static final int UID = 1000;
    public static final int SELF = 900;
    public static final int SHELL = 800;

    private final SteppingClock clock = new SteppingClock();
    private final Agenda agenda = new Agenda();
    private final Hooks hooks = new Hooks();
    private final Map<Integer, FakeProcess> byPid = new LinkedHashMap<>();
    private final Set<FakeProcess> alive = new HashSet<>();
    private final Set<Stdin> unresolvable = new HashSet<>();
    private final List<SentSignal> signals = new ArrayList<>();
    private long inodes = 372_842;
    private Optional<FakeWatch> watch = Optional.empty();
    private boolean pidfds = true;
    private boolean interrupted;
    private int held;
    private int holdsAtMost = Integer.MAX_VALUE;
    private int reaperUid = UID;

    public World() {
        start(1).runs("/usr/lib/systemd/systemd", "/sbin/init").uid(0).startedAgo("80d");
        start(SHELL).runs("/usr/bin/bash", "-bash").startedAgo("70d");
        start(SELF)
                .runs("/usr/bin/java", "java", "-jar", "reaper.jar", "sweep")
                .below(find(SHELL).orElseThrow());
    }

    /** The reaper runs as this user: the one who runs the test, where files are to be kept. */
    public World reaperRunsAs(long uid) {
        reaperUid = Math.toIntExact(uid);
        return this;
    }

    int reaperUid() {
        return reaperUid;
    }

    /** This machine behind the port. */
    public Host host() {
        return new FakeHost(this);
    }

    /** What Hermes has on record, of those sessions only that are asked for. */
    public RecordSource records() {
        return (look, workers, freshness) -> {
            Map<ProcessIdentity, SessionRecord> records = new HashMap<>();
            workers.forEach(worker -> {
                find(worker.pid())
                        .ifPresent(it ->
                                records.put(worker.identity(), it.session().record()));
                asked("record " + worker.pid());
            });
            return records;
        };
    }

    // What a test puts on it

    /** A process that is there from now on; whoever had its pid is gone. */
    public FakeProcess start(int pid) {
        find(pid).ifPresent(this::exit);
        byPid.remove(pid);
        FakeProcess process = new FakeProcess(this, pid);
        byPid.put(pid, process);
        alive.add(process);
        return process;
    }

    public FakeProcess worker(int pid) {
        return start(pid)
                .runs("/usr/bin/python3.11", "python3", "-m", "tui_gateway.slash_worker")
                .of("s1")
                .startedAgo("2h");
    }

    public FakeProcess dashboard(int pid) {
        return start(pid)
                .runs("/usr/bin/python3.11", "/opt/hermes/venv/bin/python3", "/opt/hermes/venv/bin/hermes", "dashboard")
                .startedAgo("60d")
                .clients(1);
    }

    public FakeProcess entry(int pid) {
        return start(pid)
                .runs("/usr/bin/python3.11", "python3", "-m", "tui_gateway.entry")
                .startedAgo("40d");
    }

    public FakeProcess node(int pid) {
        return start(pid)
                .runs("/usr/bin/node", "node", "--expose-gc", "/opt/hermes/ui-tui/dist/entry.js")
                .startedAgo("50d");
    }

    /** Lets it be gone. Its children go to the nearest subreaper above it, what it held is closed. */
    public void exit(FakeProcess process) {
        if (!alive.remove(process)) {
            return;
        }
        int adopter = adopter(process);
        byPid.values().stream()
                .filter(it -> it.parentPid() == process.pid() && it != process)
                .forEach(it -> it.below(byPid.get(adopter)));
        process.ends().clear();
        if (process.conduct().leavesZombie()) {
            process.zombie();
        } else {
            byPid.remove(process.pid(), process);
        }
    }

    private int adopter(FakeProcess process) {
        FakeProcess above = byPid.get(process.parentPid());
        while (above != null && above.pid() != 1 && !(above.isSubreaper() && alive.contains(above))) {
            above = byPid.get(above.parentPid());
        }
        return above == null ? 1 : above.pid();
    }

    /** Nobody can tell who is at the other end of what {@code reader} reads. */
    public void hidesPeerOf(FakeProcess reader) {
        unresolvable.add(reader.stdin());
    }

    public World withoutPidfds() {
        pidfds = false;
        return this;
    }

    /** No more than so many processes can be held at a time, as where descriptors have run out. */
    public World holdsAtMost(int processes) {
        holdsAtMost = processes;
        return this;
    }

    /** Lets something happen after so much time awake. */
    public void in(String time, Runnable what) {
        agenda.enter(clock.now().awake().plus(DurationText.parse(time)), what);
    }

    /**
     * Lets something happen right after the {@code nth} time a question is asked from now on: {@code table}, or {@code
     * hold}, {@code entry}, {@code details}, {@code children} or {@code clients} and a pid. {@code signal} and a pid is
     * right before it takes effect.
     */
    public void after(String question, int nth, Runnable what) {
        hooks.enter(question, nth, what);
    }

    public void interruptIn(String time) {
        in(time, () -> interrupted = true);
    }

    /** Lets time pass. */
    public void elapse(String time) throws InterruptedException {
        pass(DurationText.parse(time), () -> false);
    }

    /** The reaper is stopped for so long; everybody else goes on. */
    public void stopReaper(String time) {
        step(clock.now().awake().plus(DurationText.parse(time)));
    }

    public void suspend(String time) {
        clock.suspend(DurationText.parse(time));
    }

    public void stepWall(Duration by) {
        clock.stepWall(by);
    }

    // What a test asks it

    /** Every signal that reached a process, in order. */
    public List<SentSignal> signals() {
        return List.copyOf(signals);
    }

    /** Those that reached whoever had {@code pid} then. */
    public List<Signal> signalsTo(int pid) {
        return signals.stream()
                .filter(it -> it.pid() == pid)
                .map(SentSignal::signal)
                .toList();
    }

    /** Whoever has {@code pid} now. */
    public FakeProcess process(int pid) {
        return find(pid).orElseThrow(() -> new IllegalArgumentException("no process " + pid));
    }

    public boolean isAlive(FakeProcess process) {
        return alive.contains(process);
    }

    /** How many processes are held now. */
    public int held() {
        return held;
    }

    /** Whose end the reaper would be woken by now. */
    public Set<ProcessIdentity> watched() {
        return watch.map(FakeWatch::watched).orElse(Set.of());
    }

    /** Somebody wakes the reaper. */
    public void wakeReaper() {
        watch.ifPresent(FakeWatch::wake);
    }

    void watches(FakeWatch by) {
        watch = Optional.of(by);
    }

    public Duration elapsed() {
        return clock.now().sinceBoot().minus(SteppingClock.UPTIME);
    }

    Optional<FakeProcess> find(int pid) {
        return Optional.ofNullable(byPid.get(pid)).filter(it -> !it.isHidden());
    }

    long newInode() {
        return ++inodes;
    }

    // How it works

    /** Lets time pass until {@code enough}, or until {@code time} has passed. */
    void pass(Duration time, BooleanSupplier enough) throws InterruptedException {
        Duration until = clock.now().awake().plus(time);
        boolean done = false;
        while (!interrupted && !done && agenda.next(until).isPresent()) {
            step(agenda.next(until).get());
            agenda.happen();
            done = enough.getAsBoolean();
        }
        if (!interrupted && !done) {
            step(until);
        }
        if (interrupted) {
            interrupted = false;
            throw new InterruptedException("interrupted after " + elapsed());
        }
    }

    private void step(Duration toAwake) {
        Duration by = toAwake.minus(clock.now().awake());
        if (!by.isNegative() && !by.isZero()) {
            clock.step(by);
            alive.forEach(it -> it.activity().pass(by));
        }
    }

    void asked(String question) {
        hooks.asked(question);
    }

    SignalResult deliver(FakeProcess to, Signal signal) {
        if (to.conduct().refuses()) {
            return SignalResult.NOT_PERMITTED;
        }
        signals.add(new SentSignal(to.pid(), to, signal, elapsed()));
        if (signal == Signal.CONT && to.isStopped()) {
            to.state('S').activity().move(1);
            List<Signal> waiting = List.copyOf(to.pending());
            to.pending().clear();
            waiting.forEach(it -> act(to, it));
        } else if (to.isStopped() && signal == Signal.TERM) {
            to.pending().add(signal);
        } else {
            act(to, signal);
        }
        return SignalResult.SENT;
    }

    private void act(FakeProcess to, Signal signal) {
        if (to.conduct().notices(signal)) {
            to.activity().move(2);
        }
        to.conduct().exitAfter(signal).ifPresent(after -> {
            if (after.isZero()) {
                exit(to);
            } else {
                agenda.enter(clock.now().awake().plus(after), () -> exit(to));
            }
        });
    }

    Moment now() {
        return clock.now();
    }

    Collection<FakeProcess> visible() {
        return byPid.values().stream().filter(it -> !it.isHidden()).toList();
    }

    Set<Stdin> unresolvable() {
        return unresolvable;
    }

    boolean hasPidfds() {
        return pidfds;
    }

    /** Counts one more held process; false if there is no room for it. */
    boolean hold() {
        if (held >= holdsAtMost) {
            return false;
        }
        held++;
        return true;
    }

    void release() {
        held--;
    }
}
