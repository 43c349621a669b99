package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Self;

/** Finds out who this program is. */
final class SelfReader {

    private SelfReader() {}

    /**
     * This program, as it is shown there.
     *
     * @throws HostException if it is shown under another pid than its own
     */
    static Self read(ProcFs proc) {
        int pid = ProcFs.number(proc.link(proc.root() + "/self").target());
        boolean hasStatus = proc.read("self/status");
        int uid = hasStatus ? effectiveUid(proc) : -1;
        if (!hasStatus || !isOnlyPid(pid, proc)) {
            long own = ProcessHandle.current().pid();
            if (pid != own) {
                throw new HostException(proc.root() + " does not show this process as " + own
                        + ": it belongs to another pid namespace; mount the /proc of this one");
            }
        }
        String hostName = proc.read("sys/kernel/hostname") ? proc.text().strip() : "localhost";
        return new Self(pid, uid, hostName);
    }

    /**
     * Whether the process has this pid and no other, in a namespace below. To ask the JVM for its own pid takes 2 ms of a start, so
     * that is left for kernels before 4.1, which do not tell.
     */
    private static boolean isOnlyPid(int pid, ProcFs status) {
        return pid > 0 && Fields.text(status, "NSpid:").equals(Integer.toString(pid));
    }

    private static int effectiveUid(ProcFs status) {
        String[] uids = Fields.text(status, "Uid:").split("\t", -1);
        return uids.length > 1 ? ProcFs.number(uids[1]) : -1;
    }
}
