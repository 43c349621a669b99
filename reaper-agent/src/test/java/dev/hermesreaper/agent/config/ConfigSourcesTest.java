package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.config.ConfigSources.Flag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSourcesTest {

    private static final Flag SETTLE = new Flag("--settle", "judge.settle", "4s");

    @TempDir
    private Path directory;

    private ConfigDirectory files;

    @BeforeEach
    void prepare() {
        files = new ConfigDirectory(directory);
    }

    @Test
    void prefersTheFlagToTheVariableToTheFileToTheDefault() {
        files.write("[judge]\nsettle = \"2s\"\nmin_age = \"2s\"\nbusy_patience = \"2s\"\n");
        var environment = Map.of("HERMES_REAPER_JUDGE_SETTLE", "3s", "HERMES_REAPER_JUDGE_MIN_AGE", "3s");

        EffectiveConfig effective = read(environment, SETTLE);

        assertThat(effective.config().judge().settle()).isEqualTo(Duration.ofSeconds(4));
        assertThat(effective.config().judge().minAge()).isEqualTo(Duration.ofSeconds(3));
        assertThat(effective.config().judge().busyPatience()).isEqualTo(Duration.ofSeconds(2));
        assertThat(effective.config().judge().supersededIdle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(origin(effective, "judge.settle")).isEqualTo("flag --settle");
        assertThat(origin(effective, "judge.min_age")).isEqualTo("environment HERMES_REAPER_JUDGE_MIN_AGE");
        assertThat(origin(effective, "judge.busy_patience")).isEqualTo("file " + files.file() + ":4");
        assertThat(origin(effective, "judge.superseded_idle")).isEqualTo("default");
        assertThat(effective.file()).contains(files.file());
    }

    @Test
    void takesTheDefaultsWhereThereIsNoFile() {
        EffectiveConfig effective = read(Map.of());

        assertThat(effective.config()).isEqualTo(Config.defaults());
        assertThat(effective.entries()).isEqualTo(EffectiveConfig.defaults().entries());
        assertThat(effective.file()).isEmpty();
    }

    @Test
    void readsTheFirstOfTheUsualPlacesThatHasAFile() throws Exception {
        Path second = files.write("[judge]\nsettle = \"2s\"\n");
        Path first = directory.resolve("first.toml");
        var locations = new Locations(List.of(first, second), directory);
        var sources = new ConfigSources(Optional.empty(), locations, Map.of(), List.of(), files.userId());

        assertThat(sources.read().file()).contains(second);
        Files.copy(second, first);
        assertThat(sources.read().file()).contains(first);
    }

    @Test
    void readsTheFileThatAFlagOrElseAVariableNames() {
        Path named = files.write("[judge]\nsettle = \"2s\"\n");
        var elsewhere = new Locations(List.of(directory.resolve("none")), directory);
        var environment = Map.of("HERMES_REAPER_CONFIG", named.toString());
        var sources = new ConfigSources(Optional.empty(), elsewhere, environment, List.of(), files.userId());

        assertThat(sources.read().file()).contains(named);
        assertThatThrownBy(() -> new ConfigSources(
                                Optional.of(directory.resolve("missing")),
                                elsewhere,
                                environment,
                                List.of(),
                                files.userId())
                        .read())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("missing: cannot be read: no such file");
    }

    @Test
    void refusesAFileNamedByAVariableThatIsMissing() {
        assertThatThrownBy(() -> read(Map.of("HERMES_REAPER_CONFIG", "/nowhere/config.toml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/nowhere/config.toml: cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JUDGE_MIN_AGE|60|a duration|\"60s\"",
                "JUDGE_MIN_AGE|''|a duration|empty",
                "JUDGE_ORPHANED|kill|one of|\"reap\"",
                "REAP_DESCENDANTS|1|true or false|\"1\"",
                "REAP_MAX_REAPS_PER_SWEEP|1e3|an integer|\"1e3\"",
                "REAP_MAX_REAPS_PER_SWEEP|010|an integer|\"010\"",
                "REAP_MAX_REAPS_PER_SWEEP|99999999999|an integer|\"99999999999\"",
                "PROTECT_PIDS|1,x|an integer|\"x\"",
                "PROTECT_SESSION_KEYS|a,,b|a session key|\"\"",
                "METRICS_LISTEN|9469|a loopback address|\"9469\"",
            })
    void namesTheVariableWithABadValue(String variable, String value, String expected, String found) {
        assertThatThrownBy(() -> read(Map.of("HERMES_REAPER_" + variable, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("environment variable HERMES_REAPER_" + variable + ": found ")
                .hasMessageContaining(expected)
                .hasMessageContaining(found);
    }

    @Test
    void readsEveryKindFromAVariable() {
        Config config = read(Map.of(
                        "HERMES_REAPER_REAP_DESCENDANTS", "false",
                        "HERMES_REAPER_REAP_MAX_REAPS_PER_SWEEP", "7",
                        "HERMES_REAPER_REAP_USERS", "ada, 1000",
                        "HERMES_REAPER_REAP_MODE", "observe",
                        "HERMES_REAPER_PROTECT_PIDS", "",
                        "HERMES_REAPER_LEDGER_MAX_SIZE", "1MiB",
                        "HERMES_REAPER_METRICS_LISTEN", "localhost:9469",
                        "HERMES_REAPER_NOTIFY_COMMAND", "cat >> /tmp/log"))
                .config();

        assertThat(config.reap().descendants()).isFalse();
        assertThat(config.reap().maxReapsPerSweep()).isEqualTo(7);
        assertThat(config.reap().users()).containsExactly("ada", "1000");
        assertThat(config.reap().mode()).isEqualTo(ReapPolicy.Mode.OBSERVE);
        assertThat(config.protect().pids()).isEmpty();
        assertThat(config.ledger().maxSizeBytes()).isEqualTo(1 << 20);
        assertThat(config.metrics().listen().orElseThrow().getPort()).isEqualTo(9469);
        assertThat(config.notification().command()).containsExactly("/bin/sh", "-c", "cat >> /tmp/log");
    }

    @Test
    void reportsTheProblemsOfFileAndEnvironmentTogether() {
        files.write("[judge]\nsettle = 1\n");

        assertThatThrownBy(() -> read(Map.of("HERMES_REAPER_JUDGE_SETTLE", "2")))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void refusesABadFlagAtOnce() {
        assertThatThrownBy(() -> new Flag("--max-reaps", "reap.max_reaps_per_sweep", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--max-reaps: found \"0\", expected an integer from 1 to 100000");
        assertThatThrownBy(() -> new Flag("--x", "reap.x", "0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsProtectingVariablesToTheDefault() {
        files.write("[protect]\nenvironment = [\"PIN_ME\", \"HERMES_REAPER_KEEP\"]\n");

        assertThat(read(Map.of()).config().protect().environment()).containsExactly("HERMES_REAPER_KEEP", "PIN_ME");
        assertThat(read(Map.of("HERMES_REAPER_PROTECT_ENVIRONMENT", "OTHER"))
                        .config()
                        .protect()
                        .environment())
                .containsExactly("HERMES_REAPER_KEEP", "OTHER");
    }

    @Test
    void warnsOfVariablesThatAreNoSettings() {
        EffectiveConfig effective = read(Map.of(
                "HERMES_REAPER_JUDGE_MINAGE", "1m",
                "HERMES_REAPER_KEEP", "1",
                "HERMES_REAPER_JAVA", "/usr/bin/java",
                "HERMES_REAPER_JAVA_OPTS", "-Xmx32m",
                "HERMES_REAPER_CONFIG", "",
                "PATH", "/bin"));

        assertThat(effective.warnings())
                .containsExactly("environment variable HERMES_REAPER_JUDGE_MINAGE is not a setting and is ignored; "
                        + "did you mean HERMES_REAPER_JUDGE_MIN_AGE?");
    }

    @Test
    void doesNotWarnOfAVariableThatProtects() {
        files.write("[protect]\nenvironment = [\"HERMES_REAPER_PIN\"]\n");

        assertThat(read(Map.of("HERMES_REAPER_PIN", "1")).warnings()).isEmpty();
    }

    @Test
    void warnsOfKeysThatHaveNoEffectInThisVersion() {
        files.write("[hermes]\nhomes = [\"/srv/hermes\"]\n");

        assertThat(read(Map.of()).warnings())
                .containsExactly("[hermes] homes has no effect in this version (file " + files.file() + ":2)");
    }

    @Test
    void hasNoEffectYetForExactlyThese() {
        assertThat(EffectiveConfig.defaults().entries())
                .filteredOn(entry -> !entry.effective())
                .map(EffectiveConfig.Entry::name)
                .containsExactlyInAnyOrder("hermes.homes");
    }

    private EffectiveConfig read(Map<String, String> environment, Flag... flags) {
        return new ConfigSources(Optional.empty(), files.locations(), environment, List.of(flags), files.userId())
                .read();
    }

    private static String origin(EffectiveConfig effective, String name) {
        return effective.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .origin()
                .toString();
    }
}
