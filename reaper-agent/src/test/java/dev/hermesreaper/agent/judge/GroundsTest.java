package dev.hermesreaper.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a verdict rests on: nothing is written before somebody asks, and it is the same however late that is. */
class GroundsTest {

    private final World world = new World();
    private final CountingRule rule = new CountingRule();

    @ParameterizedTest
    @MethodSource("written")
    void areToTheLetter(String name, String text) throws InterruptedException {
        Scene scene = new Scene();
        row(name).stage().set(scene);

        assertThat(inFull(scene.look())).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("written")
    void areThoseOfTheTimeOfTheVerdict(String name, String text) throws InterruptedException {
        Scene scene = new Scene();
        row(name).stage().set(scene);

        List<Verdict> early = scene.look();
        scene.world().elapse("7h");
        scene.look();

        assertThat(inFull(early)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("dev.hermesreaper.agent.judge.JudgeTableTest#rows")
    void areWrittenOnce(Row row) throws InterruptedException {
        Scene scene = new Scene();
        row.stage().set(scene);

        for (Verdict verdict : scene.look()) {
            assertThat(verdict.evidence()).isSameAs(verdict.evidence()).isUnmodifiable();
            assertThat(verdict.gates()).isSameAs(verdict.gates()).isUnmodifiable();
        }
    }

    @Test
    void areNotWrittenBeforeSomebodyAsks() {
        WriteUp grounds = writeUp();
        assertThat(rule).hasToString("examined 0, read 0, testified 0");

        grounds.gates();
        grounds.gates();
        assertThat(rule).hasToString("examined 1, read 1, testified 0");

        assertThat(grounds.evidence()).contains(new Evidence("found", "it", "here"));
        grounds.evidence();
        assertThat(rule).hasToString("examined 1, read 2, testified 1");
    }

    @Test
    void wordsAreSpokenOneAfterAnother() {
        world.dashboard(100);

        assertThat(Statement.of(
                        look().gateways().get(0),
                        " has ",
                        3,
                        " workers, ",
                        Statement.of("idle for ", Duration.ofSeconds(90)),
                        ": ",
                        List.of("a", Duration.ofHours(2), "b"),
                        List.of()))
                .hasToString("dashboard 100 has 3 workers, idle for 1m 30s: a; 2h; b");
        assertThat(Statement.of()).hasToString("");
    }

    private WriteUp writeUp() {
        world.worker(101).ownedBy(world.dashboard(100));
        Look look = look();
        Case it = Case.of(look.workers().get(0), Optional.empty(), Ranking.of(look, Sightings.NONE), look);
        Vetoes vetoes = new Vetoes(Jurisdiction.of(World.UID), Duration.ZERO, Set.of());
        return new WriteUp(vetoes, List.of(rule), it, Ruling.due(rule, Finding.due(rule.words)));
    }

    private Look look() {
        return new Lookout(world.host()).look();
    }

    private static String inFull(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> verdict.process().pid() + " " + Scene.inFull(Optional.of(verdict)))
                .flatMap(String::lines)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Row row(String name) {
        return JudgeTableTest.rows()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Rows of the decision table with every verdict in full, as they were when all was written at once. */
    static Stream<Object[]> written() throws IOException {
        try (InputStream in = GroundsTest.class.getResourceAsStream("grounds.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("(?m)^== "))
                    .filter(section -> !section.isEmpty())
                    .map(section -> section.split("\n", 2));
        }
    }

    /** Applies to everybody, and knows how often it was asked. */
    private static final class CountingRule implements LeakRule {

        private int examined;
        private int read;
        private int testified;

        final Object words = new Object() {
            @Override
            public String toString() {
                read++;
                return "words";
            }
        };

        @Override
        public Reason reason() {
            return Reason.SURPLUS;
        }

        @Override
        public JudgePolicy.Action action() {
            return JudgePolicy.Action.REAP;
        }

        @Override
        public Finding examine(Case it) {
            examined++;
            return Finding.due(words);
        }

        @Override
        public List<Evidence> evidence(Case it) {
            testified++;
            return List.of(new Evidence("found", "it", "here"));
        }

        @Override
        public String toString() {
            return "examined %d, read %d, testified %d".formatted(examined, read, testified);
        }
    }
}
