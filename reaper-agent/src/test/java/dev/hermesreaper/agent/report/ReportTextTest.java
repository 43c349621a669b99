package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTextTest {

    private static String text(Machine machine) {
        return ReportText.render(machine.report(), Layout.of(120), false);
    }

    @Test
    void showsTheIncident() {
        assertThat(text(Machine.incident()))
                .isEqualTo(
                        """
                        vm-hermes   LEAKING   123 of 128 slash workers   11.3 GiB (7.2 resident + 4.1 swapped)

                        GATEWAY                  WORKERS  LEAKED    MEMORY  SWAPPED         FILES  FREE FDS  CLIENTS  OLDEST
                        dashboard 8123 (hermes)      128     123  11.8 GiB  4.3 GiB  812/1024 79%       212        2      2d

                        SESSION                 WORKERS  LEAKED     MEMORY  OLDEST  WHY
                        20260505_104123_c8063a       62      61    5.7 GiB      2d  superseded
                        20260506_072606_f58b62       30      29    2.8 GiB      2d  superseded
                        20260506_082737_2a52e2       29      28    2.7 GiB      2d  superseded
                        20260506_114839_5a88dd        4       3  376.0 MiB      2d  superseded
                        20260505_163042_6b92fb        3       2  282.0 MiB      2d  superseded

                        This machine has 7.8 GiB, 187.0 MiB available; swap 3.9 GiB of 4.0 GiB used.
                        Next: hermes-reaper sweep --dry-run   what would be ended      hermes-reaper explain 9000   why
                        """);
    }

    @Test
    void showsTheIncidentOnANarrowScreen() {
        assertThat(ReportText.render(Machine.incident().report(), Layout.of(60), false))
                .isEqualTo(
                        """
                        vm-hermes   LEAKING   123 of 128 slash workers   11.3 GiB

                        GATEWAY              WORKERS  LEAKED    MEMORY         FILES
                        dashboard 8123 (he…      128     123  11.8 GiB  812/1024 79%

                        SESSION               WORKERS  LEAKED     MEMORY  WHY
                        20260505_1…23_c8063a       62      61    5.7 GiB  superseded
                        20260506_0…06_f58b62       30      29    2.8 GiB  superseded
                        20260506_0…37_2a52e2       29      28    2.7 GiB  superseded
                        20260506_1…39_5a88dd        4       3  376.0 MiB  superseded
                        20260505_1…42_6b92fb        3       2  282.0 MiB  superseded

                        This machine has 7.8 GiB, 187.0 MiB available; swap 3.9 GiB
                        of 4.0 GiB used.
                        Next: hermes-reaper sweep --dry-run   what would be ended
                              hermes-reaper explain 9000   why
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 200})
    void isNeverWiderThanTheScreen(int columns) {
        String text =
                ReportText.render(everything().report(List.of("no pidfds ".repeat(20))), Layout.of(columns), true);

        assertThat(text.lines()).allMatch(line -> Cells.width(line) <= columns);
    }

    @Test
    void saysTheSameWithoutColour() {
        LeakReport report = everything().report();
        String coloured = ReportText.render(report, new Layout(100, true, true), true);

        assertThat(coloured).contains("\u001b[1;31mLEAKING\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(ReportText.render(report, new Layout(100, false, true), true));
    }

    @Test
    void keepsColumnsAlignedInAscii() {
        LeakReport report = everything().report();
        String ascii = ReportText.render(report, new Layout(60, false, false), true);

        assertThat(ascii).matches("[\n -~]*");
        assertThat(ascii.lines().map(String::length).toList())
                .isEqualTo(ReportText.render(report, Layout.of(60), true)
                        .lines()
                        .map(Cells::width)
                        .toList());
    }

    @Test
    void saysInOneLineThatThereIsNothing() {
        assertThat(text(new Machine()))
                .isEqualTo("vm-hermes   HEALTHY   no Hermes gateway and no slash worker among 212 processes\n");
    }

    @Test
    void isHealthyWhereNothingLeaks() {
        Machine machine = new Machine();
        machine.worker(9000, "k", machine.dashboard(8123, 1), Duration.ofHours(1));

        assertThat(text(machine))
                .startsWith("vm-hermes   HEALTHY   1 slash worker   94.0 MiB (60.0 resident + 34.0 swapped)\n")
                .doesNotContain("sweep");
    }

    @Test
    void saysFirstWhatItCouldNotRead() {
        Machine machine = new Machine();
        machine.dashboard(8123, 1);
        machine.obscureWorker(9000);
        machine.gap(new Gap(9000, -1, "argv"));

        assertThat(text(machine))
                .startsWith("vm-hermes   BLIND   1 slash worker\nBLIND       Slash workers run here, but not one could")
                .containsPattern("Fix: run it as\\s+root")
                .contains(
                        "\nINCOMPLETE  Could not read argv of process 9000. Nothing was concluded from what is missing");
    }

    @Test
    void isNotHealthyWhereItCouldNotRead() {
        Machine machine = new Machine();
        machine.worker(9000, "k", machine.dashboard(8123, 1), Duration.ofHours(1));
        machine.gap(new Gap(4, 0, "open files"));

        assertThat(text(machine)).startsWith("vm-hermes   INCOMPLETE   1 slash worker");
    }

    @Test
    void saysWhatToDoAboutChatsNobodyLooksAt() {
        assertThat(text(chats()).replaceAll("\\s+", " "))
                .contains("3 of 3 slash workers")
                .contains("LEFT ALONE 3 workers of chats under dashboard 8123 that nobody looks at: leaked, but never")
                .contains("close these chats in the dashboard")
                .contains("node 8200 → entry 8201, node 8210 → entry 8211")
                .doesNotContain("sweep --dry-run");
    }

    @Test
    void listsWorkersOfOthersBelowTheLine() {
        Machine machine = new Machine();
        machine.worker(9000, "k", machine.dashboard(8123, 1), Duration.ofHours(1));
        machine.worker(9001, "t", Optional.empty(), Machine.ALICE, Duration.ofHours(1), Doing.IDLE);

        assertThat(text(machine))
                .startsWith("vm-hermes   HEALTHY   1 slash worker ")
                .contains("1 worker of other users (1001), listed but not counted above");
    }

    @Test
    void isNotHealthyWhereAllWorkersAreOfOthers() {
        Machine machine = new Machine();
        machine.worker(9001, "t", Optional.empty(), Machine.ALICE, Duration.ofHours(1), Doing.IDLE);

        assertThat(text(machine))
                .startsWith("vm-hermes   NOT JUDGED   no slash worker of ours   1 of other users not judged"
                        + "   [reap] users does not name them\n");
    }

    @Test
    void givesOrphansALineOfTheirOwn() {
        Machine machine = new Machine();
        machine.worker(9001, "t", Optional.empty(), Machine.HERMES, Duration.ofHours(1), Doing.IDLE);

        assertThat(text(machine))
                .startsWith("vm-hermes   LEAKING   1 of 1 slash worker ")
                .containsPattern("\\(no owner\\) +1 +1 ");
    }

    @Test
    void namesTheParentThatDoesNotCollectItsDead() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 1);
        machine.worker(9001, "k", dashboard, Duration.ofHours(1));
        machine.deadWorker(9000, dashboard);

        assertThat(text(machine))
                .startsWith("vm-hermes   HEALTHY   2 slash workers, 1 of them dead   94.0 MiB ")
                .contains(
                        "The dead hold no memory; they vanish once their parent collects them, or ends: process 8123.");
    }

    @Test
    void tellsOfEntriesNobodySpeaksTo() {
        Machine machine = new Machine();
        machine.desertedEntry(8201);

        assertThat(text(machine))
                .startsWith("vm-hermes   LEAKING   0 of 0 slash workers   1 entry gateway\n")
                .contains("1 entry gateway that nobody is left to speak to: 8201 (reap).")
                .contains("hermes-reaper sweep --dry-run");
        assertThat(machine.report().isLeaking()).isTrue();
    }

    @Test
    void summarisesGateways() {
        Machine machine = new Machine();
        for (int i = 0; i < 25; i++) {
            machine.dashboard(8100 + i, 1);
        }

        assertThat(text(machine)).contains("\n… and 5 more gateways\n");
    }

    @Test
    void staysReadableWithTenThousandWorkers() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 1);
        for (int i = 0; i < 10_000; i++) {
            machine.worker(10_000 + i, "session-" + i % 57, dashboard, Duration.ofSeconds(20_000L + i));
        }

        String text = text(machine);

        assertThat(text).contains("9943 of 10000 slash workers").contains("… and 37 more sessions with 6443 leaked");
        assertThat(text.lines().count()).isLessThan(40);
        assertThat(ReportText.render(machine.report(), Layout.of(120), true)
                        .lines()
                        .count())
                .isGreaterThan(10_000);
    }

    private static Machine chats() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 0);
        for (int i = 0; i < 3; i++) {
            machine.worker(9000 + i, "chat-" + i, machine.chat(8200 + 10 * i, dashboard), Duration.ofHours(9));
        }
        return machine;
    }

    /** One of everything. */
    private static Machine everything() {
        Machine machine = chats();
        ProcessEntry dashboard = machine.dashboard(8124, 1);
        machine.worker(9100, "東京".repeat(20), dashboard, Duration.ofDays(1));
        machine.worker(9101, "東京".repeat(20), dashboard, Duration.ofHours(20));
        machine.worker(9102, "w", dashboard, Duration.ofMinutes(4));
        machine.worker(9103, "w", dashboard, Duration.ofMinutes(3));
        machine.worker(9104, "k".repeat(300), Optional.empty(), Machine.HERMES, Duration.ofHours(1), Doing.IDLE);
        machine.worker(9105, "busy", Optional.of(dashboard), Machine.HERMES, Duration.ofHours(1), Doing.WORKING);
        machine.worker(9106, "t", Optional.empty(), Machine.ALICE, Duration.ofHours(1), Doing.IDLE);
        machine.obscureWorker(9107);
        machine.gap(new Gap(9107, -1, "argv"));
        return machine;
    }
}
