package dev.hermesreaper.agent.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A service that runs a Hermes dashboard.
 *
 * @param name its unit, or its label
 * @param definition the file that defines it
 * @param isActive whether it runs now
 * @param shortcomings what its definition does to a leak, in words; none means that it is protected
 */
public record Dashboard(String name, Path definition, boolean isActive, List<String> shortcomings) {

    private static final Set<String> SUBCOMMANDS = Set.of("dashboard", "serve", "gui", "desktop");

    public Dashboard {
        shortcomings = List.copyOf(shortcomings);
    }

    public boolean isProtected() {
        return shortcomings.isEmpty();
    }

    /** Whether these words start one: Hermes, by any of its names, and behind it the subcommand. Wrappers may precede. */
    static boolean isStartedBy(List<String> words) {
        boolean hermes = false;
        for (String word : words) {
            if (hermes && SUBCOMMANDS.contains(word)) {
                return true;
            }
            String name = word.substring(word.lastIndexOf('/') + 1);
            hermes |= name.equals("hermes") || word.equals("hermes_cli.main") || word.endsWith("hermes_cli/main.py");
        }
        return false;
    }
}
