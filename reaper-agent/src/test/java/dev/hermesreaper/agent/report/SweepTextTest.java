package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTextTest {

    private static String text(SweepResult result) {
        return SweepText.render(result, List.of(), Layout.of(120));
    }

    /** Four workers of one session, three of them superseded, and one more session that will be in four minutes. */
    private static Machine machine() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 1);
        for (int i = 0; i < 4; i++) {
            machine.worker(9000 + i, "k", dashboard, Duration.ofHours(9 - i));
        }
        machine.worker(9010, "w", dashboard, Duration.ofMinutes(6));
        machine.worker(9011, "w", dashboard, Duration.ofMinutes(5));
        return machine;
    }

    @Test
    void tellsWhatWasEndedAndWhatWasNot() {
        SweepResult result =
                Sweeps.with(machine().judgement(), false, Outcome.EXITED, Outcome.SURVIVED, Outcome.SPARED);

        assertThat(text(result))
                .startsWith(
                        """
                        vm-hermes   ENDED 1 of 3   gave back 94.0 MiB   took 16s

                         PID  OUTCOME   SIGNALS     TOOK    MEMORY  SESSION  WHY
                        9000  exited    TERM       310ms  94.0 MiB  k        superseded: \
                        """)
                .endsWith(
                        """
                        9001  survived  TERM,KILL  620ms  94.0 MiB  k        superseded, but it outlived SIGKILL
                        9002  spared    -              -  94.0 MiB  k        superseded, but it moved right before the signal

                        SURVIVED    9001 outlived SIGKILL: the kernel holds them, mostly in a read or write that does not return. ps -o
                                    pid,stat,wchan -p 9001 shows where; they go when that ends. Tried again in a minute, then after twice as
                                    long each time, an hour at most.
                        waiting     1 waits, the next is due in 4m
                        kept        2 newest
                        """);
    }

    @Test
    void countsMemoryOfProvenGoneOnly() {
        SweepResult result =
                Sweeps.with(machine().judgement(), false, Outcome.KILLED, Outcome.SURVIVED, Outcome.ALREADY_GONE);

        assertThat(text(result)).contains("ENDED 1 of 3   gave back 94.0 MiB ");
        assertThat(result.reclaimedBytes()).isEqualTo(94L << 20);
    }

    @Test
    void saysWhereNobodyWasSignalled() {
        assertThat(text(Sweeps.with(machine().judgement(), true, Outcome.DRY_RUN)))
                .startsWith("vm-hermes   DRY RUN   nobody was signalled   3 would be ended   they hold 282.0 MiB");
        assertThat(text(Sweeps.with(machine().judgement(), false, Outcome.OBSERVED)))
                .startsWith("vm-hermes   OBSERVING   nobody was signalled   3 would have been ended\n");
    }

    @Test
    void saysWhatToDoAboutWhatIsLeft() {
        assertThat(text(Sweeps.with(machine().judgement(), false, Outcome.NOT_PERMITTED, Outcome.DEFERRED)))
                .contains("REFUSED     9000 may not be signalled by this user: run hermes-reaper as root")
                .contains("DEFERRED    not tried in this pass: 2 max_reaps_per_sweep reached");
    }

    @Test
    void saysThatItIsPausedAndWhoPausedIt() {
        Pause pause = Pause.of("alice", Instant.EPOCH, Instant.parse("2026-05-07T13:00:00Z"));
        SweepResult result = Sweeps.paused(Sweeps.with(machine().judgement(), false, Outcome.DEFERRED), pause);
        SweepResult unsignalled = new SweepResult(
                result.request(),
                result.startedAt(),
                result.took(),
                result.judgement(),
                result.verdicts(),
                result.reapings().stream().map(Sweeps::unsignalled).toList(),
                result.pause());

        assertThat(text(unsignalled))
                .startsWith("vm-hermes   PAUSED   nobody was signalled   3 would have been ended")
                .contains("paused until 2026-05-07 13:00:00 UTC by alice", "hermes-reaper resume")
                .doesNotContain("max_reaps_per_sweep");
        assertThat(SweepJson.render(result, List.of()))
                .contains("\"paused\": {", "\"by\": \"alice\"", "\"until\": \"2026-05-07T13:00:00Z\"");
    }

    @Test
    void tellsOfWhatRanBelow() {
        SweepResult ended = Sweeps.ended(machine().judgement());
        SweepResult result = new SweepResult(
                ended.request(),
                ended.startedAt(),
                ended.took(),
                ended.judgement(),
                ended.verdicts(),
                List.of(Sweeps.withBelow(ended.reapings().get(0), Outcome.KILLED, Outcome.SPARED)),
                Optional.empty());

        assertThat(text(result))
                .contains("1 killed, 1 spared")
                .contains("BELOW       9501 ran below an ended worker and is left; hermes-reaper explain 9501 says");
        assertThat(new Gson()
                        .fromJson(SweepJson.render(result, List.of()), JsonObject.class)
                        .getAsJsonArray("outcomes")
                        .get(0)
                        .getAsJsonObject()
                        .get("descendants"))
                .hasToString("[{\"pid\":9500,\"outcome\":\"killed\",\"detail\":null},"
                        + "{\"pid\":9501,\"outcome\":\"spared\",\"detail\":null}]");
    }

    @Test
    void isOneLineWhereThereIsNothingToEnd() {
        Machine machine = new Machine();
        assertThat(text(Sweeps.ended(machine.judgement()))).isEqualTo("vm-hermes   NOTHING TO END   no slash worker\n");

        ProcessEntry dashboard = machine.dashboard(8123, 1);
        machine.worker(9000, "k", dashboard, Duration.ofMinutes(6));
        machine.worker(9001, "k", dashboard, Duration.ofMinutes(3));
        assertThat(text(Sweeps.ended(machine.judgement())))
                .isEqualTo("vm-hermes   NOTHING DUE YET   1 kept   1 waits, the next is due in 4m\n");
    }

    @Test
    void isNoGoodNewsWhereItCouldNotSee() {
        Machine partly = new Machine();
        partly.worker(9000, "k", partly.dashboard(8123, 1), Duration.ofHours(1));
        partly.gap(new Gap(4, 0, "open files"));
        assertThat(text(Sweeps.ended(partly.judgement()))).startsWith("vm-hermes   INCOMPLETE   1 kept\nINCOMPLETE  ");

        Machine blind = new Machine();
        blind.dashboard(8123, 1);
        blind.obscureWorker(9000);
        blind.gap(new Gap(9000, -1, "argv"));
        assertThat(text(Sweeps.ended(blind.judgement()))).startsWith("vm-hermes   BLIND   1 kept\nBLIND       ");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200})
    void isNeverWiderThanTheScreen(int columns) {
        SweepResult result =
                Sweeps.with(Machine.incident().judgement(), false, Outcome.EXITED, Outcome.SURVIVED, Outcome.DEFERRED);

        assertThat(SweepText.render(result, List.of("no pidfds ".repeat(30)), Layout.of(columns))
                        .lines())
                .allMatch(line -> Cells.width(line) <= columns);
    }

    @Test
    void isJsonForPrograms() {
        SweepResult result =
                Sweeps.with(machine().judgement(), false, Outcome.KILLED, Outcome.SURVIVED, Outcome.DEFERRED);

        JsonObject json = new Gson().fromJson(SweepJson.render(result, List.of("no pidfds")), JsonObject.class);

        assertThat(json.keySet())
                .startsWith(
                        "schema",
                        "sweepId",
                        "dryRun",
                        "startedAt",
                        "durationSeconds",
                        "complete",
                        "outcomes",
                        "waiting",
                        "kept",
                        "totals");
        assertThat(json.get("durationSeconds").getAsDouble()).isEqualTo(16.4);
        assertThat(json.get("waiting").getAsInt()).isEqualTo(1);
        assertThat(json.get("kept").getAsInt()).isEqualTo(2);
        assertThat(json.get("nextDueSeconds").getAsInt()).isEqualTo(240);
        JsonObject first = json.getAsJsonArray("outcomes").get(0).getAsJsonObject();
        assertThat(first.keySet())
                .startsWith(
                        "pid",
                        "startTicks",
                        "sessionKey",
                        "reason",
                        "outcome",
                        "signals",
                        "tookSeconds",
                        "residentBytes",
                        "swapBytes",
                        "descendants",
                        "evidence");
        assertThat(first.get("signals")).hasToString("[\"TERM\",\"KILL\"]");
        assertThat(first.get("tookSeconds").getAsDouble()).isEqualTo(0.62);
        assertThat(json.getAsJsonArray("outcomes")
                        .get(2)
                        .getAsJsonObject()
                        .get("residentBytes")
                        .isJsonNull())
                .isTrue();
        JsonObject totals = json.getAsJsonObject("totals");
        assertThat(totals.keySet()).startsWith("reaped", "survived", "deferred", "reclaimedBytes");
        assertThat(totals.get("reaped").getAsInt()).isEqualTo(1);
        assertThat(totals.get("reclaimedBytes").getAsLong()).isEqualTo(94L << 20);
    }
}
