package dev.hermesreaper.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everywhere configuration comes from. A flag wins over a variable, a variable over the file, the file over the
 * default, key by key.
 *
 * @param configFlag the file named by {@code --config}, which must be there; without it {@code HERMES_REAPER_CONFIG}
 *     names one, and without that the first of the usual places that has one is read
 * @param userId the number of the user we run as, who may own the file besides root
 */
public record ConfigSources(
        Optional<Path> configFlag,
        Locations locations,
        Map<String, String> environment,
        List<Flag> flags,
        long userId) {

    private static final String FILE_VARIABLE = Setting.VARIABLES + "CONFIG";

    /** Ours, but no settings: read by the launcher, by {@link #read}, or off the workers. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            FILE_VARIABLE, Setting.VARIABLES + "KEEP", Setting.VARIABLES + "JAVA", Setting.VARIABLES + "JAVA_OPTS");

    public ConfigSources {
        environment = Map.copyOf(environment);
        flags = List.copyOf(flags);
    }

    /**
     * A setting given on the command line.
     *
     * @param name as the user wrote it, {@code --settle}
     * @param setting the setting it stands for, {@code judge.settle}
     */
    public record Flag(String name, String setting, String value) {

        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if the setting does not take it; the message names the flag, what was found
         *     and what was expected
         */
        public Flag {
            try {
                known(setting).parse(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        }

        private static Setting<?> known(String setting) {
            Setting<?> known = Settings.ALL.get(setting);
            if (known == null) {
                throw new IllegalArgumentException("no setting " + setting);
            }
            return known;
        }
    }

    /**
     * Reads them all; to be called again for a reload.
     *
     * @throws ConfigException if a file or a variable cannot be used, with all problems of all of them
     */
    public EffectiveConfig read() {
        var problems = new ArrayList<String>();
        var values = new Values();
        Optional<Path> file = file();
        if (file.isPresent()) {
            try {
                values.putAll(ConfigFile.read(file.get(), userId));
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        SortedMap<String, String> ours = ours();
        readVariables(ours, values, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        for (Flag flag : flags) {
            Setting<?> setting = Flag.known(flag.setting());
            values.put(setting, setting.parse(flag.value()), new Origin(Origin.Kind.FLAG, flag.name()));
        }
        List<String> warnings = values.withoutEffect();
        warnings.addAll(unknown(ours, values.config().protect().environment()));
        return new EffectiveConfig(values, warnings, file);
    }

    /** Every place whose file is read, or would be if it were there. */
    public List<Path> places() {
        Optional<Path> named = named();
        return named.isPresent() ? List.of(named.get()) : locations.configFiles();
    }

    /** The file that is named, which must be there; without one the first of the usual places that has one. */
    private Optional<Path> file() {
        Optional<Path> named = named();
        if (named.isPresent()) {
            return named;
        }
        for (Path usual : locations.configFiles()) {
            if (ConfigFile.isThere(usual)) {
                return Optional.of(usual);
            }
        }
        return Optional.empty();
    }

    private Optional<Path> named() {
        String named = environment.getOrDefault(FILE_VARIABLE, "");
        return configFlag.isPresent() || named.isEmpty()
                ? configFlag
                : Optional.of(Locations.path(FILE_VARIABLE, named));
    }

    /** The variables that are meant for us, by name: those of settings and others. */
    private SortedMap<String, String> ours() {
        var ours = new TreeMap<String, String>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith(Setting.VARIABLES)) {
                ours.put(variable.getKey(), variable.getValue());
            }
        }
        return ours;
    }

    /** Takes the variables of settings out of ours. */
    private static void readVariables(Map<String, String> ours, Values values, List<String> problems) {
        for (Setting<?> setting : ours.isEmpty() ? List.<Setting<?>>of() : Settings.ALL.values()) {
            String text = ours.remove(setting.variable());
            if (text != null) {
                try {
                    var origin = new Origin(Origin.Kind.ENVIRONMENT, setting.variable());
                    values.put(setting, setting.parse(text), origin);
                } catch (IllegalArgumentException e) {
                    problems.add("environment variable " + setting.variable() + ": " + e.getMessage());
                }
            }
        }
    }

    /** A warning for each that is left of ours and is none we know. */
    private static List<String> unknown(Map<String, String> ours, List<String> protecting) {
        var warnings = new ArrayList<String>();
        for (String name : ours.keySet()) {
            if (!OTHER_VARIABLES.contains(name) && !protecting.contains(name)) {
                String hint = Spelling.nearest(
                                name,
                                Settings.ALL.values().stream()
                                        .map(Setting::variable)
                                        .toList())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                warnings.add("environment variable " + Found.plain(name) + " is not a setting and is ignored" + hint);
            }
        }
        return warnings;
    }
}
