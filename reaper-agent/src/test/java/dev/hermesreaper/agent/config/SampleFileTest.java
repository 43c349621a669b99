package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SampleFileTest {

    /** When this fails: {@code packaging/run config init --stdout > packaging/src/main/etc/config.toml}. */
    @Test
    void theSampleThatIsShippedIsTheOneTheProgramWrites() throws IOException {
        assertThat(Files.readString(Path.of("../packaging/src/main/etc/config.toml")))
                .isEqualTo(ConfigText.sample());
    }
}
