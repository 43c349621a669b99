package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlainSweepTest {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final Terminal NOBODY = new Terminal(NOWHERE, NOWHERE, false, false, Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sweep",
                "sweep --quiet",
                "sweep --dry-run",
                "sweep --dry-run --quiet",
                "sweep --quiet --config /etc/hermes-reaper/config.toml",
                "sweep --state-dir /var/lib/hermes-reaper --quiet",
                "sweep --config /a --state-dir /b --quiet --dry-run",
                "sweep --state-dir / --config /sweep",
                "sweep --config /a=b,c --quiet",
                "sweep --state-dir /a/../b//c/"
            })
    void readsWhatPicocliReads(String line) {
        String[] words = line.split(" ");
        CommandLine picocli = Commands.of(NOBODY, words);
        picocli.setCaseInsensitiveEnumValuesAllowed(true);
        Object expected = picocli.parseArgs(words).subcommand().commandSpec().userObject();

        assertThat(PlainSweep.read(NOBODY, words))
                .get()
                .usingRecursiveComparison()
                .ignoringFields("spec", "parent.spec", "parent.terminal")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "report",
                "--quiet sweep",
                "--state-dir /a sweep",
                "sweep sweep",
                "sweep --help",
                "sweep -h",
                "sweep --version",
                "sweep -v",
                "sweep --now",
                "sweep --quiet --quiet",
                "sweep --dry-run --dry-run",
                "sweep --quiet=true",
                "sweep --quiet false",
                "sweep --qui",
                "sweep --QUIET",
                "sweep --",
                "sweep -- --quiet",
                "sweep @/etc/words",
                "sweep --config",
                "sweep --config --quiet",
                "sweep --config=/a",
                "sweep --config a",
                "sweep --config ./a",
                "sweep --config @/a",
                "sweep --config /a --config /a",
                "sweep --config \"/a\"",
                "sweep --state-dir /a --state-dir /b",
                "sweep --state-dir",
                "sweep --quiet ",
                "sweep --format json",
                "sweep --settle 5s",
                "sweep --session 20260505_104123_c8063a",
                "sweep --source proc --quiet"
            })
    void leavesEveryOtherWordToPicocli(String line) {
        assertThat(PlainSweep.read(NOBODY, line.split(" ", -1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--config", "--state-dir"})
    void leavesAPathThatCannotBeOneToPicocli(String option) {
        assertThat(PlainSweep.read(NOBODY, "sweep", option, "/a\0b")).isEmpty();
        assertThat(PlainSweep.read(NOBODY, "sweep", option, "")).isEmpty();
    }
}
