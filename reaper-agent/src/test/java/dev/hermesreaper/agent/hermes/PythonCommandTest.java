package dev.hermesreaper.agent.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.Argv;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonCommandTest {
    private static Optional<PythonCommand> parse(String line) {
        return PythonCommand.parse(Argv.of(line.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python -m mod --a b",
                "python -mmod --a b",
                "python -I -m mod --a b",
                "python -Im mod --a b",
                "python -Immod --a b",
                "python -uBs -m mod --a b",
                "python -X dev -m mod --a b",
                "python -Xdev -m mod --a b",
                "python -W error -m mod --a b",
                "python -Werror::DeprecationWarning -m mod --a b",
                "python -uX dev -m mod --a b",
                "python --check-hash-based-pycs always -m mod --a b"
            })
    void aModuleBehindFlags(String line) {
        PythonCommand command = parse(line).orElseThrow();

        assertThat(command.module()).isEqualTo("mod");
        assertThat(command.script()).isEmpty();
        assertThat(command.arguments()).containsExactly("--a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python script.py -m mod",
                "python -u script.py -m mod",
                "python -X m script.py -m mod",
                "python -W m script.py -m mod",
                "python -- script.py -m mod"
            })
    void aScriptWhoseArgumentsAreItsOwn(String line) {
        PythonCommand command = parse(line).orElseThrow();

        assertThat(command.script()).isEqualTo("script.py");
        assertThat(command.module()).isEmpty();
        assertThat(command.arguments()).containsExactly("-m", "mod");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python -c import(mod) -m mod",
                "python -cimport(mod) -m mod",
                "python -uc import(mod) -m mod",
                "python -uIcX -m mod",
                "python",
                "python -m",
                "python -X",
                "python --version"
            })
    void neither(String line) {
        assertThat(parse(line)).isEmpty();
    }

    @Test
    void standardInputIsAScript() {
        assertThat(parse("python - -m mod").orElseThrow().script()).isEqualTo("-");
    }

    @Test
    void noWordsAtAll() {
        assertThat(PythonCommand.parse(Argv.of())).isEmpty();
        assertThat(PythonCommand.parse(Argv.UNREADABLE)).isEmpty();
    }

    @Test
    void doubleDashEndsTheFlags() {
        assertThat(parse("python -- -m mod").orElseThrow().module()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--session-key K,                       K",
        "--session-key=K,                       K",
        "--session-key=K=L,                     K=L",
        "--session-key K --session-key L,       L",
        "--session-key=K --session-key L,       L",
        "--model m --session-key K,             K",
        "--model --x --session-key K,           K",
        "--unknown=1 --session-key K --flag,    K",
        "--session-keys K,                      ''",
        "--session-key,                         ''",
        "--session-key=,                        ''",
        "--model m,                             ''"
    })
    void theSessionKey(String arguments, String key) {
        assertThat(WorkerOptions.of(parse("python -m mod " + arguments).orElseThrow())
                        .sessionKey())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"--parent-pid 42,      42", "--parent-pid=42,      42", "--parent-pid 1 --parent-pid 42, 42"})
    void theStamp(String arguments, int pid) {
        assertThat(WorkerOptions.of(parse("python -m mod " + arguments).orElseThrow())
                        .parentPid())
                .isEqualTo(OptionalInt.of(pid));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--parent-pid", "--parent-pid=", "--parent-pid x", "--parent-pid 99999999999", "--model m"})
    void noStamp(String arguments) {
        assertThat(WorkerOptions.of(parse("python -m mod " + arguments).orElseThrow())
                        .parentPid())
                .isEmpty();
    }

    @Test
    void aKeyIsWhateverBytesItHas() {
        List<String> words = List.of("python", "-m", "mod", "--session-key", "a\nb.*[\udce9");

        assertThat(WorkerOptions.of(PythonCommand.parse(new Argv(true, words)).orElseThrow())
                        .sessionKey())
                .isEqualTo("a\nb.*[\udce9");
    }
}
