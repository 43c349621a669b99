package dev.hermesreaper.agent.config;

import java.util.Map;

/** The configuration as TOML text for people: the commented sample of every key, and what is in force. */
public final class ConfigText {

    private static final int WIDTH = 100;

    private static final String HEAD =
            """
            # hermes-reaper: configuration
            #
            # Every key is optional. A key that starts with # shows its default; delete the # and change the value.
            # Durations: "500ms", "10s", "1h30m", "2d". Sizes: "64KiB", "64MiB", "2GiB".
            # A flag on the command line wins over the environment variable named with each key, that over this file.
            # In a variable, elements of an array are separated by commas: HERMES_REAPER_PROTECT_SESSION_KEYS=one,two
            # Check a change with: hermes-reaper config check
            """;

    private static final Map<String, String> SECTIONS = Map.of(
            "scan", "How, and how often, the machine is read.",
            "judge", "What counts as leaked, and for how long it must have been so. Age alone never does.",
            "reap", "How a leaked worker is ended.",
            "hermes", "Where Hermes keeps its records.",
            "protect", "What is never ended.",
            "ledger", "The record of what was ended, when and why.",
            "metrics", "Figures for Prometheus.",
            "notify", "Telling somebody.",
            "log", "What is said on standard error, or in the journal.");

    private ConfigText() {}

    /** A file with every key, each commented out at its default; it configures nothing until one is uncommented. */
    public static String sample() {
        var text = new StringBuilder(HEAD);
        String section = "";
        for (Setting<?> setting : Settings.ALL.values()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                text.append("\n[").append(section).append("]\n");
                comment(text, SECTIONS.getOrDefault(section, ""));
            }
            text.append('\n');
            comment(text, setting.doc());
            comment(text, "Takes " + setting.kind().expected() + ".");
            if (!setting.effective()) {
                comment(text, "Accepted, but without effect in this version.");
            }
            comment(text, "Environment: " + setting.variable());
            text.append('#').append(setting.key()).append(" = ");
            text.append(setting.write(setting.defaultValue())).append('\n');
        }
        return text.toString();
    }

    /** What is in force as a TOML file, the origin of each value as a comment behind it. */
    public static String of(EffectiveConfig effective) {
        var text = new StringBuilder();
        String section = "";
        for (EffectiveConfig.Entry entry : effective.entries()) {
            if (!entry.section().equals(section)) {
                text.append(section.isEmpty() ? "" : "\n");
                section = entry.section();
                text.append('[').append(section).append("]\n");
            }
            String note = entry.effective() ? "" : ", no effect in this version";
            text.append(String.format("%-42s # %s%s%n", entry.key() + " = " + entry.value(), entry.origin(), note));
        }
        return text.toString();
    }

    private static void comment(StringBuilder text, String prose) {
        int column = 0;
        for (String word : prose.split(" ")) {
            if (column == 0 || column + 1 + word.length() > WIDTH) {
                text.append(column == 0 ? "#" : "\n#");
                column = 1;
            }
            text.append(' ').append(word);
            column += 1 + word.length();
        }
        text.append('\n');
    }
}
