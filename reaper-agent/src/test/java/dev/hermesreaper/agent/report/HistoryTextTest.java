package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.Ending;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTextTest {

    private static final Instant AT = Instant.parse("2026-05-07T14:30:00.250Z");
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final Path FILE = Path.of("/var/lib/hermes-reaper/ledger.jsonl");
    private static final History.Reading SOUND = new History.Reading(FILE, 1, 0, 0, List.of());

    private static Act act(int pid, String key, String reason, String outcome, String detail, String... signals) {
        return new Act(
                AT.plusSeconds(pid),
                outcome.equals("interrupted") ? Optional.empty() : Optional.of(AT.plusSeconds(pid + 1)),
                "7f3a",
                new ProcessIdentity("boot", pid, 100L + pid),
                key,
                reason,
                List.of(new Ground("verdict", "3 younger workers of this session, youngest 99", "judge")),
                new Ending(
                        outcome,
                        detail,
                        List.of(signals),
                        Duration.ofMillis(310),
                        signals.length == 0 ? MemoryUse.UNREADABLE : new MemoryUse(true, 90L << 20, 4L << 20),
                        List.of(new Ending.Descendant(pid + 1000, 5, "exited")),
                        1));
    }

    private static List<Act> acts() {
        return List.of(
                act(1, "k", "superseded", "exited", "", "TERM"),
                act(2, "k", "superseded", "killed", "", "TERM", "KILL"),
                act(3, "k", "superseded", "survived", "it outlived SIGKILL", "TERM", "KILL"),
                act(4, "a\n\u001b[31m\uDCFF", "orphaned", "interrupted", ""),
                act(5, "", "orphaned", "spared", "it moved right before the signal"));
    }

    private static String text(List<Act> acts, History.Reading reading, Layout layout, Optional<Instant> since) {
        HistoryText text = new HistoryText("vm-hermes", since, KATHMANDU);
        acts.forEach(text::add);
        return text.render(reading, Orders.NONE, layout);
    }

    @Test
    void tellsWhatWasEndedWhenWhyAndWhatItGaveBack() {
        assertThat(text(acts(), SOUND, Layout.of(150), Optional.of(AT)))
                .isEqualTo(
                        """
                        vm-hermes   ENDED 2 of 5   gave back 188.0 MiB   since 2026-05-07 20:15:00

                        WHEN                 PID  OUTCOME      SIGNALS     TOOK     FREED  SESSION          WHY
                        2026-05-07 20:15:01    1  exited       TERM       310ms  94.0 MiB  k                superseded: 3 younger workers of this session, youngest 99
                        2026-05-07 20:15:02    2  killed       TERM,KILL  310ms  94.0 MiB  k                superseded: 3 younger workers of this session, youngest 99
                        2026-05-07 20:15:03    3  survived     TERM,KILL  310ms         -  k                superseded, but it outlived SIGKILL
                        2026-05-07 20:15:04    4  interrupted  -              -         -  a\\n\\x1b[31m\\xff  orphaned: 3 younger workers of this session, youngest 99
                        2026-05-07 20:15:05    5  spared       -              -         -  (no key)         orphaned, but it moved right before the signal

                        REASON      ENDED  NOT ENDED      FREED
                        orphaned        0          2          -
                        superseded      2          1  188.0 MiB

                        outcomes     1 exited, 1 interrupted, 1 killed, 1 spared, 1 survived
                        times        local, Asia/Kathmandu
                        INTERRUPTED  1 act without an outcome on record: the pass was killed before it, or the line is lost. What was still leaked then was judged afresh by
                                     the next pass.
                        """);
    }

    @Test
    void isOneLineWhereNothingIsOnRecord() {
        assertThat(text(List.of(), new History.Reading(FILE, 0, 0, 0, List.of()), Layout.of(120), Optional.empty()))
                .isEqualTo("vm-hermes   NOTHING ON RECORD   no pass has ended anything: there is no " + FILE + "\n");
        assertThat(text(List.of(), SOUND, Layout.of(120), Optional.of(AT)))
                .isEqualTo("vm-hermes   NOTHING ON RECORD   since 2026-05-07 20:15:00 Asia/Kathmandu\n");
        assertThat(text(List.of(), SOUND, Layout.of(120), Optional.empty()))
                .isEqualTo("vm-hermes   NOTHING ON RECORD   in " + FILE + "\n");
    }

    @Test
    void saysWhatIsLeftOut() {
        assertThat(text(
                        acts(),
                        new History.Reading(FILE, 1, 1, 2, List.of(FILE + ".1 is a symbolic link: remove it")),
                        Layout.of(200),
                        Optional.empty()))
                .contains("DAMAGED      1 line of " + FILE)
                .contains("NEWER        2 lines of " + FILE)
                .contains("UNREAD       " + FILE + ".1 is a symbolic link");
    }

    @Test
    void listsTheLastAndCountsAll() {
        List<Act> many = new ArrayList<>();
        for (int pid = 1; pid <= 123; pid++) {
            many.add(act(pid, "k", "superseded", "exited", "", "TERM"));
        }
        assertThat(text(many, SOUND, Layout.of(120), Optional.empty()))
                .startsWith("vm-hermes   ENDED 123 of 123   gave back 11.3 GiB   all that is on record\n")
                .contains("… and 73 earlier acts, counted below; --format json lists all")
                .doesNotContain("20:16:13   73 ")
                .contains("  74  exited")
                .contains(" 123  exited");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200})
    void isNeverWiderThanTheScreenAndInColourOnlyWhereAsked(int columns) {
        History.Reading reading = new History.Reading(FILE, 1, 3, 2, List.of("x".repeat(300)));
        String plain = text(acts(), reading, Layout.of(columns), Optional.of(AT));
        String coloured = text(acts(), reading, new Layout(columns, true, true), Optional.of(AT));

        assertThat(plain.lines()).allMatch(line -> Cells.width(line) <= columns);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[32m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void saysThatNobodyIsSignalled() {
        Orders orders = new Orders(Optional.of(Pause.of("alice", AT, AT.plusSeconds(3600))), true);
        StringBuilder json = new StringBuilder();
        new HistoryJson("vm-hermes", Optional.empty(), json::append).end(SOUND, orders);

        assertThat(new HistoryText("vm-hermes", Optional.empty(), KATHMANDU).render(SOUND, orders, Layout.of(100)))
                .contains("PAUSED      Nobody is signalled", "by alice", "OBSERVING   Nobody is signalled");
        assertThat(json).contains("\"observes\": true", "\"by\": \"alice\"");
    }

    @Test
    void isJsonForPrograms() {
        StringBuilder text = new StringBuilder();
        HistoryJson history = new HistoryJson("vm-hermes", Optional.of(AT), text::append);
        acts().forEach(history::add);
        history.end(new History.Reading(FILE, 1, 3, 2, List.of("problem")), Orders.NONE);

        JsonObject json = new Gson().fromJson(text.toString(), JsonObject.class);
        assertThat(text.toString()).matches("[ -~\n]+").endsWith("}\n");
        assertThat(json.get("schema").getAsString()).isEqualTo("hermes-reaper/history/1");
        assertThat(json.get("since").getAsString()).isEqualTo("2026-05-07T14:30:00.250Z");
        JsonObject first = json.getAsJsonArray("acts").get(0).getAsJsonObject();
        assertThat(first.keySet())
                .containsExactly(
                        "at",
                        "endedAt",
                        "sweepId",
                        "pid",
                        "startTicks",
                        "bootId",
                        "sessionKey",
                        "reason",
                        "outcome",
                        "detail",
                        "signals",
                        "tookSeconds",
                        "residentBytes",
                        "swapBytes",
                        "reclaimedBytes",
                        "descendants",
                        "descendantCount",
                        "evidence");
        assertThat(first.get("at").getAsString()).isEqualTo("2026-05-07T14:30:01.250Z");
        JsonObject interrupted = json.getAsJsonArray("acts").get(3).getAsJsonObject();
        assertThat(interrupted.get("sessionKey").getAsString()).isEqualTo("a\n\u001b[31m\\xff");
        assertThat(interrupted.get("endedAt").isJsonNull()).isTrue();
        assertThat(interrupted.get("residentBytes").isJsonNull()).isTrue();
        assertThat(json.getAsJsonObject("totals"))
                .hasToString("{\"acts\":5,\"reaped\":2,\"reclaimedBytes\":197132288,\"byReason\":{"
                        + "\"orphaned\":{\"acts\":2,\"reaped\":0,\"reclaimedBytes\":0},"
                        + "\"superseded\":{\"acts\":3,\"reaped\":2,\"reclaimedBytes\":197132288}},"
                        + "\"byOutcome\":{\"exited\":1,\"interrupted\":1,\"killed\":1,\"spared\":1,\"survived\":1},"
                        + "\"observed\":0,\"regrets\":0,\"confirmed\":0}");
        assertThat(json.get("damagedLines").getAsInt()).isEqualTo(3);
        assertThat(json.get("newerLines").getAsInt()).isEqualTo(2);
        assertThat(json.get("problems")).hasToString("[\"problem\"]");
    }

    @Test
    void countsWhatWasOnlyObservedApartAndShowsRegretsWithTheirEvidence() {
        Act regret = new Act(
                AT.plusSeconds(9),
                Optional.of(AT.plusSeconds(9)),
                "8a11",
                new ProcessIdentity("boot", 9, 109),
                "k",
                "superseded",
                List.of(
                        new Ground("decided", "superseded: 3 younger workers", "look"),
                        new Ground("worked", "seen at work 4m 10s later", "sightings")),
                Ending.none("regret"));
        List<Act> acts = List.of(
                act(1, "k", "superseded", "exited", "", "TERM"), act(9, "k", "superseded", "observed", ""), regret);

        assertThat(text(acts, SOUND, Layout.of(150), Optional.empty()))
                .startsWith(
                        "vm-hermes   ENDED 1 of 1   gave back 94.0 MiB   OBSERVED 1, 1 regret   all that is on record\n")
                .contains("superseded: seen at work 4m 10s later")
                .contains(
                        "\nREGRET       9 decided: superseded: 3 younger workers; worked: seen at work 4m 10s later.\n")
                .contains("superseded      1          0  94.0 MiB");
        assertThat(text(acts.subList(1, 2), SOUND, Layout.of(150), Optional.empty()))
                .startsWith("vm-hermes   OBSERVED 1, 0 regrets   all that is on record\n");
    }
}
