package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.History;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a real sweep leaves on record. */
@EnabledOnOs(OS.LINUX)
class RecordIT {

    @TempDir
    private Path scratch;

    @Test
    void recordsWhomItEndedAndNothingOfADryRun() throws InterruptedException {
        Path state = scratch.resolve("state");
        try (Arena arena = new Arena()) {
            StagedGateway dashboard = arena.stage().director().dashboard();
            StagedProcess worker =
                    dashboard.leakedWorker(arena.key("recorded"), Part.plain()).worker();
            dashboard.signal("KILL");
            worker.awaitParent(1, Duration.ofSeconds(10));

            arena.sweepRecorded(state, "dry", true);
            assertThat(history(state)).isEmpty();
            assertThat(state.resolve("ledger.jsonl")).doesNotExist();

            SweepResult result = arena.sweepRecorded(state, "real", false);
            assertThat(history(state)).as(Arena.story(result)).singleElement().satisfies(act -> {
                assertThat(act.sweepId()).isEqualTo("real");
                assertThat(act.identity())
                        .isEqualTo(result.reapings().get(0).verdict().identity());
                assertThat(act.sessionKey()).isEqualTo(arena.key("recorded"));
                assertThat(act.reason()).isEqualTo("orphaned");
                assertThat(act.grounds()).isNotEmpty();
                assertThat(act.ending().outcome()).isEqualTo("exited");
                assertThat(act.ending().signals()).containsExactly("TERM");
                assertThat(act.ending().reclaimedBytes()).isPositive();
            });
        }
    }

    private static List<Act> history(Path state) {
        List<Act> acts = new ArrayList<>();
        History.Reading reading = History.in(state, new LinuxHost(Lookout.TRACES, Lookout.VARIABLES))
                .read(Instant.MIN, acts::add);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.damagedLines()).isZero();
        return acts;
    }
}
