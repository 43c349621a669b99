package dev.hermesreaper.agent.service;

import dev.hermesreaper.agent.config.Locations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the files of one scope are.
 *
 * @param definitions where units and plists are written
 * @param packaged where a package may have put ours already
 * @param logs where launchd, which keeps none itself, puts our log
 * @param manifest the list of what we wrote
 * @param programs the directory of the programs that run now
 */
public record Places(Scope scope, Path definitions, List<Path> packaged, Path logs, Path manifest, Path programs) {

    public Places {
        packaged = List.copyOf(packaged);
    }

    /** systemd's. */
    public static Places systemd(
            Scope scope, Map<String, String> environment, Path home, Locations locations, Path programs) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path own = config.startsWith("/") ? Path.of(config) : home.resolve(".config");
        Path definitions = scope == Scope.USER ? own.resolve("systemd/user") : Path.of("/etc/systemd/system");
        Path packaged = Path.of("/usr/lib/systemd", scope.word());
        return new Places(
                scope, definitions, List.of(packaged), locations.stateDirectory(), manifest(locations), programs);
    }

    /** launchd's. */
    public static Places launchd(Scope scope, Path home, Locations locations, Path programs) {
        Path library = scope == Scope.USER ? home.resolve("Library") : Path.of("/Library");
        Path definitions = library.resolve(scope == Scope.USER ? "LaunchAgents" : "LaunchDaemons");
        // The agents of all users: root's to change.
        List<Path> others = scope == Scope.USER ? List.of() : List.of(library.resolve("LaunchAgents"));
        return new Places(
                scope, definitions, others, library.resolve("Logs/hermes-reaper"), manifest(locations), programs);
    }

    private static Path manifest(Locations locations) {
        return locations.stateDirectory().resolve("service.json");
    }
}
