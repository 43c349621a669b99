package dev.hermesreaper.agent.process;

/**
 * One line of the process table, read at one moment.
 *
 * @param identity who it is
 * @param parentPid the parent's pid at that moment; a reparented process names its new parent
 * @param state the letter {@code ps} shows: R, S, D, T, t, Z, X, I; {@code ?} where unknown
 * @param threads number of threads; a zombie with more than one still runs code and holds files
 * @param uid real user id, -1 where unknown
 * @param argv the words it was started with
 * @param executable the file it runs
 * @param comm the kernel's short name, at most 15 bytes, any bytes
 */
public record ProcessEntry(
        ProcessIdentity identity,
        int parentPid,
        char state,
        int threads,
        int uid,
        Argv argv,
        Executable executable,
        String comm) {

    public int pid() {
        return identity.pid();
    }

    /** Whether it is dead and only waits to be collected by its parent, with no thread left running. */
    public boolean isZombie() {
        return (state == 'Z' || state == 'X') && threads <= 1;
    }

    /** Whether SIGSTOP or a debugger holds it; a pending SIGTERM then waits for SIGCONT. */
    public boolean isStopped() {
        return state == 'T' || state == 't';
    }

    /** The same process started with the same words from the same file: what a fresh look must find before a signal. */
    public boolean isSameProgramAs(ProcessEntry other) {
        return identity.equals(other.identity) && argv.equals(other.argv) && executable.equals(other.executable);
    }

    /** By identity: two readings of one process are rarely in one table, and words are long. */
    @Override
    public int hashCode() {
        return identity.hashCode();
    }
}
