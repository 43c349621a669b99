package dev.hermesreaper.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a unit says is understood without the library for command lines; everything else is left to it. */
class HermesReaperdTest {

    @Test
    void understandsNothingAtAll() {
        assertThat(HermesReaperd.plain()).hasValue(Map.of());
    }

    @Test
    void understandsBothOptionsInEitherOrder() {
        assertThat(HermesReaperd.plain("--state-dir", "/var/lib/x", "--config", "/etc/x.toml"))
                .hasValue(Map.of("--config", Path.of("/etc/x.toml"), "--state-dir", Path.of("/var/lib/x")));
        assertThat(HermesReaperd.plain("--config", "/etc/x.toml")).hasValue(Map.of("--config", Path.of("/etc/x.toml")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "--config",
                "--config=/etc/x.toml",
                "--config x.toml",
                "--config --state-dir",
                "--config /a --config /b",
                "--state-dir /a extra",
                "extra",
                "--confg /a",
                "-- --config /a"
            })
    void leavesEverythingElseToTheLibrary(String words) {
        assertThat(HermesReaperd.plain(words.split(" ", -1))).isEmpty();
    }
}
