package dev.hermesreaper.agent.process;

import java.util.List;
import java.util.Optional;

/**
 * What is read of a candidate only: too dear to read of every process.
 *
 * @param activity what its threads have done
 * @param stdin where its commands come from
 * @param environment the variables that matter
 * @param stateDirectory the directory of the {@code state.db} it has open
 * @param memory resident and swapped
 * @param openFiles descriptors against the limit
 * @param inOtherPidNamespace whether it runs in another pid namespace than this program, as in a container
 * @param job that a service manager started it as the main process of a job, in words, where the platform's own tells so;
 *     systemd's is in the environment
 * @param disagreements where a second reader saw it differently, in words; the first one counts
 */
public record ProcessDetails(
        Activity activity,
        Stdin stdin,
        Environment environment,
        Optional<String> stateDirectory,
        MemoryUse memory,
        OpenFiles openFiles,
        boolean inOtherPidNamespace,
        Optional<String> job,
        List<String> disagreements) {

    /** Nothing could be read, as of a process that is gone. */
    public static final ProcessDetails UNREADABLE = new ProcessDetails(
            Activity.UNREADABLE,
            Stdin.UNREADABLE,
            Environment.UNREADABLE,
            Optional.empty(),
            MemoryUse.UNREADABLE,
            OpenFiles.UNREADABLE,
            false,
            Optional.empty(),
            List.of());

    public ProcessDetails {
        disagreements = List.copyOf(disagreements);
    }

    /** The same with what a second reader saw differently. */
    public ProcessDetails with(List<String> differences) {
        return new ProcessDetails(
                activity, stdin, environment, stateDirectory, memory, openFiles, inOtherPidNamespace, job, differences);
    }
}
