package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Stdin;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what the threads of a process have done, and whether the main thread waits for input. */
final class ActivityReader {

    /** Kernel functions in which a reader of an empty pipe sleeps, by kernel version. */
    private static final Set<String> PIPE_WAITS =
            Set.of("anon_pipe_read", "pipe_read", "pipe_wait", "pipe_wait_readable");

    /** The same for an empty unix socket. */
    private static final Set<String> SOCKET_WAITS = Set.of("unix_stream_read_generic", "unix_stream_data_wait");

    /** {@code read(2)} on descriptor 0, as this architecture numbers it ({@code syscalls(2)}). */
    private static final String READ_OF_STDIN =
            switch (System.getProperty("os.arch", "")) {
                        case "amd64", "x86_64" -> "0";
                        case "aarch64", "riscv64", "loongarch64" -> "63";
                        default -> "3";
                    }
                    + " 0x0 ";

    private enum Wait {
        FOR_INPUT,
        NOT,
        UNKNOWN
    }

    private final ProcFs proc;

    ActivityReader(ProcFs proc) {
        this.proc = proc;
    }

    /**
     * Reads what {@code pid} has done.
     *
     * @param stdin what its descriptor 0 is
     */
    Activity read(int pid, Stdin.Kind stdin) {
        String main = "task/" + pid + "/";
        // Before its counters: a command that comes in between has then moved them.
        Optional<Wait> call = waitByCall(pid);
        Wait wait = call.orElseGet(() -> waitBySleep(pid, stdin));
        OptionalLong mainTicks = ticks(pid, main);
        OptionalLong mainSwitches = switches(pid, main, true);
        if (wait == Wait.UNKNOWN || mainTicks.isEmpty() || mainSwitches.isEmpty()) {
            return Activity.UNREADABLE;
        }
        ProcFs.Listing threads = proc.list(pid, "task");
        if (threads.answer() != Answer.READ) {
            return Activity.UNREADABLE;
        }
        long otherTicks = 0;
        long otherSwitches = 0;
        for (int thread : threads.numbers()) {
            if (thread != pid) {
                otherTicks += ticks(pid, "task/" + thread + "/").orElse(0);
                otherSwitches += switches(pid, "task/" + thread + "/", false).orElse(0);
            }
        }
        return new Activity(
                true,
                wait == Wait.FOR_INPUT,
                call.isEmpty(),
                false,
                mainSwitches.getAsLong(),
                mainTicks.getAsLong(),
                otherSwitches,
                otherTicks);
    }

    /** A stopped process still shows the system call it was stopped in, but no longer where it slept. */
    private Optional<Wait> waitByCall(int pid) {
        if (proc.read(pid, "syscall") == Answer.READ && proc.length() > 0) {
            return Optional.of(proc.text().startsWith(READ_OF_STDIN) ? Wait.FOR_INPUT : Wait.NOT);
        }
        return Optional.empty();
    }

    /** In a read of another kind of file than its stdin is, it waits for something else. */
    private Wait waitBySleep(int pid, Stdin.Kind stdin) {
        String function = proc.read(pid, "wchan") == Answer.READ ? proc.text().strip() : "";
        if (PIPE_WAITS.contains(function) || SOCKET_WAITS.contains(function)) {
            return switch (stdin) {
                case PIPE -> PIPE_WAITS.contains(function) ? Wait.FOR_INPUT : Wait.NOT;
                case SOCKET -> SOCKET_WAITS.contains(function) ? Wait.FOR_INPUT : Wait.NOT;
                case OPEN_TO_ANYBODY, NOBODY -> Wait.NOT;
                case UNREADABLE, NOT_TOLD -> Wait.UNKNOWN;
            };
        }
        char state = stat(pid, "").map(StatLine::state).orElse('?');
        if (state == 'R') {
            return Wait.NOT;
        }
        boolean hidden = function.isEmpty() || function.equals("0") || state == 'T' || state == 't' || state == '?';
        return hidden ? Wait.UNKNOWN : Wait.NOT;
    }

    private OptionalLong ticks(int pid, String thread) {
        return stat(pid, thread).map(stat -> OptionalLong.of(stat.ticks())).orElse(OptionalLong.empty());
    }

    private Optional<StatLine> stat(int pid, String thread) {
        return proc.read(pid, thread + "stat") == Answer.READ
                ? StatLine.parse(proc.bytes(), proc.length())
                : Optional.empty();
    }

    private OptionalLong switches(int pid, String thread, boolean all) {
        if (proc.read(pid, thread + "status") != Answer.READ) {
            return OptionalLong.empty();
        }
        OptionalLong voluntary = Fields.number(proc, "voluntary_ctxt_switches:");
        if (voluntary.isEmpty() || !all) {
            return voluntary;
        }
        long forced = Fields.number(proc, "nonvoluntary_ctxt_switches:").orElse(0);
        return OptionalLong.of(voluntary.getAsLong() + forced);
    }
}
