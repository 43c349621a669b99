package dev.hermesreaper.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/python",
                "/usr/bin/python3",
                "/usr/bin/python3.11",
                "/usr/bin/python3.11 (deleted)",
                "/usr/bin/python3.13t",
                "/opt/Python.app/Contents/MacOS/Python",
                "C:\\hermes\\venv\\Scripts\\python.exe",
                "/usr/bin/pypy3.10",
                "/usr/bin/pypy",
                "pythonw.exe",
                "PYTHON3.12.EXE",
                "python3.11d",
                "python3"
            })
    void pythons(String path) {
        assertThat(Executable.at(path).isPython()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/python3-config",
                "/usr/bin/pythonw-launcher",
                "/usr/bin/ipython",
                "/python3/vim",
                "/usr/bin/python.sh",
                "pythona3",
                "python3.11dm",
                "python.exe.exe",
                "xpython",
                "python3x.1",
                ".exe",
                "3",
                "pyth",
                "",
                "/"
            })
    void others(String path) {
        assertThat(Executable.at(path).isPython()).isFalse();
    }

    @Test
    void whatCannotBeReadIsNotKnownToBePython() {
        assertThat(Executable.UNREADABLE.isPython()).isFalse();
    }

    @Test
    void anUpgradeChangesNothing() {
        assertThat(Executable.at("/usr/bin/python3 (deleted)")).isEqualTo(Executable.at("/usr/bin/python3"));
    }
}
