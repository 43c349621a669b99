package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.linux.Descriptors.Descriptor;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.Stdin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds who holds the other end of pipes and sockets, by looking through open files. A descriptor that is on its way
 * through a socket, and one that only a thread with files of its own holds, are not seen.
 */
final class EndFinder {

    private final ProcFs proc;
    private final Traces traces;
    private final EntryReader entries;
    private final Map<Long, Stdin> pipes = new HashMap<>();
    private final Map<Long, List<Stdin>> peers = new HashMap<>();
    private final Map<Stdin, List<OtherEnds.Holder>> holders = new HashMap<>();
    private final Set<Stdin> unresolved = new HashSet<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Integer> hidden = new HashSet<>();

    EndFinder(ProcFs proc, Boot boot, Traces traces) {
        this.proc = proc;
        this.traces = traces;
        this.entries = new EntryReader(proc, boot);
    }

    OtherEnds find(Collection<Stdin> ends, Collection<ProcessEntry> among) {
        resolve(Set.copyOf(ends));
        if (!pipes.isEmpty() || !peers.isEmpty()) {
            for (ProcessEntry process : among) {
                search(process.pid());
            }
            if (among.isEmpty()) {
                for (int pid : proc.pids()) {
                    search(pid);
                }
            }
        }
        if (among.isEmpty()) {
            suspectHidden();
        }
        return new OtherEnds(holders, unresolved, gaps, hidden);
    }

    /** The kernel names a peer, so somebody holds it: where everybody was searched and nobody found, somebody hides it. */
    private void suspectHidden() {
        for (List<Stdin> ends : peers.values()) {
            for (Stdin end : ends) {
                if (holders.getOrDefault(end, List.of()).isEmpty()) {
                    unresolved.add(end);
                }
            }
        }
    }

    private void resolve(Set<Stdin> ends) {
        List<Stdin> sockets = new ArrayList<>();
        for (Stdin end : ends) {
            if (end.kind() == Stdin.Kind.PIPE) {
                pipes.put(end.inode(), end);
                holders.put(end, new ArrayList<>(1));
            } else if (end.kind() == Stdin.Kind.SOCKET) {
                sockets.add(end);
            }
        }
        if (!sockets.isEmpty()) {
            resolveSockets(sockets);
        }
    }

    private void resolveSockets(List<Stdin> sockets) {
        Optional<SockDiag> opened = SockDiag.open();
        if (opened.isEmpty()) {
            unresolved.addAll(sockets);
            return;
        }
        try (SockDiag diag = opened.get()) {
            for (Stdin socket : sockets) {
                resolve(socket, diag.peerOf(socket.inode()));
            }
        }
    }

    private void resolve(Stdin socket, SockDiag.Peer peer) {
        switch (peer.kind()) {
            case PEER -> {
                peers.computeIfAbsent(peer.inode(), inode -> new ArrayList<>()).add(socket);
                holders.put(socket, new ArrayList<>());
            }
            case CLOSED -> holders.put(socket, List.of());
            case UNKNOWN -> unresolved.add(socket);
        }
    }

    private void search(int pid) {
        Descriptors descriptors = Descriptors.of(pid, proc);
        for (Descriptor descriptor : descriptors.open()) {
            Optional<Long> pipe = Descriptors.inode(descriptor.target(), "pipe:[");
            Stdin end = pipe.isPresent() ? pipes.get(pipe.get()) : null;
            if (end != null && proc.isOpenForWriting(descriptor)) {
                hold(end, pid, descriptor);
            }
            Optional<Long> socket = Descriptors.inode(descriptor.target(), "socket:[");
            if (socket.isPresent()) {
                for (Stdin peer : peers.getOrDefault(socket.get(), List.of())) {
                    hold(peer, pid, descriptor);
                }
            }
        }
        if (!descriptors.complete()) {
            hidden.add(pid);
            if (mayBeHermes(pid)) {
                gaps.add(new Gap(pid, entries.uid(pid), "the open files"));
            }
        }
    }

    private void hold(Stdin end, int pid, Descriptor descriptor) {
        List<OtherEnds.Holder> known = holders.get(end);
        if (known == null) {
            known = new ArrayList<>(1);
            holders.put(end, known);
        }
        known.add(new OtherEnds.Holder(pid, descriptor.number()));
    }

    /**
     * Whether a process whose files are hidden could be a gateway: it is Python, is named like one, or hides its words. One
     * that runs something else and merely mentions the name, as {@code sshd: hermes@pts/0} does where that is a user, cannot.
     */
    private boolean mayBeHermes(int pid) {
        Optional<StatLine> stat = entries.stat(pid);
        if (stat.isEmpty()) {
            return entries.wasRefused();
        }
        if (stat.get().isKernelThread() || stat.get().isDead()) {
            return false;
        }
        Executable executable = entries.executable(pid);
        if (executable.isPython()) {
            return true;
        }
        switch (proc.read(pid, "cmdline")) {
            case GONE -> {
                return false;
            }
            case DENIED -> {
                return !executable.readable();
            }
            case READ -> {
                return executable.readable()
                        ? traces.areIn(proc)
                        : EntryReader.hasNoWords(proc) || isNamedLikeOne(stat.get());
            }
        }
        throw new IllegalStateException("unreachable");
    }

    private boolean isNamedLikeOne(StatLine stat) {
        String text = proc.text();
        int end = text.indexOf('\0');
        String command = end < 0 ? text : text.substring(0, end);
        return Executable.at(command).isPython()
                || Executable.at(stat.comm()).isPython()
                || traces.name(Executable.name(command))
                || traces.name(stat.comm());
    }
}
