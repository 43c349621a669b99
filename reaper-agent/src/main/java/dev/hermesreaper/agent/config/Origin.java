package dev.hermesreaper.agent.config;

/**
 * Where the value of a setting came from.
 *
 * @param name the file with its line where known, the environment variable or the flag; empty for a default
 */
public record Origin(Kind kind, String name) {

    /** The four places a value can come from, the weakest first. */
    public enum Kind {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        FLAG
    }

    static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

    /** As users read it: {@code default}, {@code file /etc/hermes-reaper/config.toml:12}, {@code flag --settle}. */
    @Override
    public String toString() {
        return switch (kind) {
            case DEFAULT -> "default";
            case FILE -> "file " + name;
            case ENVIRONMENT -> "environment " + name;
            case FLAG -> "flag " + name;
        };
    }
}
