package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many at once, as when a dashboard has leaked for days. */
@EnabledOnOs(OS.LINUX)
class CrowdIT {

    private static final int GRACE = 2000;

    @BeforeEach
    void needsAPidNamespace() {
        assumeTrue(PidNamespace.isAvailable(), PidNamespace.SKIPPED);
    }

    /**
     * The second number is how much longer than {@code term_grace} any of them may take on a machine that is busy with other
     * things, in milliseconds.
     */
    @ParameterizedTest
    @CsvSource({"128, 2000", "1000, 10000"})
    void endsAllThatIgnoreSigtermInOneGraceAndAFrozenOneAmongThemDelaysNobody(int orphans, int more) throws Exception {
        PidNamespace.Ended ended = PidNamespace.run(Crowd.class, orphans, GRACE);

        assertThat(ended.status()).as(ended.toString()).isZero();
        assertThat(ended.number("killed")).as(ended.toString()).isEqualTo(orphans - 1);
        assertThat(ended.number("alive")).as(ended.toString()).isZero();
        assertThat(ended.number("waited"))
                .as("before the last SIGKILL, %s", ended)
                .isLessThan(2 * GRACE);
        assertThat(ended.number("longest")).as(ended.toString()).isBetween(GRACE, GRACE + more);
        // SIGKILL ends a stopped process, but nothing a frozen one: then it is not counted as given back.
        boolean isFrozen = ended.line("means").equals("freezer");
        assertThat(ended.line("frozen")).matches(isFrozen ? "survived 0" : "killed [1-9][0-9]*");
        assertThat(ended.number("recorded"))
                .as("how many were on record before the frozen one, %s", ended)
                .isBetween(isFrozen ? orphans - 1 : 0, orphans - 1);
    }
}
