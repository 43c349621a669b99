package dev.hermesreaper.agent.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeTest {

    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);

    private static JsonObject json(Notice notice) {
        return new Gson().fromJson(notice.json(), JsonObject.class);
    }

    @Test
    void tellsOfWhatWasEndedAndOfWhatSurvived() throws InterruptedException {
        world.worker(101).of("k\n\"x").orphanedTo(1);
        world.worker(102).orphanedTo(1).unkillable();

        List<Notice> notices = Notice.of(sweeps.sweep(), false);

        assertThat(notices).extracting(Notice::word).containsExactly("reaped", "survived");
        JsonObject reaped = json(notices.get(0));
        assertThat(reaped.keySet())
                .containsExactly(
                        "schema", "event", "host", "at", "sweepId", "count", "reclaimedBytes", "byReason", "processes");
        assertThat(reaped.get("schema").getAsString()).isEqualTo("hermes-reaper/event/1");
        assertThat(reaped.get("reclaimedBytes").getAsLong()).isEqualTo(98L << 20);
        assertThat(reaped.get("byReason")).hasToString("{\"orphaned\":1}");
        JsonObject process = reaped.getAsJsonArray("processes").get(0).getAsJsonObject();
        assertThat(process.get("pid").getAsInt()).isEqualTo(101);
        assertThat(process.get("sessionKey").getAsString()).isEqualTo("k\n\"x");
        assertThat(process.get("outcome").getAsString()).isEqualTo("exited");
        assertThat(json(notices.get(1)).getAsJsonArray("processes")).hasSize(1);
        assertThat(notices).allMatch(it -> it.json().lines().count() == 1);
    }

    @Test
    void isSilentWhereNothingWasEndedAndInADryRun() throws InterruptedException {
        world.worker(101).ownedBy(world.dashboard(100));
        assertThat(Notice.of(sweeps.sweep(), false)).isEmpty();

        world.worker(102).orphanedTo(1);
        assertThat(Notice.of(sweeps.dryRun(), false)).isEmpty();
    }

    @Test
    void fitsAPipeHoweverMuchWasEnded() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            world.worker(2000 + i).of("\u0001\ud83d\ude00".repeat(5000) + i).orphanedTo(1);
        }
        SweepResult result = sweeps.reap("maxReapsPerSweep", 500).sweep();

        Notice notice = Notice.of(result, false).get(0);

        assertThat(json(notice).get("count").getAsInt()).isEqualTo(500);
        assertThat(json(notice).getAsJsonArray("processes")).hasSize(20);
        assertThat(notice.json().length()).isLessThan(60_000);
    }

    @Test
    void tellsOfAPause() {
        Instant at = Instant.parse("2026-05-07T12:00:00Z");

        assertThat(Notice.paused("vm", at, Pause.of("alice", at, at.plusSeconds(3600)))
                        .json())
                .isEqualTo("{\"schema\":\"hermes-reaper/event/1\",\"event\":\"paused\",\"host\":\"vm\","
                        + "\"at\":\"2026-05-07T12:00:00Z\",\"by\":\"alice\",\"until\":\"2026-05-07T13:00:00Z\"}");
        assertThat(json(Notice.resumed("vm", at, Optional.empty())).keySet())
                .containsExactly("schema", "event", "host", "at");
    }
}
