package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocationsTest {

    @Test
    void followsXdgDefaultsForAUserOfLinux() {
        Locations locations = Locations.of("Linux", false, Map.of("HOME", "/home/ada"), "/home/other");

        assertThat(locations.configFile()).isEqualTo(Path.of("/home/ada/.config/hermes-reaper/config.toml"));
        assertThat(locations.stateDirectory()).isEqualTo(Path.of("/home/ada/.local/state/hermes-reaper"));
    }

    @Test
    void followsXdgVariables() {
        Map<String, String> environment = Map.of(
                "HOME", "/home/ada",
                "XDG_CONFIG_HOME", "/c",
                "XDG_STATE_HOME", "/s");

        assertThat(Locations.of("Linux", false, environment, "/home/ada"))
                .isEqualTo(
                        new Locations(List.of(Path.of("/c/hermes-reaper/config.toml")), Path.of("/s/hermes-reaper")));
    }

    @Test
    void ignoresRelativeAndEmptyVariables() {
        Map<String, String> environment = Map.of("HOME", "", "XDG_CONFIG_HOME", "config", "XDG_STATE_HOME", "");

        assertThat(Locations.of("Linux", false, environment, "/home/ada"))
                .isEqualTo(Locations.of("Linux", false, Map.of(), "/home/ada"));
    }

    @Test
    void findsTheHomeDirectoryWithoutHome() {
        assertThat(Locations.of("Linux", false, Map.of(), "/home/ada").configFile())
                .isEqualTo(Path.of("/home/ada/.config/hermes-reaper/config.toml"));
    }

    @Test
    void saysWhatToDoForAUserWithoutAnyHomeDirectory() {
        assertThatThrownBy(() -> Locations.of("Linux", false, Map.of(), "?"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("HOME")
                .hasMessageContaining("--state-dir");
    }

    @Test
    void usesTheSystemsDirectoriesForRootWhateverItsEnvironment() {
        Map<String, String> environment = Map.of("HOME", "/root", "XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "/s");

        assertThat(Locations.of("Linux", true, environment, "/root"))
                .isEqualTo(new Locations(
                        List.of(Path.of("/etc/hermes-reaper/config.toml")), Path.of("/var/lib/hermes-reaper")));
        assertThat(Locations.of("Linux", true, Map.of(), "?").configFile())
                .isEqualTo(Path.of("/etc/hermes-reaper/config.toml"));
    }

    @Test
    void usesTheLibraryOnMacosAndAlsoLooksWhereLinuxWould() {
        Locations user = Locations.of("Mac OS X", false, Map.of("HOME", "/Users/ada"), "/Users/ada");

        assertThat(user.configFiles())
                .containsExactly(
                        Path.of("/Users/ada/Library/Application Support/hermes-reaper/config.toml"),
                        Path.of("/Users/ada/.config/hermes-reaper/config.toml"));
        assertThat(user.stateDirectory())
                .isEqualTo(Path.of("/Users/ada/Library/Application Support/hermes-reaper/state"));
    }

    @Test
    void usesTheSystemsLibraryForRootOnMacos() {
        assertThat(Locations.of("Mac OS X", true, Map.of(), "/var/root"))
                .isEqualTo(new Locations(
                        List.of(Path.of("/Library/Application Support/hermes-reaper/config.toml")),
                        Path.of("/var/db/hermes-reaper")));
    }

    @Test
    void keepsEverythingWrittenUnderAGivenStateDirectory() {
        Locations locations = Locations.system("Linux").withStateDirectory(Path.of("/tmp/s"));

        assertThat(locations.configFile()).isEqualTo(Path.of("/etc/hermes-reaper/config.toml"));
        assertThat(locations.stateDirectory()).isEqualTo(Path.of("/tmp/s"));
    }
}
