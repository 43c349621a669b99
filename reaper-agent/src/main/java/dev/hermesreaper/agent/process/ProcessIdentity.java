package dev.hermesreaper.agent.process;

import org.jspecify.annotations.Nullable;

/**
 * Who a process is: a pid alone is reused within minutes, so it never names a process here.
 *
 * <p>Wall clock takes no part in it; a stepped clock changes nothing. Two processes can only share an identity if the
 * pid counter wraps within one clock tick.
 *
 * @param bootId the kernel's random id of this boot ({@code /proc/sys/kernel/random/boot_id})
 * @param pid process id as this pid namespace numbers it
 * @param startTicks start time in clock ticks since boot: field 22 of {@code /proc/PID/stat}, {@code proc_pid_stat(5)}
 */
public record ProcessIdentity(String bootId, int pid, long startTicks) {

    /** Whether this process started before {@code other} or in the same clock tick; false across boots. */
    public boolean isNotYoungerThan(ProcessIdentity other) {
        return bootId.equals(other.bootId) && startTicks <= other.startTicks;
    }

    /** The key of most tables; what a record has by itself costs a dozen classes of {@code java.lang.invoke}. */
    @Override
    public int hashCode() {
        return 31 * pid + Long.hashCode(startTicks);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProcessIdentity that
                && pid == that.pid
                && startTicks == that.startTicks
                && bootId.equals(that.bootId);
    }
}
