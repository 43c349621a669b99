package dev.hermesreaper.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The configuration in force, with the origin of every value. Immutable; a reload makes a new one. */
public final class EffectiveConfig {

    private final Config config;
    private final Values values;
    private final List<String> warnings;
    private final Optional<Path> file;

    EffectiveConfig(Values values, List<String> warnings, Optional<Path> file) {
        this.config = values.config();
        this.values = values;
        this.warnings = List.copyOf(warnings);
        this.file = file;
    }

    /** Every setting at its default, from nowhere. */
    public static EffectiveConfig defaults() {
        return new EffectiveConfig(new Values(), List.of(), Optional.empty());
    }

    public Config config() {
        return config;
    }

    /** Every setting there is, in the order of the table. Made anew each time, since only people ask for it. */
    public List<Entry> entries() {
        return values.entries();
    }

    /** One sentence each: what was set without effect, and what looks like a misspelt variable. */
    public List<String> warnings() {
        return warnings;
    }

    /** The configuration file that was read, if there was one. */
    public Optional<Path> file() {
        return file;
    }

    /**
     * One setting.
     *
     * @param value as it would be written in the file
     * @param effective whether this version acts on it
     */
    public record Entry(String section, String key, String value, Origin origin, boolean effective) {

        /** Such as {@code judge.min_age}. */
        public String name() {
            return section + "." + key;
        }
    }
}
