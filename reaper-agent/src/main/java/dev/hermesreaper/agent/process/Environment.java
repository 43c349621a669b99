package dev.hermesreaper.agent.process;

import java.util.Map;
import java.util.Optional;

/**
 * The few variables of a process' initial environment that are asked for. Everything else there, provider keys
 * included, is never kept.
 *
 * @param readable false where the kernel would not show it
 * @param values the variables asked for that are set
 */
public record Environment(boolean readable, Map<String, String> values) {

    /** The kernel would not show it. */
    public static final Environment UNREADABLE = new Environment(false, Map.of());

    public Environment {
        values = Map.copyOf(values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
