package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.sweep.RecordSource.Freshness;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose files are read: a container's home has the name of one of ours. */
class RecordReaderTest {

    @TempDir
    private Path directory;

    private final World world = new World();
    private RecordReader reader;
    private FakeProcess here;
    private FakeProcess contained;

    @BeforeEach
    void twoOfOneName() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        reader = new RecordReader(world.host(), scratch);
        FakeProcess dashboard = world.dashboard(100).clients(0);
        here = world.worker(101).of("here").home(home.toString()).ownedBy(dashboard);
        contained = world.worker(102).of("there").home(home.toString()).ownedBy(dashboard);
        contained.inContainer();
    }

    @Test
    void readsNothingForAWorkerThatSeesOtherFiles() {
        Look look = new Lookout(world.host()).look();

        for (Freshness freshness : Freshness.values()) {
            Map<ProcessIdentity, SessionRecord> records = reader.of(look, look.workers(), freshness);

            assertThat(records.get(here.identity()).problems()).noneMatch(it -> it.contains("container"));
            assertThat(records.get(contained.identity())).satisfies(it -> {
                assertThat(it.isKnown()).isFalse();
                assertThat(it.evidence()).anyMatch(fact -> fact.value().contains("its files are not read"));
            });
        }
    }

    /** A NUL stands for letters that the JVM's locale lacks: these tests may run in one that has all. */
    @Test
    void readsTheOthersWhereTheNameOfAHomeCannotBeWritten() {
        FakeProcess odd = world.worker(103).of("odd").home("/nowhere/\0").ownedBy(world.dashboard(200));
        Look look = new Lookout(world.host()).look();

        Map<ProcessIdentity, SessionRecord> records = reader.of(look, look.workers(), Freshness.MINUTES);

        assertThat(records).containsKeys(here.identity(), contained.identity());
        assertThat(records.get(odd.identity())).satisfies(it -> {
            assertThat(it.isKnown()).isFalse();
            assertThat(it.evidence()).anyMatch(fact -> fact.value().contains("LC_ALL=C.UTF-8"));
        });
    }

    @Test
    void keepsItAsUnknownHoweverLongNobodyUsesIt() throws InterruptedException {
        Sweeps sweeps = new Sweeps(world).records((look, workers, freshness) -> {
            Map<ProcessIdentity, SessionRecord> records = reader.of(look, workers, freshness);
            records.keySet().removeIf(it -> !it.equals(contained.identity()));
            records.putAll(world.records()
                    .of(
                            look,
                            workers.stream()
                                    .filter(it -> !it.identity().equals(contained.identity()))
                                    .toList(),
                            freshness));
            return records;
        });
        for (int i = 0; i < 10; i++) {
            sweeps.sweep();
            world.elapse("30m");
        }

        SweepResult result = sweeps.sweep();

        assertThat(world.signalsTo(101)).as("the deserted one beside it").isNotEmpty();
        assertThat(world.signalsTo(102)).isEmpty();
        assertThat(result.verdicts())
                .filteredOn(it -> it.process().pid() == 102)
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.UNKNOWN));
    }
}
