package dev.hermesreaper.agent.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Process tables of machines that nobody here has: what is a worker in them, and what a gateway. */
class CapturedTableTest {

    @Test
    void knowsThoseOfHomebrewByItsCapitalP() throws IOException {
        Look look = look("homebrew.tsv");

        assertThat(workers(look))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        8101, "20260505_104123_c8063a",
                        8102, "20260602_173931_fb4c4970",
                        8301, "20260603_090000_aabbcc",
                        8400, "20260504_000000_000001",
                        8502, "20260603_100000_ddeeff"));
        assertThat(gateways(look))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        8100, GatewayKind.DASHBOARD,
                        8200, GatewayKind.MESSAGING,
                        8300, GatewayKind.SERVE,
                        8501, GatewayKind.ENTRY));
    }

    @Test
    void knowsThoseOfAUvEnvironmentAContainerAndANixStore() throws IOException {
        Look look = look("uv.tsv");

        assertThat(workers(look))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        8124, "20260505_104123_c8063a",
                        8125, "20260506_072606_f58b62",
                        8126, "20260506_082737_2a52e2",
                        8301, "api_1780000000_0a1b2c3d",
                        8401, "20260506_114839_5a88dd"));
        assertThat(gateways(look))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        8123, GatewayKind.DASHBOARD,
                        8200, GatewayKind.MESSAGING,
                        8300, GatewayKind.DASHBOARD,
                        8302, GatewayKind.COMPUTE_HOST,
                        8400, GatewayKind.ENTRY));
    }

    @Test
    void countsAWorkerThatWindowsShowsTwiceOnce() throws IOException {
        Look look = look("windows.tsv");

        assertThat(workers(look))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        8110, "20260505_104123_c8063a",
                        8120, "20260506_072606_f58b62",
                        8130, "20260506_072606_f58b62"));
        assertThat(look.workers()).allSatisfy(worker -> {
            assertThat(worker.descendants()).singleElement().satisfies(below -> assertThat(below.pid())
                    .isEqualTo(worker.pid() + 1));
            assertThat(worker.commands()).isEmpty();
            assertThat(worker.ownership().owner().orElseThrow().pid()).isEqualTo(8101);
        });
        assertThat(look.gateways())
                .as("its shim and it are one server: whose clients they are cannot be told")
                .allMatch(gateway -> !gateway.clients().countable());
    }

    private static Map<Integer, String> workers(Look look) {
        return look.workers().stream().collect(Collectors.toMap(SlashWorker::pid, worker -> worker.options()
                .sessionKey()));
    }

    private static Map<Integer, GatewayKind> gateways(Look look) {
        return look.gateways().stream().collect(Collectors.toMap(Gateway::pid, Gateway::kind));
    }

    private static Look look(String table) throws IOException {
        World world = new World();
        Map<FakeProcess, Integer> parents = new HashMap<>();
        Map<Integer, FakeProcess> processes = new HashMap<>();
        try (InputStream in = CapturedTableTest.class.getResourceAsStream("/tables/" + table)) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (String line : lines) {
                if (!line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    int pid = Integer.parseInt(columns[0]);
                    FakeProcess process = world.start(pid)
                            .runs(columns[3], Arrays.copyOfRange(columns, 4, columns.length))
                            .startedAgo(columns[2]);
                    processes.put(pid, process);
                    parents.put(process, Integer.parseInt(columns[1]));
                }
            }
        }
        parents.forEach((process, parent) -> {
            if (processes.containsKey(parent)) {
                process.below(processes.get(parent));
            }
        });
        return new Lookout(world.host()).look();
    }
}
