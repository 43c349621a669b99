package dev.hermesreaper.daemon.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drill but the long ones. */
@EnabledOnOs(OS.LINUX)
class DrillIT {

    private static final Set<String> LONG = Set.of("latency", "footprint", "soak");

    @BeforeAll
    static void namespaces() {
        assumeTrue(Namespace.isAvailable(), "SKIPPED: no pid namespace of our own here (needs root and unshare)");
    }

    static List<String> drills() {
        return Drills.ALL.keySet().stream().filter(name -> !LONG.contains(name)).toList();
    }

    @ParameterizedTest
    @MethodSource("drills")
    void goesWell(String drill) throws Exception {
        String said = Namespace.run(3, drill);

        assertThat(said).endsWith(drill + ": fine\nended with 0");
    }

    /** The limit is wide for a machine that builds at the same time; the figure is measured by .ci/run. */
    @Test
    void judgesSoonAfterAGatewayWasKilled() throws Exception {
        assertThat(Namespace.run(3, "latency", "10", "0s", "500")).endsWith("fine\nended with 0");
        assertThat(Namespace.run(3, "latency", "5", "1s", "500")).endsWith("fine\nended with 0");
    }
}
