package dev.hermesreaper.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration in force, with the origin of every value.
 *
 * @param entries every setting there is, in the order of the table
 * @param warnings one sentence each: what was set without effect, and what looks like a misspelt variable
 * @param file the configuration file that was read, if there was one
 */
public record EffectiveConfig(Config config, List<Entry> entries, List<String> warnings, Optional<Path> file) {

    public EffectiveConfig {
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }

    /** Every setting at its default, from nowhere. */
    public static EffectiveConfig defaults() {
        return new Values().effective(List.of(), Optional.empty());
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
