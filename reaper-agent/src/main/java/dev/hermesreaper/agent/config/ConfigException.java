package dev.hermesreaper.agent.config;

import java.util.List;

/**
 * The configuration cannot be used. Every problem that was found is named on a line of its own: where it is, what was
 * found, what was expected, and how to fix it.
 */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** A single problem, on one line. */
    public ConfigException(String problem) {
        this(List.of(problem));
    }

    /** One line each, in the order in which they were found; never empty. */
    public List<String> problems() {
        return problems;
    }
}
