package dev.hermesreaper.agent.process;

/**
 * A hole in a reading: a process that could be a Hermes process, of which something decisive could not be read.
 *
 * @param pid the process
 * @param uid its user, -1 where even that is hidden
 * @param what what could not be read, e.g. {@code argv} or {@code open files}
 */
public record Gap(int pid, int uid, String what) {

    /** Whether this hole could hide something about a process of user {@code worker}: same user, root, or unknown. */
    public boolean concerns(int worker) {
        return uid == worker || uid <= 0;
    }

    @Override
    public String toString() {
        return what + " of process " + pid;
    }
}
