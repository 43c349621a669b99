package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.moandjiezana.toml.Toml;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What toml4j 0.7.2 swallows in silence, and that nothing of it gets past us. */
class Toml4jTrapTest {

    @TempDir
    private Path directory;

    /** Text, what toml4j makes of it without a word, and what we say. */
    static Stream<Arguments> traps() {
        return Stream.of(
                trap("min_age =", "{judge={}}", "[judge] min_age: found no value"),
                trap("min_age = \n", "{judge={}}", "[judge] min_age: found no value"),
                trap("min_age = # later", "{judge={}}", "[judge] min_age: found no value"),
                trap("min_age =\t\r\n", "{judge={}}", "[judge] min_age: found no value"),
                trap("min_age =\n[reap]", "{reap={}, judge={}}", "[judge] min_age: found no value"),
                trap("unheard = 1", "{judge={unheard=1}}", "unknown key unheard"),
                trap("min_age = 007", "{judge={min_age=7}}", "found 007, expected a number without leading zeros"),
                trap("min_age = +00", "{judge={min_age=0}}", "found +00, expected a number without leading zeros"),
                trap("min_age = [007]", "{judge={min_age=[7]}}", "found 007"),
                trap("min_age = [1 2]", "{judge={min_age=[1, 2]}}", "expected a comma"),
                trap("min_age = [\"a\"\"b\"]", "{judge={min_age=[a, b]}}", "expected a comma"),
                trap("min_age = [1,,2]", "{judge={min_age=[1, 2]}}", "delete the comma"),
                trap("min_age = [1+2,3]", "{judge={min_age=[1, 2, 3]}}", "found 1+2 in an array"),
                trap("min_age = \"\\u+041\"", "{judge={min_age=A}}", "a sign in the code of a character"),
                trap("min_age = \"\"\"a\\\"\"\"", "{judge={min_age=a\\}}", "a multi-line string"),
                trap("min_age = [,]", "{judge={min_age=[]}}", "delete the comma"),
                trap("min_age = \"\u0007\"", "{judge={min_age=\u0007}}", "the control character U+0007"),
                trap("min_age =\u000b1", "{judge={min_age=1}}", "the control character U+000B"),
                trap("min_age =\u2003007", "{judge={min_age=7}}", "a space that is none of ASCII"),
                trap("min_age = { level 1 2 \"warn\" }", "{judge={min_age={}}}", "an inline table"),
                trap("min_age = 99999999999", "{judge={min_age=99999999999}}", "found integer 99999999999"));
    }

    private static Arguments trap(String line, String silently, String says) {
        return arguments("[judge]\n" + line, silently, says);
    }

    @ParameterizedTest
    @MethodSource("traps")
    void isRefused(String toml, String silently, String says) {
        var files = new ConfigDirectory(directory);
        Map<String, Object> map = new Toml().read(toml).toMap();

        ConfigException refusal = catchThrowableOfType(
                ConfigException.class, () -> files.sources(files.write(toml)).read());

        assertThat(map).as("otherwise this is no trap any more").hasToString(silently);
        assertThat(refusal.problems()).hasSize(1);
        assertThat(refusal).hasMessageStartingWith(files.file() + ":2: ").hasMessageContaining(says);
    }
}
