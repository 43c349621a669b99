package dev.hermesreaper.daemon.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drill but the long ones. */
@EnabledOnOs(OS.LINUX)
class DrillIT {

    private static final Set<String> LONG = Set.of("latency", "footprint", "soak");

    @BeforeEach
    void namespaces() {
        assumeTrue(Namespace.isAvailable(), Namespace.SKIPPED);
    }

    /** The one that takes longest first, so that nobody waits for it alone in the end. */
    static List<String> drills() {
        return Drills.ALL.keySet().stream()
                .filter(name -> !LONG.contains(name))
                .sorted(Comparator.comparing(name -> !name.equals("little-memory")))
                .toList();
    }

    /** Side by side: each is in a namespace of its own, and mostly waits. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("drills")
    void goesWell(String drill) throws Exception {
        String said = Namespace.run(3, drill);

        assertThat(said).endsWith(drill + ": fine\nended with 0");
    }
}
