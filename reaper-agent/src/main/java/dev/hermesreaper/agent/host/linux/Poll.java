package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Waits for the end of many processes at once: {@code poll(2)} over their pidfds, or looking often where there are none. */
final class Poll {

    private static final int POLLIN = 1;

    /** An interrupted thread notices within this time; {@code poll} itself does not end early. */
    private static final Duration SLICE = Duration.ofMillis(100);

    /** How often a process without a pidfd is looked at. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private Poll() {}

    /** Waits until one more of {@code held} has exited or the time is over; exits told before are not told again. */
    static void await(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        List<Pidfds.Pidfd> exact = new ArrayList<>();
        List<RecheckedProcess> rechecked = new ArrayList<>();
        for (HeldProcess process : held) {
            if (process instanceof Pidfds.Pidfd pidfd && !pidfd.isNoticed()) {
                exact.add(pidfd);
            } else if (process instanceof RecheckedProcess other && !other.isNoticed()) {
                rechecked.add(other);
            }
        }
        Duration slice = rechecked.isEmpty() ? SLICE : LOOK;
        Duration deadline = LinuxClock.awake().plus(atMost);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for processes to end");
            }
            if (rechecked.stream().filter(RecheckedProcess::hasExited).count() > 0) {
                return;
            }
            Duration left = deadline.minus(LinuxClock.awake());
            boolean isOver = left.isNegative() || left.isZero();
            Duration time = isOver ? Duration.ZERO : left.compareTo(slice) < 0 ? left : slice;
            if (poll(exact, time) || isOver) {
                return;
            }
        }
    }

    private static boolean poll(List<Pidfds.Pidfd> exact, Duration time) throws InterruptedException {
        if (exact.isEmpty()) {
            LinuxClock.sleep(time);
            return false;
        }
        int[] pairs = new int[exact.size() * 2];
        for (int i = 0; i < exact.size(); i++) {
            pairs[2 * i] = exact.get(i).descriptor();
            pairs[2 * i + 1] = POLLIN;
        }
        // Rounded up: a wait of half a millisecond must not become a busy loop.
        if (of(pairs, (int) time.plusNanos(999_999).toMillis()) == 0) {
            return false;
        }
        for (int i = 0; i < exact.size(); i++) {
            if (pairs[2 * i + 1] >>> 16 != 0) {
                exact.get(i).notice();
            }
        }
        return true;
    }

    /** One {@code poll(2)}; 0 if nothing happened or a signal came in between. */
    static int of(int[] pairs, int milliseconds) {
        try {
            return LibC.poll(pairs, pairs.length / 2, milliseconds);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == LibC.EINTR) {
                return 0;
            }
            throw new HostException("cannot wait for processes to end: " + e.getMessage(), e);
        }
    }
}
