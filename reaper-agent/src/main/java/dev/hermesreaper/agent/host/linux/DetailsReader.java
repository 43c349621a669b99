package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.Environment;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.process.Stdin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what only candidates are asked for, all of it from the same process. */
final class DetailsReader {

    private static final String STATE_DATABASE = "/state.db";

    /** SQLite opens no database as standard input, output or error ({@code SQLITE_MINIMUM_FILE_DESCRIPTOR}). */
    private static final int FIRST_OF_DATABASES = 3;

    private final ProcFs proc;
    private final Boot boot;
    private final EntryReader entries;
    private final ActivityReader activity;
    private final String[] variables;

    DetailsReader(ProcFs proc, Boot boot, Set<String> variables) {
        this.proc = proc;
        this.boot = boot;
        this.entries = new EntryReader(proc, boot);
        this.activity = new ActivityReader(proc);
        this.variables = variables.toArray(new String[0]);
    }

    /** A process that has this start at the end has had the pid all the while, so that all of it is of this process. */
    ProcessDetails read(ProcessEntry process) {
        return read(process, true);
    }

    /** As {@link #read}, without open files and what was read. */
    ProcessDetails glance(ProcessEntry process) {
        return read(process, false);
    }

    private ProcessDetails read(ProcessEntry process, boolean closely) {
        int pid = process.pid();
        Stdin stdin = Descriptors.stdin(pid, proc);
        Environment environment = environment(pid);
        Optional<String> stateDirectory = stateDirectory(pid);
        OpenFiles openFiles = closely ? OpenFileCount.of(pid, proc, boot) : OpenFiles.UNREADABLE;
        // Last, so that little time is between what it is doing and what is done about it.
        ActivityReader.Wait wait = activity.waitOf(pid, stdin.kind());
        Status status = Status.of(pid, proc);
        ProcessDetails details = new ProcessDetails(
                activity.read(pid, stdin.kind(), wait, status, closely),
                stdin,
                environment,
                stateDirectory,
                status.memory(),
                openFiles,
                status.inOtherPidNamespace(),
                Optional.empty(),
                List.of());
        return isStill(process) ? details : ProcessDetails.UNREADABLE;
    }

    private boolean isStill(ProcessEntry process) {
        return process.identity().bootId().equals(boot.id())
                && entries.startTicks(process.pid()) == process.identity().startTicks();
    }

    /** A process may overwrite its environment, e.g. for a longer title; one with a hole tells nothing for certain. */
    private Environment environment(int pid) {
        if (proc.readAll(pid, "environ") != Answer.READ || proc.length() == 0) {
            return Environment.UNREADABLE;
        }
        Map<String, String> values = Map.of();
        byte[] bytes = proc.bytes();
        for (int from = 0; from < proc.length(); ) {
            int end = from;
            while (end < proc.length() && bytes[end] != 0) {
                end++;
            }
            if (end == from) {
                return Environment.UNREADABLE;
            }
            for (String variable : variables) {
                // The first of two counts, as in getenv(3).
                if (assigns(variable, bytes, from, end) && !values.containsKey(variable)) {
                    values = with(values, variable, RawText.decode(bytes, from + variable.length() + 1, end));
                }
            }
            from = end + 1;
        }
        return new Environment(true, values);
    }

    /** Of most processes there is one, and then nothing that could grow is needed. */
    private static Map<String, String> with(Map<String, String> values, String variable, String value) {
        if (values.isEmpty()) {
            return Map.of(variable, value);
        }
        Map<String, String> more = new HashMap<>(values);
        more.put(variable, value);
        return more;
    }

    /** Whether {@code NAME=value} at {@code from} is of this variable; by its bytes, most are of no interest. */
    private static boolean assigns(String variable, byte[] bytes, int from, int end) {
        int equals = from + variable.length();
        if (equals >= end || bytes[equals] != '=') {
            return false;
        }
        for (int i = 0; i < variable.length(); i++) {
            if (bytes[from + i] != variable.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> stateDirectory(int pid) {
        for (Descriptors.Descriptor each :
                Descriptors.from(FIRST_OF_DATABASES, pid, proc).open()) {
            String target = each.target();
            if (target.startsWith("/") && target.endsWith(STATE_DATABASE)) {
                return Optional.of(target.substring(0, target.length() - STATE_DATABASE.length()));
            }
        }
        return Optional.empty();
    }
}
