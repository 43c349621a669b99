package dev.hermesreaper.agent.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of this program are by default. Nothing here says whether they exist.
 *
 * @param configFiles where a configuration file is looked for; the first one found counts, and the first is where a new
 *     one is written
 * @param stateDirectory all that is written at run time
 */
public record Locations(List<Path> configFiles, Path stateDirectory) {

    private static final String NAME = "hermes-reaper";
    private static final String CONFIG = "config.toml";

    public Locations {
        configFiles = List.copyOf(configFiles);
        if (configFiles.isEmpty()) {
            throw new IllegalArgumentException("no place for a configuration file");
        }
    }

    /**
     * The places of root's installation or of one user's.
     *
     * @param osName the system property {@code os.name}
     * @param userHome the system property {@code user.home}, used where {@code HOME} is unset or not absolute
     * @throws ConfigException if a user has no home directory to put files in, or its name cannot be written here
     */
    public static Locations of(String osName, boolean isRoot, Map<String, String> environment, String userHome) {
        return isRoot ? system(osName) : user(osName, environment, userHome);
    }

    /** The places of the system service, whoever asks. */
    public static Locations system(String osName) {
        if (isMac(osName)) {
            return new Locations(
                    List.of(Path.of("/Library/Application Support", NAME, CONFIG)), Path.of("/var/db", NAME));
        }
        return new Locations(List.of(Path.of("/etc", NAME, CONFIG)), Path.of("/var/lib", NAME));
    }

    /**
     * The places of one user, after the XDG base directory specification, or Apple's on macOS.
     *
     * @throws ConfigException if the user has no home directory to put files in
     */
    public static Locations user(String osName, Map<String, String> environment, String userHome) {
        Path home = home(environment.get("HOME"), userHome);
        Path config = absolute("XDG_CONFIG_HOME", environment.get("XDG_CONFIG_HOME"))
                .orElse(home.resolve(".config"))
                .resolve(Path.of(NAME, CONFIG));
        if (isMac(osName)) {
            Path support = home.resolve(Path.of("Library", "Application Support", NAME));
            return new Locations(List.of(support.resolve(CONFIG), config), support.resolve("state"));
        }
        Path state = absolute("XDG_STATE_HOME", environment.get("XDG_STATE_HOME"))
                .orElse(home.resolve(Path.of(".local", "state")))
                .resolve(NAME);
        return new Locations(List.of(config), state);
    }

    private static Path home(@Nullable String variable, String ofUser) {
        for (String home : Arrays.asList(variable, ofUser)) {
            Optional<Path> absolute = absolute("HOME", home);
            if (absolute.isPresent()) {
                return absolute.get();
            }
        }
        throw new ConfigException("environment variable HOME: found no absolute path, expected the home directory;"
                + " set it, or give both --config and --state-dir");
    }

    /** Where a new configuration file is written. */
    public Path configFile() {
        return configFiles.get(0);
    }

    /** The same with another state directory, as {@code --state-dir} asks for. */
    public Locations withStateDirectory(Path directory) {
        return new Locations(configFiles, directory);
    }

    private static boolean isMac(String osName) {
        return osName.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    /** XDG: "All paths must be absolute. If a relative path is encountered, consider it invalid and ignore it." */
    private static Optional<Path> absolute(String variable, @Nullable String path) {
        return path != null && path.startsWith("/") ? Optional.of(path(variable, path)) : Optional.empty();
    }

    /**
     * The path that an environment variable names.
     *
     * @throws ConfigException if this JVM has no bytes for its letters, as in the locale that cron has
     */
    static Path path(String variable, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigException("environment variable " + variable + ": found " + Found.quote(text)
                    + ", expected a path in letters of this locale; set LC_ALL=C.UTF-8 as well");
        }
    }
}
