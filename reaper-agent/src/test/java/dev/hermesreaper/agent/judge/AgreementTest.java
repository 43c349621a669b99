package dev.hermesreaper.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.testing.FakeProcess;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deciding stops where the answer is known, the gates ask everything: over every row of the decision table, whatever is
 * configured, the gates tell the same story as the verdict.
 */
class AgreementTest {

    private static final List<String> VETOES =
            List.of("zombie", "foreign-namespace", "not-ours", "unknown", "protected", "managed", "too-young", "busy");
    private static final List<String> RULES =
            List.of("orphaned", "session-ended", "superseded", "abandoned", "surplus");

    static Stream<Row> rows() {
        return JudgeTableTest.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gatesTellTheVerdict(Row row) throws InterruptedException {
        for (Action action : Action.values()) {
            Scene scene = new Scene();
            row.stage().set(scene);
            for (String rule : List.of("orphaned", "sessionEnded", "superseded", "abandoned", "surplus")) {
                scene.policy(rule, action);
            }
            assertAgree(scene.look());
            scene.world().elapse("2h");
            assertAgree(scene.look());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gatesTellTheVerdictAsConfigured(Row row) throws InterruptedException {
        Scene scene = new Scene();
        FakeProcess subject = row.stage().set(scene);
        assertAgree(scene.look());
        scene.jurisdiction("protectedPids", Set.of(subject.identity().pid()));
        assertAgree(scene.look());
        scene.jurisdiction("uids", Set.of(4711));
        assertAgree(scene.look());
    }

    private static void assertAgree(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            List<String> names = verdict.gates().stream().map(Gate::name).toList();
            String full = Scene.inFull(Optional.of(verdict));
            assertThat(names.subList(0, VETOES.size())).as(full).isEqualTo(VETOES);
            assertThat(names.subList(VETOES.size(), names.size())).as(full).isIn(RULES, List.of("orphaned"));
            assertThat(verdict.isOurs())
                    .as(full)
                    .isEqualTo(verdict.reason() != Reason.NOT_OURS
                            && gate(verdict, "not-ours").passed());
            assertThat(verdict.evidence().get(0).key()).isEqualTo("verdict");
            if (verdict.evidence().get(0).value().endsWith("and lives by it")) {
                assertThat(verdict.decision()).as(full).isEqualTo(Decision.KEEP);
                assertThat(verdict.evidence().get(1).key()).as(full).isEqualTo("verdict");
            } else {
                assertAgrees(verdict, full);
            }
        }
    }

    private static void assertAgrees(Verdict verdict, String full) {
        Optional<Gate> veto = verdict.gates().stream()
                .filter(gate -> VETOES.contains(gate.name()) && !gate.name().equals("busy") && !gate.passed())
                .findFirst();
        boolean working = !gate(verdict, "busy").passed();
        Optional<Gate> rule = verdict.gates().stream()
                .filter(gate -> RULES.contains(gate.name()) && gate.passed())
                .filter(gate -> !working || gate.name().equals("orphaned"))
                .findFirst();
        String said = verdict.evidence().get(0).value();
        if (veto.isPresent()) {
            assertThat(verdict.decision()).as(full).isEqualTo(Decision.KEEP);
            assertSays(veto.get(), verdict.reason(), said, full);
        } else if (rule.isPresent()) {
            assertThat(verdict.decision()).as(full).isIn(Decision.REAP, Decision.REPORT);
            assertSays(rule.get(), verdict.reason(), said, full);
        } else if (working) {
            assertThat(verdict.decision()).as(full).isEqualTo(Decision.KEEP);
            assertSays(gate(verdict, "busy"), verdict.reason(), said, full);
        } else if (verdict.pending().isPresent()) {
            assertThat(verdict.decision()).as(full).isEqualTo(Decision.WAIT);
            Reason pending = verdict.pending().get().reason();
            assertSays(gate(verdict, pending.word()), pending, said, full);
        } else if (verdict.reason() == Reason.UNKNOWN) {
            assertThat(verdict.decision()).as(full).isEqualTo(Decision.KEEP);
            assertThat(verdict.gates()).as(full).anyMatch(gate -> gate.detail().equals(said));
        } else {
            assertThat(verdict.decision()).as(full).isEqualTo(Decision.KEEP);
            assertThat(verdict.reason()).as(full).isIn(Reason.OWNED, Reason.NEWEST);
        }
        assertThat(verdict.pending().isPresent()).as(full).isEqualTo(verdict.decision() == Decision.WAIT);
    }

    private static void assertSays(Gate gate, Reason reason, String said, String full) {
        assertThat(reason.word()).as(full).isEqualTo(gate.name());
        assertThat(said).as(full).isEqualTo(gate.detail());
    }

    private static Gate gate(Verdict verdict, String name) {
        return verdict.gates().stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
