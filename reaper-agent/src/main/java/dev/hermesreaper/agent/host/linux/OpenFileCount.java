package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.OpenFiles;
import java.io.File;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts a process' descriptors and reads their limits. */
final class OpenFileCount {

    private static final Pattern VALUES = Pattern.compile("(\\d+|unlimited)\\s+(\\d+|unlimited)\\s.*");

    private OpenFileCount() {}

    /** Whether the size of {@code /proc/PID/fd} is the number of descriptors; before Linux 6.2 it is 0. */
    static boolean isKnownByKernel(ProcFs proc) {
        return new File(proc.root() + "/self/fd").length() > 0;
    }

    static OpenFiles of(int pid, ProcFs proc, Boot boot) {
        long open = boot.countsOpenFiles() ? new File(proc.path(pid, "fd")).length() : listed(pid, proc);
        if (open < 0 || proc.read(pid, "limits") != Answer.READ) {
            return OpenFiles.UNREADABLE;
        }
        Matcher limits = VALUES.matcher(Fields.text(proc, "Max open files"));
        return limits.matches()
                ? new OpenFiles(true, open, limit(limits.group(1)), limit(limits.group(2)))
                : OpenFiles.UNREADABLE;
    }

    private static long listed(int pid, ProcFs proc) {
        ProcFs.Listing fds = proc.list(pid, "fd");
        return fds.answer() == Answer.READ ? fds.names().length : -1;
    }

    private static long limit(String value) {
        return value.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(value);
    }
}
