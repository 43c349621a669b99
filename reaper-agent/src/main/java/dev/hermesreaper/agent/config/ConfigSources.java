package dev.hermesreaper.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
        file.ifPresent(path -> {
            try {
                values.putAll(ConfigFile.read(path, userId));
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        });
        readVariables(values, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        for (Flag flag : flags) {
            Setting<?> setting = Flag.known(flag.setting());
            values.put(setting, setting.parse(flag.value()), new Origin(Origin.Kind.FLAG, flag.name()));
        }
        return values.effective(unknownVariables(values.config().protect().environment()), file);
    }

    private Optional<Path> file() {
        return configFlag
                .or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of))
                .or(() -> locations.configFiles().stream()
                        .filter(ConfigFile::isThere)
                        .findFirst());
    }

    private void readVariables(Values values, List<String> problems) {
        for (Setting<?> setting : Settings.ALL.values()) {
            String text = environment.get(setting.variable());
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

    private List<String> unknownVariables(List<String> protecting) {
        List<String> known =
                Settings.ALL.values().stream().map(Setting::variable).toList();
        var warnings = new ArrayList<String>();
        for (String name : new TreeSet<>(environment.keySet())) {
            boolean isOurs = name.startsWith(Setting.VARIABLES);
            if (isOurs && !known.contains(name) && !OTHER_VARIABLES.contains(name) && !protecting.contains(name)) {
                String hint = Spelling.nearest(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                warnings.add("environment variable " + Found.plain(name) + " is not a setting and is ignored" + hint);
            }
        }
        return warnings;
    }
}
