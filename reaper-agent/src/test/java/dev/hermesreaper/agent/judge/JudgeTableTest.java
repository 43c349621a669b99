package dev.hermesreaper.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.testing.FakeProcess;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every decision, one row each, those that keep first. A failing row prints the whole verdict. */
class JudgeTableTest {
    static Stream<Row> rows() {
        return Stream.of(
                        VetoRows.rows(),
                        OwnerRows.rows(),
                        WorkRows.rows(),
                        RecordRows.rows(),
                        SupersededRows.rows(),
                        DesertedRows.rows(),
                        EntryRows.rows())
                .flatMap(List::stream)
                .sorted((a, b) -> Boolean.compare(b.isNegative(), a.isNegative()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(Row row) throws InterruptedException {
        Scene scene = new Scene();
        FakeProcess subject = row.stage().set(scene);

        Optional<Verdict> verdict = scene.verdict(subject);

        assertThat(Row.Expected.of(verdict))
                .as(() -> row.name() + "\n" + Scene.inFull(verdict))
                .isEqualTo(row.expected());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhy(Row row) throws InterruptedException {
        Scene scene = new Scene();
        FakeProcess subject = row.stage().set(scene);

        scene.verdict(subject).ifPresent(verdict -> assertThat(verdict.evidence())
                .as(() -> row.name() + "\n" + Scene.inFull(Optional.of(verdict)))
                .isNotEmpty()
                .noneMatch(it -> it.value().isBlank() || it.value().strip().endsWith(":")));
    }
}
