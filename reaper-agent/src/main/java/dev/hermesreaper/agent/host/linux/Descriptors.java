package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.Stdin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The open files of one process: {@code /proc/PID/fd}.
 *
 * @param complete false where some or all of them could not be read
 * @param open those that could
 */
record Descriptors(boolean complete, List<Descriptor> open) {

    /**
     * One open file.
     *
     * @param number the descriptor
     * @param directory where its link is in {@code /proc}
     * @param target what the link says, e.g. {@code pipe:[4711]}
     */
    record Descriptor(int number, String directory, String target) {

        /** Its link. */
        String path() {
            return directory + '/' + number;
        }
    }

    /** Reads those of {@code pid}; a process that is gone has none, completely. */
    static Descriptors of(int pid, ProcFs proc) {
        return from(0, pid, proc);
    }

    /** As {@link #of}, without those numbered below {@code least}. */
    static Descriptors from(int least, int pid, ProcFs proc) {
        Descriptors leader = in("fd", least, pid, proc);
        if (!leader.open.isEmpty() || !leader.complete) {
            return leader;
        }
        // A main thread that has exited has none, while the other threads still share theirs.
        for (int thread : proc.list(pid, "task").numbers()) {
            Descriptors others = in("task/" + thread + "/fd", least, pid, proc);
            if (!others.open.isEmpty() || !others.complete) {
                return others;
            }
        }
        return leader;
    }

    private static Descriptors in(String directory, int least, int pid, ProcFs proc) {
        ProcFs.Listing listed = proc.list(pid, directory);
        boolean complete = listed.answer() != Answer.DENIED;
        List<Descriptor> open = new ArrayList<>(listed.numbers().length);
        String path = proc.path(pid, directory);
        for (int number : listed.numbers()) {
            if (number < least) {
                continue;
            }
            ProcFs.Link link = proc.linkIn(path, number);
            complete &= link.answer() != Answer.DENIED;
            if (link.answer() == Answer.READ) {
                open.add(new Descriptor(number, path, link.target()));
            }
        }
        return new Descriptors(complete, open);
    }

    /** What descriptor 0 is, without reading the others. */
    static Stdin stdin(int pid, ProcFs proc) {
        ProcFs.Link link = proc.link(pid, "fd/0");
        return switch (link.answer()) {
            case DENIED -> Stdin.UNREADABLE;
            // Nothing is open there, or the directory itself is closed to us, which looks the same.
            case GONE ->
                proc.list(pid, "fd").answer() == Answer.READ ? new Stdin(Stdin.Kind.NOBODY, 0) : Stdin.UNREADABLE;
            case READ -> stdin(proc.path(pid, "fd/0"), link.target());
        };
    }

    private static Stdin stdin(String path, String target) {
        Optional<Long> pipe = inode(target, "pipe:[");
        if (pipe.isPresent()) {
            return new Stdin(Stdin.Kind.PIPE, pipe.get());
        }
        Optional<Long> socket = inode(target, "socket:[");
        if (socket.isPresent()) {
            return new Stdin(Stdin.Kind.SOCKET, socket.get());
        }
        if (target.equals("/dev/null") || Files.isRegularFile(Path.of(path))) {
            return new Stdin(Stdin.Kind.NOBODY, 0);
        }
        return new Stdin(Stdin.Kind.OPEN_TO_ANYBODY, 0);
    }

    /** The number in {@code pipe:[4711]} or {@code socket:[4711]}. */
    static Optional<Long> inode(String target, String prefix) {
        if (!target.startsWith(prefix) || !target.endsWith("]")) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = prefix.length(); i < target.length() - 1; i++) {
            char c = target.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            value = value * 10 + (c - '0');
        }
        return Optional.of(value);
    }
}
