package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ConfigFileTest {

    @TempDir
    private Path directory;

    private ConfigDirectory files;

    @BeforeEach
    void prepare() {
        files = new ConfigDirectory(directory);
    }

    /** Text, line of the problem, and what the message says besides file and line. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                // a duration
                row("[judge]\nmin_age = 60", 2, "[judge] min_age", "integer 60", "a duration from", "\"60s\""),
                row("[judge]\nmin_age = \"60\"", 2, "[judge] min_age", "string \"60\"", "a duration", "\"60s\""),
                row("[judge]\nmin_age = \"\"", 2, "[judge] min_age", "string \"\"", "a duration", "empty"),
                row("[judge]\nmin_age = -5", 2, "[judge] min_age", "integer -5", "a duration"),
                row("[judge]\nmin_age = 1.5", 2, "[judge] min_age", "number 1.5", "a duration"),
                row("[judge]\nmin_age = true", 2, "[judge] min_age", "boolean true", "a duration"),
                row("[judge]\nmin_age = [\"1s\"]", 2, "[judge] min_age", "an array of 1", "a duration"),
                row("[judge]\nmin_age = { s = 1 }", 2, "[judge] min_age", "inline table", "a plain value"),
                row("[judge]\nmin_age = 2026-01-01T00:00:00Z", 2, "[judge] min_age", "a date", "a duration"),
                row("[judge]\nmin_age = \"3651d\"", 2, "[judge] min_age", "\"3651d\"", "to \"3650d\"", "longer"),
                row("[judge]\nmin_age = \"-1s\"", 2, "[judge] min_age", "\"-1s\"", "a duration", "sign"),
                row("[judge]\nmin_age = \"1 h\"", 2, "[judge] min_age", "\"1 h\"", "a duration", "space"),
                row("[judge]\nmin_age = \"1\\u001b[2J\"", 2, "[judge] min_age", "1\\u001b[2J", "control character"),
                row("[scan]\ninterval = \"10ms\"", 2, "[scan] interval", "\"10ms\"", "from \"100ms\" to \"1d\""),
                row("[reap]\nterm_grace = \"2h\"", 2, "[reap] term_grace", "\"2h\"", "to \"1h\""),
                // a word
                row("[scan]\nsource = \"procfs\"", 2, "[scan] source", "\"procfs\"", "\"auto\", \"proc\", \"oshi\""),
                row("[judge]\norphaned = \"Reap\"", 2, "[judge] orphaned", "\"Reap\"", "did you mean \"reap\"?"),
                row("[judge]\norphaned = true", 2, "[judge] orphaned", "boolean true", "\"reap\", \"report\""),
                row("[reap]\nmode = \"\"", 2, "[reap] mode", "string \"\"", "\"reap\", \"observe\""),
                row("[reap]\nwithout_pidfd = \"no\"", 2, "[reap] without_pidfd", "\"no\"", "\"recheck\", \"refuse\""),
                row("[log]\nlevel = 3", 2, "[log] level", "integer 3", "\"error\""),
                // true or false
                row("[reap]\ndescendants = \"yes\"", 2, "[reap] descendants", "\"yes\"", "true or false", "quotes"),
                row("[reap]\ndescendants = 0", 2, "[reap] descendants", "integer 0", "true or false"),
                // a number
                row("[reap]\nmax_reaps_per_sweep = \"12\"", 2, "max_reaps_per_sweep", "\"12\"", "an integer", "quotes"),
                row("[reap]\nmax_reaps_per_sweep = 5.7", 2, "max_reaps_per_sweep", "number 5.7", "an integer"),
                row("[reap]\nmax_reaps_per_sweep = 0", 2, "max_reaps_per_sweep", "integer 0", "from 1 to 100000"),
                row("[reap]\nmax_reaps_per_sweep = 99999999999", 2, "max_reaps_per_sweep", "99999999999", "an integer"),
                row("[reap]\nmax_reaps_per_sweep = 9999999999999999999", 2, "max_reaps_per_sweep", "an integer"),
                row("[ledger]\nkeep = -1", 2, "[ledger] keep", "integer -1", "from 0 to 100"),
                // a size
                row("[ledger]\nmax_size = \"64MB\"", 2, "[ledger] max_size", "\"64MB\"", "a size", "\"64MiB\""),
                row("[ledger]\nmax_size = 4096", 2, "[ledger] max_size", "integer 4096", "a size", "\"4096B\""),
                row("[ledger]\nmax_size = \"1B\"", 2, "[ledger] max_size", "\"1B\"", "from \"4KiB\""),
                // an array
                row("[reap]\nusers = \"*\"", 2, "[reap] users", "string \"*\"", "an array", "brackets"),
                row("[reap]\nusers = [\"a b\"]", 2, "[reap] users", "\"a b\"", "a user name or number"),
                row("[reap]\nusers = [1000]", 2, "[reap] users", "integer 1000", "a user name or number"),
                row("[protect]\npids = [0]", 2, "[protect] pids", "integer 0", "from 1 to"),
                row("[protect]\npids = [\"7\"]", 2, "[protect] pids", "string \"7\"", "an integer"),
                row("[protect]\nsession_keys = [\"\"]", 2, "[protect] session_keys", "string \"\"", "a session key"),
                row(
                        "[protect]\nenvironment = [\"A=1\"]",
                        2,
                        "[protect] environment",
                        "\"A=1\"",
                        "environment variable"),
                row("[hermes]\nhomes = [\"~/.hermes\"]", 2, "[hermes] homes", "\"~/.hermes\"", "an absolute path"),
                // the rest
                row("[metrics]\ntextfile = \"m.prom\"", 2, "[metrics] textfile", "\"m.prom\"", "an absolute path"),
                row("[metrics]\nlisten = \"0.0.0.0:9469\"", 2, "[metrics] listen", "\"0.0.0.0:9469\"", "loopback"),
                row("[metrics]\nlisten = \"::1:9469\"", 2, "[metrics] listen", "\"::1:9469\"", "brackets"),
                row("[metrics]\nlisten = \"127.0.0.1\"", 2, "[metrics] listen", "\"127.0.0.1\"", "and a port"),
                row("[metrics]\nlisten = \"127.0.0.1:99999\"", 2, "[metrics] listen", "99999", "and a port"),
                row("[notify]\ncommand = [\"notify\"]", 2, "[notify] command", "an array of 1", "absolute path"),
                row("[notify]\ncommand = [1]", 2, "[notify] command", "an array of 1", "array of strings"),
                // names
                row("\n[judge]\nminage = \"1m\"", 3, "unknown key minage in [judge]", "did you mean min_age?"),
                row("[judge]\nterm_grace = \"1m\"", 2, "unknown key term_grace", "belongs in [reap]"),
                row("min_age = \"1m\"", 1, "unknown key min_age", "sections scan", "belongs in [judge]"),
                row("[juge]\nmin_age = \"1m\"", 1, "unknown section juge", "did you mean [judge]?"),
                row("[judge.min_age]\nx = 1", 1, "[judge] min_age", "a table", "a duration"),
                row("[judge.x]\ny = 1", 1, "unknown key x in [judge]", "expected one of"),
                row("[[judge]]\nmin_age = \"1m\"", 1, "judge: found an array", "in single brackets"),
                row("judge = { min_age = \"1m\" }", 1, "judge: found an inline table", "[name]"),
                row("judge = 1", 1, "judge: found integer 1", "expected the section [judge]"),
                row("[judge]\n\"min_age\" = \"1m\"", 2, "unknown key \"min_age\"", "did you mean min_age?"),
                row("[\"judge\"]\nmin_age = \"1m\"", 1, "unknown section \"judge\"", "did you mean [judge]?"),
                // no TOML
                row("[judge]\nmin_age = 1m", 2, "expected TOML", "min_age"),
                row("[judge]\norphaned = reap", 2, "expected TOML", "orphaned = reap"),
                row("[judge]\nmin_age = \"1m", 2, "expected TOML", "Unterminated"),
                row("[judge]\nmin_age \"1m\"", 2, "expected TOML", "equals sign"),
                row("[judge]\nmin_age = \"1m\" settle = \"1s\"", 2, "expected TOML", "min_age"),
                row("[judge]\nmin_age = \"1m\"\nmin_age = \"2m\"", 3, "expected TOML", "Duplicate key"),
                row("[judge]\n[reap]\n[judge]\n", 3, "expected TOML", "Duplicate table"),
                row("[judge\nmin_age = \"1m\"", 1, "expected TOML", "[judge"),
                row("judge.min_age = \"1m\"", 1, "expected TOML", "judge.min_age"),
                row("[protect]\nsession_keys = [\"a\", 1]", 2, "expected TOML", "session_keys"));
    }

    private static Arguments row(String toml, int line, String... says) {
        return arguments(toml, line, List.of(says));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesFileLineKeyFoundAndExpected(String toml, int line, List<String> says) {
        ConfigException refusal = refusal(files.write(toml));

        assertThat(refusal.problems()).hasSize(1);
        assertThat(refusal.getMessage())
                .startsWith(files.file() + ":" + line + ": ")
                .contains(says)
                .doesNotContain("\n")
                .doesNotContain("\u001b");
    }

    @Test
    void reportsAllProblemsOfAFileInTheOrderOfItsLines() {
        Path file = files.write(
                """
                [reap]
                descendants = 1
                [judge]
                min_age = 60
                setle = "1s"
                settle =
                # a long way
                #
                #
                #
                superseded = "kill"
                [unheard]
                """);

        assertThat(refusal(file).problems())
                .map(problem -> problem.substring((file + ":").length()))
                .map(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("2", "4", "5", "6", "11", "12");
    }

    @Test
    void readsEveryFormTomlHasForTheSame() {
        Config config = files.read(
                        """
                        # comment
                        [judge]
                        min_age = "1m"
                        settle = '5s'

                        [ reap ]   # another
                        term_grace="1s"# close
                        max_reaps_per_sweep = +1_0
                        users = [
                          "ada", # [ not a bracket
                          'bob#]',
                        ]
                        [protect]
                        session_keys = [ "a = ", "x\\"y =" ]
                        """)
                .config();

        assertThat(config.judge().minAge()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.judge().settle()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.reap().termGrace()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.reap().maxReapsPerSweep()).isEqualTo(10);
        assertThat(config.reap().users()).containsExactly("ada", "bob#]");
        assertThat(config.protect().sessionKeys()).containsExactly("a = ", "x\"y =");
    }

    @Test
    void readsAFileThatComesFromWindows() {
        Config config = files.read("\ufeff[judge]\r\nmin_age = \"1m\"\r\n\r\nsettle = \"5s\"\r\n")
                .config();

        assertThat(config.judge().minAge()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.judge().settle()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing", "[judge]", "\ufeff", "[judge]\n[reap]\n"})
    void takesTheDefaultsFromAFileThatSaysNothing(String toml) {
        assertThat(files.read(toml).config()).isEqualTo(Config.defaults());
    }

    @Test
    void refusesWhatIsNotUtf8() {
        Path file = files.write("# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(file)).hasMessageStartingWith(file + ": ").hasMessageContaining("UTF-8");
    }

    @Test
    void refusesAFileFarTooLarge() {
        Path file = files.write("#".repeat(ConfigFile.MOST_BYTES + 1));

        assertThat(refusal(file)).hasMessageStartingWith(file + ": ").hasMessageContaining("256KiB");
        assertThat(files.read("#".repeat(ConfigFile.MOST_BYTES)).config()).isEqualTo(Config.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{ a = ", "[[", "[\n", "{", "\"\"\"", "=", "a", "\\", ",", "]"})
    void survivesAFileMadeToExhaustIt(String piece) {
        Path file = files.write("[judge]\nmin_age = " + piece.repeat(ConfigFile.MOST_BYTES / piece.length() - 50));

        assertThat(refusal(file).getMessage()).startsWith(file.toString()).hasSizeLessThan(2000);
    }

    @Test
    void refusesADirectoryAndADevice() {
        assertThat(refusal(directory)).hasMessageContaining("a directory").hasMessageContaining("a regular file");
        assertThat(refusal(Path.of("/dev/zero"))).hasMessageContaining("a pipe or device");
    }

    @Test
    void refusesAPipeWithoutWaitingForAWriter() throws Exception {
        Path pipe = directory.resolve("pipe");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(mkfifo.exitValue()).isZero();

        assertThat(refusal(pipe)).hasMessageStartingWith(pipe + ": ").hasMessageContaining("a pipe or device");
    }

    @Test
    void saysWhichFileIsMissing() {
        Path file = directory.resolve("none.toml");

        assertThat(refusal(file))
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining("no such file")
                .hasMessageContaining("hermes-reaper config init");
    }

    @Test
    void saysWhyAFileCannotBeReached() throws Exception {
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertThat(refusal(loop)).hasMessageStartingWith(loop + ": ").hasMessageContaining("symbolic links");
        assertThat(refusal(files.write("").resolve("x"))).hasMessageContaining("Not a directory");
    }

    @Test
    void saysWhoMustBeAbleToReadAFile() throws Exception {
        assumeTrue(files.userId() != 0, "root can read every file");
        Path file = ConfigDirectory.permit(files.write(""), "---------");

        assertThat(refusal(file))
                .hasMessageStartingWith(file + ": cannot be read: permission denied")
                .hasMessageContaining("uid " + files.userId());
    }

    @Test
    void tellsAMissingFileFromOneThatMayNotBeLookedAt() throws Exception {
        Path dangling = directory.resolve("dangling");
        Files.createSymbolicLink(dangling, directory.resolve("nowhere"));

        assertThat(ConfigFile.isThere(directory.resolve("none"))).isFalse();
        assertThat(ConfigFile.isThere(files.write("").resolve("x"))).isFalse();
        assertThat(ConfigFile.isThere(dangling)).isTrue();
        assertThatThrownBy(() -> files.sources(dangling).read()).hasMessageContaining("no such file");
    }

    private ConfigException refusal(Path file) {
        return catchThrowableOfType(
                ConfigException.class, () -> files.sources(file).read());
    }
}
