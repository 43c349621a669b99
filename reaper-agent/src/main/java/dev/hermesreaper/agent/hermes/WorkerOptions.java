package dev.hermesreaper.agent.hermes;

import java.util.OptionalInt;

/**
 * What a slash worker was told on its command line. The key is opaque: it may be days older than the worker and hold any
 * byte.
 *
 * @param sessionKey value of {@code --session-key}; empty where it is missing or empty
 * @param model value of {@code --model}; empty where it is missing
 * @param parentPid value of {@code --parent-pid}: the gateway's own pid, stamped at the start (0.21 and later)
 */
public record WorkerOptions(String sessionKey, String model, OptionalInt parentPid) {

    /** Of a process whose words are gone, e.g. a zombie. */
    static final WorkerOptions NONE = new WorkerOptions("", "", OptionalInt.empty());

    static WorkerOptions of(PythonCommand command) {
        return new WorkerOptions(
                command.option("--session-key").orElse(""),
                command.option("--model").orElse(""),
                pid(command.option("--parent-pid").orElse("")));
    }

    private static OptionalInt pid(String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty(); // as of all before 0.21
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }
}
