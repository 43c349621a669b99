package dev.hermesreaper.agent.config;

import java.util.Locale;

/**
 * One key an operator can set.
 *
 * @param doc what it means to an operator, in one sentence or two, without its range and default
 * @param effective whether this version acts on it; if not it is accepted, checked, and said to be without effect
 */
record Setting<T>(String section, String key, Kind<T> kind, T defaultValue, String doc, boolean effective) {

    /** What the environment variable of every setting starts with. */
    static final String VARIABLES = "HERMES_REAPER_";

    /** Unique among all settings: {@code judge.min_age}. */
    String name() {
        return section + "." + key;
    }

    /** As a message names it: {@code [judge] min_age}. */
    String label() {
        return "[" + section + "] " + key;
    }

    /** {@code HERMES_REAPER_JUDGE_MIN_AGE}. */
    String variable() {
        return VARIABLES + (section + "_" + key).toUpperCase(Locale.ROOT);
    }

    /**
     * Reads a value from TOML.
     *
     * @throws IllegalArgumentException if it is not one; the message names the key, what was found, what was expected
     */
    T read(Object toml) {
        try {
            return kind.read(toml);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(label() + ": " + mismatch(Found.describe(toml), e), e);
        }
    }

    /**
     * Reads a value from a flag or a variable.
     *
     * @throws IllegalArgumentException if it is not one; the message says what was found and what was expected
     */
    T parse(String text) {
        try {
            return kind.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(mismatch(Found.quote(text), e), e);
        }
    }

    /** The value as the file would have it. */
    String write(Object value) {
        return kind.write(cast(value));
    }

    /** The value under its type; it came from this setting's own kind. */
    @SuppressWarnings("unchecked") // values are put under a setting only by what that setting read
    T cast(Object value) {
        return (T) value;
    }

    private String mismatch(String found, IllegalArgumentException e) {
        String hint = e.getMessage() == null || e.getMessage().isEmpty() ? "" : " (" + e.getMessage() + ")";
        return "found " + found + ", expected " + kind.expected() + hint;
    }
}
