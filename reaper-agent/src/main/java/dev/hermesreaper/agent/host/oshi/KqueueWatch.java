package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.linux.LinuxClock;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * {@code EVFILT_PROC} with {@code NOTE_EXIT} for each process, and {@code EVFILT_USER} to be woken by, on one
 * {@code kqueue(2)}. Tested against a kernel made of values only.
 */
final class KqueueWatch implements ExitWatch {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final long BELL = 1;
    private static final int MOST_AT_ONCE = 64;

    private final Kqueue.Kernel kernel;
    private final IntFunction<Optional<ProcessEntry>> look;
    private final int queue;
    private final Map<Integer, ProcessIdentity> watched = new HashMap<>();
    private final Set<ProcessIdentity> told = new HashSet<>();
    private boolean endedMeanwhile;
    private boolean closed;

    /**
     * @param look reads a process again; empty if it is gone
     * @throws HostException if this machine has no queue for us
     */
    KqueueWatch(Kqueue.Kernel kernel, IntFunction<Optional<ProcessEntry>> look) {
        this.kernel = kernel;
        this.look = look;
        this.queue = kernel.kqueue();
        if (queue < 0) {
            throw new HostException("cannot watch for the end of processes: kqueue: error " + -queue);
        }
        change(new Kqueue.Event(BELL, Kqueue.USER, (short) (Kqueue.ADD | Kqueue.CLEAR), 0));
    }

    @Override
    public Optional<String> watch(Collection<ProcessEntry> processes) {
        Set<ProcessIdentity> wanted = new HashSet<>();
        processes.forEach(process -> wanted.add(process.identity()));
        told.retainAll(wanted);
        for (Map.Entry<Integer, ProcessIdentity> one : List.copyOf(watched.entrySet())) {
            if (!wanted.contains(one.getValue())) {
                change(new Kqueue.Event(one.getKey(), Kqueue.PROC, Kqueue.DELETE, Kqueue.NOTE_EXIT));
                watched.remove(one.getKey());
            }
        }
        Optional<String> problem = Optional.empty();
        for (ProcessEntry process : processes) {
            if (!watched.containsValue(process.identity()) && !told.contains(process.identity())) {
                problem = problem.or(() -> add(process));
            }
        }
        return problem;
    }

    private Optional<String> add(ProcessEntry process) {
        short flags = (short) (Kqueue.ADD | Kqueue.ONESHOT);
        int answer = change(new Kqueue.Event(process.pid(), Kqueue.PROC, flags, Kqueue.NOTE_EXIT));
        if (answer < 0 && answer != -Kqueue.ESRCH) {
            return Optional.of("cannot watch process %d: kevent: error %d".formatted(process.pid(), -answer));
        }
        boolean isStillIt = answer >= 0
                && look.apply(process.pid())
                        .filter(now -> now.identity().equals(process.identity()))
                        .isPresent();
        if (isStillIt) {
            watched.put(process.pid(), process.identity());
        } else {
            told.add(process.identity());
            endedMeanwhile = true;
        }
        return Optional.empty();
    }

    private int change(Kqueue.Event change) {
        return kernel.kevent(queue, change.bytes(), Kqueue.NONE, NO_TIME);
    }

    @Override
    public Woken await(Duration atMost) throws InterruptedException {
        Duration deadline = LinuxClock.awake().plus(atMost);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for processes to end");
            }
            if (endedMeanwhile) {
                endedMeanwhile = false;
                return Woken.EXITED;
            }
            byte[] events = new byte[MOST_AT_ONCE * Kqueue.SIZE];
            int happened = kernel.kevent(queue, Kqueue.NONE, events, until(deadline));
            if (happened < 0 && happened != -Kqueue.EINTR) {
                throw new HostException("cannot wait for processes to end: kevent: error " + -happened);
            }
            boolean called = false;
            for (int i = 0; i < happened; i++) {
                called |= isCall(Kqueue.Event.at(events, i));
            }
            if (called) {
                return Woken.CALLED;
            }
            if (!endedMeanwhile && happened >= 0 && until(deadline).isZero()) {
                return Woken.TIME;
            }
        }
    }

    /** Whether it is a call; an end is noted. */
    private boolean isCall(Kqueue.Event event) {
        if (event.filter() == Kqueue.PROC) {
            Optional<ProcessIdentity> ended = Optional.ofNullable(watched.remove((int) event.ident()));
            ended.ifPresent(told::add);
            endedMeanwhile |= ended.isPresent();
        }
        return event.filter() == Kqueue.USER;
    }

    @Override
    public synchronized void wake() {
        if (!closed) {
            change(new Kqueue.Event(BELL, Kqueue.USER, (short) 0, Kqueue.NOTE_TRIGGER));
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            kernel.close(queue);
        }
    }

    private static Duration until(Duration deadline) {
        Duration left = deadline.minus(LinuxClock.awake());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
