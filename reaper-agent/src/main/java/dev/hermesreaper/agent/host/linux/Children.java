package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lists the children of a process: those of all its threads, since a child belongs to the thread that started it
 * ({@code /proc/PID/task/TID/children}).
 */
final class Children {

    /** The list may lack a live child if another one exits while it is read: {@code proc_tid_children(5)}. */
    private static final int ATTEMPTS = 4;

    private final ProcFs proc;

    Children(ProcFs proc) {
        this.proc = proc;
    }

    /** Pids of the children; none if the process is gone. */
    Set<Integer> of(int pid) {
        Set<Integer> children = readOnce(pid);
        for (int attempt = 1; attempt < ATTEMPTS && !children.isEmpty(); attempt++) {
            Set<Integer> again = readOnce(pid);
            if (again.equals(children)) {
                break;
            }
            Set<Integer> both = new LinkedHashSet<>(children);
            both.addAll(again);
            children = both;
        }
        return children;
    }

    private Set<Integer> readOnce(int pid) {
        Set<Integer> children = Set.of(); // as of most
        for (int thread : proc.list(pid, "task").numbers()) {
            if (proc.readAll(pid, "task/" + thread + "/children") == Answer.READ && proc.length() > 0) {
                children = new LinkedHashSet<>(children);
                addNumbers(children);
            }
        }
        return children;
    }

    private void addNumbers(Set<Integer> numbers) {
        int value = 0;
        for (int i = 0; i < proc.length(); i++) {
            byte character = proc.bytes()[i];
            if (character >= '0' && character <= '9') {
                value = value * 10 + (character - '0');
            } else if (value > 0) {
                numbers.add(value);
                value = 0;
            }
        }
        if (value > 0) {
            numbers.add(value);
        }
    }

    /** Lists those of many processes. */
    static final class Reading implements Shares.Reading<Set<Integer>> {

        private final List<Integer> parents;
        private final ProcFs proc;
        private final Children children;

        Reading(List<Integer> parents, ProcFs proc) {
            this.parents = parents;
            this.proc = proc;
            this.children = new Children(proc);
        }

        @Override
        public Set<Integer> read(int index) {
            return children.of(parents.get(index));
        }

        @Override
        public Shares.Reading<Set<Integer>> another() {
            return new Reading(parents, proc.another());
        }
    }
}
