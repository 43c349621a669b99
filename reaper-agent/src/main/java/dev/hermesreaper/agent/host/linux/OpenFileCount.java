package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.OpenFiles;
import java.io.File;
import java.util.StringTokenizer;

/** Counts a process' descriptors and reads their limits. */
final class OpenFileCount {

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
        StringTokenizer words = new StringTokenizer(Fields.text(proc, "Max open files"));
        if (words.countTokens() < 2) {
            return OpenFiles.UNREADABLE;
        }
        long soft = limit(words.nextToken());
        long hard = limit(words.nextToken());
        return soft >= 0 && hard >= 0 ? new OpenFiles(true, open, soft, hard) : OpenFiles.UNREADABLE;
    }

    private static long listed(int pid, ProcFs proc) {
        ProcFs.Listing fds = proc.list(pid, "fd");
        return fds.answer() == Answer.READ ? fds.numbers().length : -1;
    }

    /** The limit in words, -1 if they are none. */
    private static long limit(String value) {
        if (value.equals("unlimited")) {
            return Long.MAX_VALUE;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return -1;
            }
        }
        return value.length() < 19 ? Long.parseLong(value) : -1;
    }
}
