package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.sweep.RecordSource.Freshness;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on record is read once more before every signal; an answer that is minutes old signals nobody. */
class FreshRecordTest {

    private final World world = new World();
    private final Map<Freshness, Integer> asked = new EnumMap<>(Freshness.class);
    private final Sweeps sweeps = new Sweeps(world).records((look, workers, freshness) -> {
        if (!workers.isEmpty()) {
            asked.merge(freshness, 1, Integer::sum);
        }
        return world.records().of(look, workers, freshness);
    });
    private FakeProcess worker;

    @BeforeEach
    void isIdleAndItsSessionEnded() throws InterruptedException {
        worker = world.worker(101).ownedBy(world.dashboard(100)).sessionEnded("tui_close", "40m");
        sweeps.sweep();
        world.elapse("11m");
    }

    @Test
    void endsTheWorkerOfAnEndedSession() throws InterruptedException {
        assertThat(sweeps.sweep().count(Outcome.EXITED)).isEqualTo(1);
        assertThat(asked).containsEntry(Freshness.MINUTES, 1).containsEntry(Freshness.NOW, 1);
    }

    @Test
    void sparesTheWorkerOfASessionThatIsReopenedOnceItIsHeld() throws InterruptedException {
        world.after("hold 101", 1, () -> worker.sessionUsed("0s"));

        assertThat(sweeps.sweep().count(Outcome.SPARED)).isEqualTo(1);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void doesNotKillTheWorkerOfASessionThatIsReopenedAfterItsSigterm() throws InterruptedException {
        worker.ignoresTerm();
        world.after("signal 101", 1, () -> worker.sessionUsed("0s"));

        assertThat(sweeps.sweep().count(Outcome.SPARED)).isEqualTo(1);
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
    }

    @Test
    void sparesTheWorkerWhoseRecordCannotBeReadAnyMore() throws InterruptedException {
        world.after("hold 101", 1, () -> worker.sessionUnreadable());

        assertThat(sweeps.sweep().count(Outcome.SPARED)).isEqualTo(1);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void keepsTheWorkersForWhichNoTimeWasLeftToRead() throws InterruptedException {
        FakeProcess deserted =
                world.worker(201).of("s2").ownedBy(world.dashboard(200).clients(0));
        sweeps.records(RecordSource.NONE).sweep();
        world.elapse("1h");

        SweepResult result = sweeps.sweep();

        assertThat(result.reapings()).isEmpty();
        assertThat(result.verdicts())
                .filteredOn(
                        it -> it.process().pid() == worker.pid() || it.process().pid() == deserted.pid())
                .hasSize(2)
                .allMatch(it -> it.reason() == Reason.UNKNOWN);
    }
}
