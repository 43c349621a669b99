package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.process.RawText;
import java.util.Optional;

/**
 * The fields of {@code /proc/PID/stat} that matter here ({@code proc_pid_stat(5)}). A process chooses its own name, so
 * it may hold spaces, newlines, parentheses and bytes of no encoding: what follows is parsed after the last {@code ')'}.
 *
 * @param comm the name, field 2
 * @param state field 3
 * @param parentPid field 4
 * @param flags field 9
 * @param ticks CPU time in clock ticks, user and system: fields 14 and 15; of one thread if read below {@code task}
 * @param threads field 20
 * @param startTicks field 22
 */
record StatLine(String comm, char state, int parentPid, long flags, long ticks, int threads, long startTicks) {

    private static final long KERNEL_THREAD = 0x00200000;

    /** After the name and the state come numbers, as far as is read. */
    private static final int FIRST_NUMBER = 4;

    private static final int LAST_FIELD = 22;

    /** Parses the file's bytes; empty if they are not a whole line, as of a process that vanished midway. */
    static Optional<StatLine> parse(byte[] bytes, int length) {
        int open = 0;
        while (open < length && bytes[open] != '(') {
            open++;
        }
        int close = length - 1;
        while (close > open && bytes[close] != ')') {
            close--;
        }
        if (close <= open || close + 3 >= length) {
            return Optional.empty();
        }
        int parentPid = 0;
        long flags = 0;
        long ticks = 0;
        int threads = 0;
        long startTicks = 0;
        int at = close + 4;
        for (int field = FIRST_NUMBER; field <= LAST_FIELD; field++) {
            boolean negative = at < length && bytes[at] == '-';
            at += negative ? 1 : 0;
            int digits = at;
            long value = 0;
            while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
                value = value * 10 + (bytes[at] - '0');
                at++;
            }
            if (at == digits || at >= length) {
                return Optional.empty();
            }
            value = negative ? -value : value;
            at++;
            switch (field) {
                case 4 -> parentPid = (int) value;
                case 9 -> flags = value;
                case 14, 15 -> ticks += value;
                case 20 -> threads = (int) value;
                case LAST_FIELD -> startTicks = value;
                default -> {}
            }
        }
        return Optional.of(new StatLine(
                RawText.decode(bytes, open + 1, close),
                (char) bytes[close + 2],
                parentPid,
                flags,
                ticks,
                threads,
                startTicks));
    }

    boolean isKernelThread() {
        return (flags & KERNEL_THREAD) != 0;
    }

    /** Whether its main thread is dead, and others live on without it. */
    boolean isLeaderless() {
        return state == 'Z' && threads > 1;
    }

    /** Whether it is dead with no thread left running. */
    boolean isDead() {
        return (state == 'Z' || state == 'X') && threads <= 1;
    }
}
