package dev.hermesreaper.daemon.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/** How soon a death is known; beside no other test, which would be measured with it. */
@EnabledOnOs(OS.LINUX)
@Isolated
class LatencyIT {

    @BeforeEach
    void namespaces() {
        assumeTrue(Namespace.isAvailable(), Namespace.SKIPPED);
    }

    /** The limit is wide for a machine that builds at the same time; the figure is measured by .ci/run. */
    @Test
    void judgesSoonAfterAGatewayWasKilled() throws Exception {
        assertThat(Namespace.run(3, "latency", "10", "0s", "500")).endsWith("fine\nended with 0");
        assertThat(Namespace.run(3, "latency", "5", "1s", "500")).endsWith("fine\nended with 0");
    }
}
