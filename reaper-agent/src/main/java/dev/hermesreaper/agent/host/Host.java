package dev.hermesreaper.agent.host;

import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This machine, as far as the reaper asks it anything: reads, holds, signals, waits. Everything it says may be out of
 * date by the time it is read; only a {@link HeldProcess} stays the same process.
 */
public interface Host {

    /** Who runs this program, and where. */
    Self self();

    /** Now, on all clocks. */
    Moment now();

    /** Lets time pass. */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Reads the process table.
     *
     * @throws HostException if the table cannot be read at all; what is merely missing from it is a gap in it
     */
    ProcessTable table();

    /** Reads one process again; empty if it is gone. */
    Optional<ProcessEntry> entry(int pid);

    /**
     * The direct children of whoever has the pid of {@code process} now, of all threads; empty if nobody has. Whether that
     * still is {@code process} is for the caller to check <em>after</em> asking.
     */
    List<ProcessEntry> children(ProcessEntry process);

    /** Reads what only candidates are asked for. What cannot be read, or is no longer this process, says so. */
    ProcessDetails details(ProcessEntry process);

    /**
     * As {@link #details} of each of {@code processes}, in their order; open files may be unreadable, and what the main thread has
     * read not told, because that is asked of gateways and of those to be ended only.
     */
    default List<ProcessDetails> glances(List<ProcessEntry> processes) {
        List<ProcessDetails> glances = new ArrayList<>(processes.size());
        for (ProcessEntry process : processes) {
            glances.add(details(process));
        }
        return glances;
    }

    /**
     * Where a second reader of this machine differs, in words. It costs more than everything else that is read of a process,
     * and decides nothing.
     *
     * @param process as just read
     * @param details likewise
     */
    List<String> disagreements(ProcessEntry process, ProcessDetails details);

    /**
     * Finds who holds the other end of {@code ends} among {@code processes}: the write end of a pipe, the peer of a
     * socket.
     *
     * @param ends pipes and sockets; other kinds are ignored
     * @param processes where to look; an empty collection means every process of this machine
     */
    OtherEnds otherEnds(Collection<Stdin> ends, Collection<ProcessEntry> processes);

    /**
     * Counts the clients attached to each of {@code gateways}: established connections to the sockets it listens on. All at
     * once, because the kernel walks through all its connections for every question.
     */
    Map<ProcessEntry, Clients> clients(Collection<ProcessEntry> gateways);

    /** Counts the clients attached to {@code gateway}. */
    default Clients clients(ProcessEntry gateway) {
        return clients(List.of(gateway)).getOrDefault(gateway, Clients.unknown("it was not counted"));
    }

    /**
     * The same without the clients among {@code insiders}: what a family says to itself is no use by somebody. Where that
     * cannot be told, they count.
     */
    default Clients clients(ProcessEntry server, Collection<ProcessEntry> insiders) {
        return clients(server);
    }

    /**
     * Whether {@code process} has the root directory that this program has, so that a path means the same file to both; not
     * that of a container, say. False where that cannot be told. Other mounts below the same root are not told apart.
     */
    boolean seesSameFiles(ProcessEntry process);

    /** {@code path} with symbolic links resolved; as given where that cannot be done. */
    String resolve(String path);

    /** Reads the machine's memory and swap. */
    HostMemory memory();

    /**
     * Holds on to a process: from here on the same process is meant, whatever becomes of its pid. Check its identity
     * <em>after</em> holding it.
     *
     * @return empty if there is no process with this pid
     */
    Optional<HeldProcess> hold(ProcessEntry process);

    /**
     * Waits until one more of {@code held} has exited, or {@code atMost} has passed. All are waited for together: one that
     * cannot die delays nobody.
     */
    void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException;

    /** A new watch over the ends of processes, which so far watches nobody. Costs nothing until it does. */
    ExitWatch watch();

    /** What is degraded on this machine, in words an operator can act on, e.g. that there are no pidfds. */
    List<String> limitations();
}
