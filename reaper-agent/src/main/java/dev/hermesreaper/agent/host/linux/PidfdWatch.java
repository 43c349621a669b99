package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * A pidfd for each process and one {@code poll(2)} over all of them and a bell ({@code eventfd(2)}). While nobody is watched
 * it waits without any of that, so that JNA is not loaded on a machine without Hermes.
 */
final class PidfdWatch implements ExitWatch {

    private static final int POLLIN = 1;
    private static final int NONBLOCK_CLOEXEC = 04000 | 02000000;
    private static final int EMFILE = 24;
    private static final int ENFILE = 23;

    private final BooleanSupplier pidfds;
    private final Predicate<ProcessEntry> isStillIt;
    private final IntSupplier more;
    private final Map<ProcessIdentity, Integer> descriptors = new LinkedHashMap<>();
    private final Set<ProcessIdentity> told = new HashSet<>();
    private final Semaphore calls = new Semaphore(0);
    private final Bell bell = new Bell();
    private boolean endedMeanwhile;

    /**
     * @param pidfds whether there are any here; throws {@link HostException} where that cannot even be tried
     * @param isStillIt whether the process with this pid is the one meant
     * @param more how many more may be watched, so that descriptors are left for everything else
     */
    PidfdWatch(BooleanSupplier pidfds, Predicate<ProcessEntry> isStillIt, IntSupplier more) {
        this.pidfds = pidfds;
        this.isStillIt = isStillIt;
        this.more = more;
    }

    @Override
    public Optional<String> watch(Collection<ProcessEntry> processes) {
        Set<ProcessIdentity> wanted = new HashSet<>();
        processes.forEach(process -> wanted.add(process.identity()));
        told.retainAll(wanted);
        forget(wanted);
        try {
            return add(processes);
        } catch (HostException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> add(Collection<ProcessEntry> processes) {
        int room = -1;
        for (ProcessEntry process : processes) {
            if (descriptors.containsKey(process.identity()) || told.contains(process.identity())) {
                continue;
            }
            if (!pidfds.getAsBoolean()) {
                return Optional.of("no pidfds here: ends are seen by the next pass only");
            }
            room = room < 0 ? descriptors.size() + more.getAsInt() : room;
            if (descriptors.size() >= room) {
                return Optional.of(
                        "only %d of %d ends can be watched with the descriptors this program may have: raise its limit (LimitNOFILE=)"
                                .formatted(descriptors.size(), processes.size()));
            }
            bell.hang();
            open(process);
        }
        return Optional.empty();
    }

    private void open(ProcessEntry process) {
        try {
            int descriptor = (int) LibC.syscall(LibC.PIDFD_OPEN, process.pid(), 0, 0, 0);
            if (isStillIt.test(process)) {
                descriptors.put(process.identity(), descriptor);
            } else {
                LibC.close(descriptor);
                ended(process.identity());
            }
        } catch (LastErrorException e) {
            switch (e.getErrorCode()) {
                case LibC.ESRCH -> ended(process.identity());
                case EMFILE, ENFILE ->
                    throw new HostException("no descriptor is left to watch process " + process.pid()
                            + " with: raise the limit of this program (LimitNOFILE=) or of the machine (fs.file-max)");
                default -> throw new HostException("cannot watch process " + process.pid() + ": " + e.getMessage(), e);
            }
        }
    }

    private void ended(ProcessIdentity identity) {
        told.add(identity);
        endedMeanwhile = true;
    }

    /** Lets go of all that are not wanted any more. */
    private void forget(Set<ProcessIdentity> wanted) {
        for (Iterator<Map.Entry<ProcessIdentity, Integer>> all =
                        descriptors.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<ProcessIdentity, Integer> one = all.next();
            if (!wanted.contains(one.getKey())) {
                LibC.close(one.getValue());
                all.remove();
            }
        }
    }

    @Override
    public Woken await(Duration atMost) throws InterruptedException {
        Duration deadline = LinuxClock.awake().plus(atMost);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for processes to end");
            }
            if (calls.drainPermits() > 0) {
                bell.silence();
                return Woken.CALLED;
            }
            if (endedMeanwhile) {
                endedMeanwhile = false;
                return Woken.EXITED;
            }
            Duration left = deadline.minus(LinuxClock.awake());
            if (left.isNegative() || left.isZero()) {
                return Woken.TIME;
            }
            endedMeanwhile = descriptors.isEmpty() ? called(left) : polled(left);
        }
    }

    /** Waits to be called, and leaves that to be noticed; nobody can have ended. */
    private boolean called(Duration left) throws InterruptedException {
        if (calls.tryAcquire(left.toNanos(), TimeUnit.NANOSECONDS)) {
            calls.release();
        }
        return false;
    }

    /** Whether somebody has ended; those are not watched any more. */
    private boolean polled(Duration left) {
        int[] pairs = new int[2 * (descriptors.size() + 1)];
        pairs[0] = bell.descriptor;
        pairs[1] = POLLIN;
        int at = 2;
        for (int descriptor : descriptors.values()) {
            pairs[at++] = descriptor;
            pairs[at++] = POLLIN;
        }
        // Rounded up: a wait of half a millisecond must not become a busy loop.
        long milliseconds = left.plusNanos(999_999).toMillis();
        if (Poll.of(pairs, (int) Math.min(milliseconds, Integer.MAX_VALUE)) == 0) {
            return false;
        }
        boolean exited = false;
        at = 3;
        for (Iterator<Map.Entry<ProcessIdentity, Integer>> all =
                        descriptors.entrySet().iterator();
                all.hasNext();
                at += 2) {
            Map.Entry<ProcessIdentity, Integer> one = all.next();
            if (pairs[at] >>> 16 != 0) {
                exited = true;
                told.add(one.getKey());
                LibC.close(one.getValue());
                all.remove();
            }
        }
        return exited;
    }

    @Override
    public void wake() {
        calls.release();
        bell.ring();
    }

    @Override
    public void close() {
        forget(Set.of());
        bell.takeDown();
    }

    /** What another thread wakes the poll with; there is none until somebody is watched. */
    private static final class Bell {

        private static final int NONE = -1;

        private int descriptor = NONE;

        synchronized void hang() {
            if (descriptor == NONE) {
                try {
                    descriptor = LibC.eventfd(0, NONBLOCK_CLOEXEC);
                } catch (LastErrorException e) {
                    throw new HostException("cannot watch anybody: no eventfd: " + e.getMessage(), e);
                }
            }
        }

        synchronized void ring() {
            if (descriptor != NONE) {
                try {
                    LibC.write(descriptor, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, 8);
                } catch (LastErrorException full) {
                    // It has been rung four billion times and not been heard, so it is ringing.
                }
            }
        }

        synchronized void silence() {
            if (descriptor != NONE) {
                try {
                    LibC.read(descriptor, new byte[8], 8);
                } catch (LastErrorException silent) {
                    // Called before the bell was hung, or heard already.
                }
            }
        }

        synchronized void takeDown() {
            if (descriptor != NONE) {
                LibC.close(descriptor);
                descriptor = NONE;
            }
        }
    }
}
