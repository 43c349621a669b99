package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTextTest {

    @TempDir
    private Path directory;

    private ConfigDirectory files;

    @BeforeEach
    void prepare() {
        files = new ConfigDirectory(directory);
    }

    @Test
    void documentsEveryKey() {
        var components = new TreeSet<String>();
        for (var section : Config.class.getRecordComponents()) {
            Arrays.stream(section.getType().getRecordComponents())
                    .forEach(component -> components.add(word(section.getName() + "." + component.getName())));
        }
        var keys = new TreeSet<>(Settings.ALL.keySet());

        assertThat(components)
                .map(name -> name.replace("notification.", "notify.").replace("max_size_bytes", "max_size"))
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(Settings.ALL.values()).allSatisfy(setting -> {
            assertThat(ConfigText.sample()).contains("[" + setting.section() + "]\n# ");
            assertThat(ConfigText.sample())
                    .contains("\n# Environment: " + setting.variable() + "\n#" + setting.key() + " = ");
            assertThat(setting.doc()).endsWith(".").hasSizeGreaterThan(20);
        });
    }

    @Test
    void configuresNothingAsItIs() {
        EffectiveConfig effective = files.read(ConfigText.sample());

        assertThat(effective.config()).isEqualTo(Config.defaults());
        assertThat(effective.entries()).allMatch(entry -> entry.origin().kind() == Origin.Kind.DEFAULT);
        assertThat(effective.warnings()).isEmpty();
    }

    @Test
    void configuresTheDefaultsWithEveryKeyUncommented() {
        String uncommented = ConfigText.sample().replaceAll("(?m)^#([a-z_]+ = )", "$1");

        EffectiveConfig effective = files.read(uncommented);

        assertThat(effective.config()).isEqualTo(Config.defaults());
        assertThat(effective.entries())
                .hasSize(Settings.ALL.size())
                .allMatch(entry -> entry.origin().kind() == Origin.Kind.FILE);
    }

    @Test
    void keepsToTheWidthOfATerminal() {
        assertThat(ConfigText.sample().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void showsWhatIsInForceAsAFileThatSaysTheSame() {
        var strange = List.of(
                new ConfigSources.Flag("--a", "protect.session_keys", "a\"b, \\c, ü, x#y, z]"),
                new ConfigSources.Flag("--b", "protect.pids", "7,8"),
                new ConfigSources.Flag("--c", "metrics.listen", "[::1]:9469"),
                new ConfigSources.Flag("--d", "metrics.textfile", "/a b/c.prom"),
                new ConfigSources.Flag("--e", "notify.command", "echo \"$1\" >> '/tmp/x'"),
                new ConfigSources.Flag("--f", "ledger.max_size", "1536MiB"),
                new ConfigSources.Flag("--g", "judge.superseded_idle", "90m"),
                new ConfigSources.Flag("--h", "hermes.homes", "/srv/hermes"));
        EffectiveConfig before =
                new ConfigSources(Optional.empty(), files.locations(), Map.of(), strange, files.userId()).read();

        EffectiveConfig after = files.read(ConfigText.of(before));

        assertThat(after.config()).isEqualTo(before.config());
        assertThat(ConfigText.of(before))
                .contains("# flag --g")
                .contains("# default")
                .contains("# flag --h, no effect in this version");
    }

    private static String word(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
