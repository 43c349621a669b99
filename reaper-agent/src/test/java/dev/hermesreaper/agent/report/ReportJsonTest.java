package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

    private static JsonObject json(LeakReport report) {
        return new Gson().fromJson(ReportJson.render(report), JsonObject.class);
    }

    private static JsonObject first(JsonObject json, String list) {
        return json.getAsJsonArray(list).get(0).getAsJsonObject();
    }

    @Test
    void countsTheIncident() {
        JsonObject json = json(Machine.incident().report());

        JsonObject totals = json.getAsJsonObject("totals");
        assertThat(totals.get("workers").getAsInt()).isEqualTo(128);
        assertThat(totals.get("leaked").getAsInt()).isEqualTo(123);
        assertThat(totals.get("residentBytes").getAsLong()).isEqualTo((128 * 60L) << 20);
        assertThat(totals.get("leakedSwapBytes").getAsLong()).isEqualTo((123 * 34L) << 20);
        assertThat(json.getAsJsonArray("sessions"))
                .extracting(it -> it.getAsJsonObject().get("workers").getAsInt())
                .containsExactly(62, 30, 29, 4, 3);
        assertThat(json.getAsJsonArray("sessions"))
                .extracting(it -> it.getAsJsonObject().get("leaked").getAsInt())
                .containsExactly(61, 29, 28, 3, 2);
        JsonObject dashboard = first(json, "gateways");
        assertThat(dashboard.get("workers").getAsInt()).isEqualTo(128);
        assertThat(dashboard.get("leaked").getAsInt()).isEqualTo(123);
        assertThat(dashboard.get("kind").getAsString()).isEqualTo("dashboard");
        assertThat(dashboard.get("openFiles").getAsInt()).isEqualTo(812);
    }

    @Test
    void keepsTheFieldsOfTheContractInOrder() {
        JsonObject json = json(Machine.incident().report());

        assertThat(json.keySet())
                .startsWith(
                        "schema",
                        "host",
                        "takenAt",
                        "complete",
                        "blind",
                        "processes",
                        "gateways",
                        "workers",
                        "sessions",
                        "totals");
        assertThat(first(json, "gateways").keySet())
                .startsWith(
                        "pid",
                        "startTicks",
                        "startedAt",
                        "kind",
                        "user",
                        "home",
                        "workers",
                        "leaked",
                        "residentBytes",
                        "openFiles",
                        "openFilesSoftLimit",
                        "openFilesHardLimit",
                        "attachedClients");
        assertThat(first(json, "workers").keySet())
                .startsWith(
                        "pid",
                        "startTicks",
                        "startedAt",
                        "ageSeconds",
                        "parentPid",
                        "user",
                        "home",
                        "sessionKey",
                        "model",
                        "ownerPid",
                        "state",
                        "idleSeconds",
                        "residentBytes",
                        "swapBytes",
                        "descendants",
                        "verdict",
                        "reason",
                        "pendingReason",
                        "remainingSeconds",
                        "evidence");
        assertThat(first(json, "sessions").keySet())
                .startsWith(
                        "key",
                        "home",
                        "ownerPid",
                        "workers",
                        "leaked",
                        "oldestAgeSeconds",
                        "residentBytes",
                        "swapBytes");
        assertThat(json.getAsJsonObject("totals").keySet())
                .startsWith(
                        "workers", "leaked", "residentBytes", "swapBytes", "leakedResidentBytes", "leakedSwapBytes");
    }

    @Test
    void tellsOfOneWorker() {
        JsonObject worker = first(json(Machine.incident().report()), "workers");

        assertThat(worker.get("startedAt").getAsString()).isEqualTo("2026-05-05T14:30:00.250Z");
        assertThat(worker.get("ageSeconds").getAsDouble()).isEqualTo(172_800);
        assertThat(worker.get("user").getAsString()).isEqualTo("hermes");
        assertThat(worker.get("idleSeconds").getAsDouble()).isEqualTo(18_000);
        assertThat(worker.get("verdict").getAsString()).isEqualTo("reap");
        assertThat(worker.get("reason").getAsString()).isEqualTo("superseded");
        assertThat(worker.get("remainingSeconds").isJsonNull()).isTrue();
        assertThat(first(worker, "evidence").keySet()).containsExactly("key", "value", "source");
    }

    @Test
    void tellsWhatAWorkerWaitsFor() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 0);
        machine.worker(9000, "k", dashboard, Duration.ofMinutes(4));
        machine.worker(9001, "k", dashboard, Duration.ofMinutes(3));

        JsonObject waiting = first(json(machine.report()), "workers");

        assertThat(waiting.get("verdict").getAsString()).isEqualTo("wait");
        assertThat(waiting.get("reason").getAsString()).isEqualTo("idling");
        assertThat(waiting.get("pendingReason").getAsString()).isEqualTo("superseded");
        assertThat(waiting.get("remainingSeconds").getAsDouble()).isEqualTo(360);
    }

    @Test
    void saysNullForWhatIsNotKnown() {
        Machine machine = new Machine();
        machine.obscureWorker(9000);
        machine.gap(new Gap(9000, -1, "argv"));

        JsonObject json = json(machine.report());
        JsonObject worker = first(json, "workers");
        for (String field : List.of(
                "user",
                "home",
                "sessionKey",
                "model",
                "ownerPid",
                "state",
                "idleSeconds",
                "residentBytes",
                "swapBytes",
                "pendingReason",
                "remainingSeconds")) {
            assertThat(worker.get(field).isJsonNull()).as(field).isTrue();
        }
        assertThat(json.getAsJsonObject("totals").get("residentBytes").isJsonNull())
                .isTrue();
        assertThat(json.get("complete").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonArray("gaps").get(0).getAsString()).isEqualTo("argv of process 9000");
    }

    @Test
    void listsWorkersOfOthersButDoesNotCountThem() {
        Machine machine = new Machine();
        machine.worker(9000, "mine", machine.dashboard(8123, 1), Duration.ofHours(1));
        machine.worker(9001, "theirs", Optional.empty(), Machine.ALICE, Duration.ofHours(1), Doing.IDLE);

        JsonObject json = json(machine.report());
        JsonArray workers = json.getAsJsonArray("workers");
        assertThat(workers).hasSize(2);
        assertThat(workers.get(1).getAsJsonObject().get("reason").getAsString()).isEqualTo("not-ours");
        assertThat(workers.get(1).getAsJsonObject().get("user").getAsString()).isEqualTo("1001");
        assertThat(json.getAsJsonObject("totals").get("workers").getAsInt()).isEqualTo(1);
    }
}
