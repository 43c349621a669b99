package dev.hermesreaper.agent.config;

import java.time.Duration;
import java.util.List;

/**
 * Section {@code [reap]}: how a leaked worker is ended.
 *
 * @param termGrace between SIGTERM and SIGKILL
 * @param killGrace between SIGKILL and the outcome {@code survived}
 * @param descendants whether what a worker started is ended after it
 * @param users names or numbers of users whose workers may be ended besides our own, {@code *} for everybody's
 * @param foreignNamespaces whether workers of another pid namespace may be ended
 */
public record ReapPolicy(
        Mode mode,
        Duration termGrace,
        Duration killGrace,
        int maxReapsPerSweep,
        boolean descendants,
        List<String> users,
        WithoutPidfd withoutPidfd,
        boolean foreignNamespaces) {

    /** Whether decisions are carried out. */
    public enum Mode {
        /** Leaked workers are signalled. */
        REAP,
        /** Every decision is taken and recorded, nobody is signalled. */
        OBSERVE
    }

    /** What to do where the kernel gives no pidfd, so that a pid could be recycled before a signal reaches it. */
    public enum WithoutPidfd {
        /** Identity and argv are read again right before every signal. */
        RECHECK,
        /** Nobody is signalled. */
        REFUSE
    }

    public ReapPolicy {
        users = List.copyOf(users);
    }

    ReapPolicy withTermGrace(Duration newTermGrace) {
        return new ReapPolicy(
                mode, newTermGrace, killGrace, maxReapsPerSweep, descendants, users, withoutPidfd, foreignNamespaces);
    }

    ReapPolicy withMaxReapsPerSweep(int newMaximum) {
        return new ReapPolicy(
                mode, termGrace, killGrace, newMaximum, descendants, users, withoutPidfd, foreignNamespaces);
    }
}
