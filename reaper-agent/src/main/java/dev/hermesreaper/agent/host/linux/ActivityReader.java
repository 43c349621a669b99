package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Stdin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the threads of a process have done, and whether the main thread waits for input. */
final class ActivityReader {

    /** Kernel functions in which a reader of an empty pipe sleeps, by kernel version. */
    private static final Set<String> PIPE_WAITS =
            Set.of("anon_pipe_read", "pipe_read", "pipe_wait", "pipe_wait_readable");

    /** The same for an empty unix socket. */
    private static final Set<String> SOCKET_WAITS = Set.of("unix_stream_read_generic", "unix_stream_data_wait");

    /** In {@code /proc/PID/task/PID/io}, for which the same user will do, unlike with system calls under Yama. */
    private static final String BYTES_READ = "rchar:";

    /** Where the freezer of a cgroup holds a process: of version 2, as the compiler inlines it, and of version 1. */
    private static final List<String> FREEZERS = List.of("get_signal", "do_freezer_trap", "__refrigerator");

    /** {@code read(2)} on descriptor 0, as this architecture numbers it ({@code syscalls(2)}). */
    private static final String READ_OF_STDIN =
            switch (System.getProperty("os.arch", "")) {
                        case "amd64", "x86_64" -> "0";
                        case "aarch64", "riscv64", "loongarch64" -> "63";
                        default -> "3";
                    }
                    + " 0x0 ";

    /** Whether a main thread waits for input. */
    enum Wait {
        /** It is in a read of its stdin, by its system call. */
        READING_STDIN,
        /** It is in another call or none, by its system call. */
        NOT_READING_STDIN,
        /** It sleeps where a reader of such a file as its stdin does; which file it is, is not told. */
        ASLEEP_LIKE_A_READER,
        /** It does not sleep there. */
        NOT_ASLEEP_LIKE_A_READER,
        UNKNOWN;

        private boolean isForInput() {
            return this == READING_STDIN || this == ASLEEP_LIKE_A_READER;
        }

        private boolean isBySleep() {
            return this == ASLEEP_LIKE_A_READER || this == NOT_ASLEEP_LIKE_A_READER;
        }
    }

    private final ProcFs proc;

    ActivityReader(ProcFs proc) {
        this.proc = proc;
    }

    /**
     * What the main thread of {@code pid} waits for; to be asked before its counters are read, so that a command that comes
     * in between has moved them once it is over, and before that is seen by the next question.
     *
     * @param stdin what its descriptor 0 is
     */
    Wait waitOf(int pid, Stdin.Kind stdin) {
        Wait byCall = waitByCall(pid);
        return byCall == Wait.UNKNOWN ? waitBySleep(pid, stdin) : byCall;
    }

    /**
     * Reads what {@code pid} has done.
     *
     * @param wait asked before; asked again at the end, since a command may have come in that has moved no counter yet
     * @param status read after that
     * @param closely whether to ask what it has read, too
     */
    Activity read(int pid, Stdin.Kind stdin, Wait wait, Status status, boolean closely) {
        Optional<StatLine> main = stat(pid, "task/" + pid + "/");
        if (wait == Wait.UNKNOWN || main.isEmpty() || status.voluntarySwitches().isEmpty()) {
            return Activity.UNREADABLE;
        }
        long otherTicks = 0;
        long otherSwitches = 0;
        if (main.get().threads() != 1) {
            ProcFs.Listing threads = proc.list(pid, "task");
            if (threads.answer() != Answer.READ) {
                return Activity.UNREADABLE;
            }
            for (int thread : threads.numbers()) {
                if (thread != pid) {
                    String directory = "task/" + thread + "/";
                    Optional<StatLine> other = stat(pid, directory);
                    otherTicks += other.isPresent() ? other.get().ticks() : 0;
                    otherSwitches += voluntarySwitches(pid, directory);
                }
            }
        }
        boolean isFrozen = isFrozen(pid);
        long bytesRead = closely ? bytesRead(pid) : Activity.NOT_TOLD;
        return new Activity(
                true,
                wait.isForInput() && waitOf(pid, stdin).isForInput(),
                wait.isBySleep(),
                isFrozen,
                false,
                status.voluntarySwitches().getAsLong() + status.nonvoluntarySwitches(),
                main.get().ticks(),
                otherSwitches,
                otherTicks,
                bytesRead);
    }

    /** A process that is stopped or frozen still shows the system call it was in, but no longer where it slept. */
    private Wait waitByCall(int pid) {
        if (proc.read(pid, "syscall") == Answer.READ && proc.length() > 0) {
            return Fields.begins(proc, READ_OF_STDIN) ? Wait.READING_STDIN : Wait.NOT_READING_STDIN;
        }
        return Wait.UNKNOWN;
    }

    private boolean isFrozen(int pid) {
        if (proc.read(pid, "wchan") == Answer.READ) {
            for (String freezer : FREEZERS) {
                if (Fields.is(proc, freezer)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The kernel function a process sleeps in; empty where that is not told. */
    private String sleepsIn(int pid) {
        return proc.read(pid, "wchan") == Answer.READ ? proc.text().strip() : "";
    }

    /** In a read of another kind of file than its stdin is, it waits for something else. */
    private Wait waitBySleep(int pid, Stdin.Kind stdin) {
        String function = sleepsIn(pid);
        if (PIPE_WAITS.contains(function) || SOCKET_WAITS.contains(function)) {
            return switch (stdin) {
                case PIPE -> PIPE_WAITS.contains(function) ? Wait.ASLEEP_LIKE_A_READER : Wait.NOT_ASLEEP_LIKE_A_READER;
                case SOCKET ->
                    SOCKET_WAITS.contains(function) ? Wait.ASLEEP_LIKE_A_READER : Wait.NOT_ASLEEP_LIKE_A_READER;
                case OPEN_TO_ANYBODY, NOBODY -> Wait.NOT_ASLEEP_LIKE_A_READER;
                case UNREADABLE, NOT_TOLD -> Wait.UNKNOWN;
            };
        }
        Optional<StatLine> stat = stat(pid, "");
        char state = stat.isPresent() ? stat.get().state() : '?';
        if (state == 'R') {
            return Wait.NOT_ASLEEP_LIKE_A_READER;
        }
        boolean hidden = function.isEmpty() || function.equals("0") || state == 'T' || state == 't' || state == '?';
        return hidden ? Wait.UNKNOWN : Wait.NOT_ASLEEP_LIKE_A_READER;
    }

    private Optional<StatLine> stat(int pid, String thread) {
        return proc.read(pid, thread + "stat") == Answer.READ
                ? StatLine.parse(proc.bytes(), proc.length())
                : Optional.empty();
    }

    private long bytesRead(int pid) {
        return proc.read(pid, "task/" + pid + "/io") == Answer.READ
                ? Fields.number(proc, BYTES_READ).orElse(Activity.NOT_TOLD)
                : Activity.NOT_TOLD;
    }

    private long voluntarySwitches(int pid, String thread) {
        return proc.read(pid, thread + "status") == Answer.READ
                ? Fields.number(proc, Status.VOLUNTARY).orElse(0)
                : 0;
    }
}
