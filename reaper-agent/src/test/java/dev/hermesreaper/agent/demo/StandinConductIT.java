package dev.hermesreaper.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The stand-ins behave like Hermes, and misbehave as they are told to. */
@EnabledOnOs(OS.LINUX)
class StandinConductIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void aClosedTerminalTakesTheWholeTabAlong() {
        StagedGateway dashboard = stage.director().dashboard();
        StagedGateway.Chain tab = dashboard.chain(Part.plain(), "k");

        dashboard.release(tab.node());

        assertThat(stage.awaitGone(
                        List.of(
                                tab.node().pid(),
                                tab.entry().pid(),
                                tab.workers().get(0).pid()),
                        SOON))
                .isEmpty();
    }

    @Test
    void idleWorkersLeaveWithTheirGatewayAndBusyOnesFinishFirst() {
        StagedParent systemd = stage.director().subreaper("systemd", "--user");
        StagedGateway dashboard = systemd.dashboard();
        StagedProcess idle = dashboard.worker("idle");
        StagedProcess busy = dashboard.worker("busy");
        busy.tell("nap", Map.of("seconds", 2));

        dashboard.signal("KILL");

        assertThat(idle.awaitGone(SOON)).isTrue();
        assertThat(busy.awaitParent(systemd.pid(), SOON).isGone()).isFalse();
        assertThat(busy.awaitGone(SOON)).isTrue();
        assertThat(Proc.commandLine(systemd.pid())).isEqualTo("systemd\0--user\0");
    }

    @Test
    void aStrangerThatHoldsTheInputKeepsAWorkerWithoutItsGateway() {
        StagedParent tini = stage.director().subreaper("tini", "-s");
        StagedGateway dashboard = tini.dashboard();
        StagedGateway.Leaked leaked = dashboard.leakedWorker("k", Part.plain());

        dashboard.signal("KILL");

        leaked.worker().awaitParent(tini.pid(), SOON);
        assertThat(leaked.worker().awaitGone(Duration.ofSeconds(1))).isFalse();
        assertThat(Proc.holdersOf(Proc.link(leaked.worker().pid(), "fd/0")))
                .containsExactlyInAnyOrder(
                        leaked.worker().pid(), leaked.holder().pid());
        leaked.holder().signal("KILL");
        assertThat(leaked.worker().awaitGone(SOON)).isTrue();
    }

    @Test
    void anIdleWorkerDoesNotMove() {
        StagedProcess worker = stage.director().dashboard().worker("k");
        worker.awaitState("S", SOON);
        List<String> before = Proc.counters(worker.pid());

        worker.awaitGone(Duration.ofSeconds(5));

        assertThat(Proc.counters(worker.pid())).isEqualTo(before).hasSize(2);
        assertThat(Proc.read(worker.pid(), "syscall")).startsWith("0 0x0 ");
        assertThat(Proc.read(worker.pid(), "wchan")).isIn("anon_pipe_read", "pipe_read");
    }

    @Test
    void aSecondThreadMayWorkWhileTheMainThreadStandsStill() {
        StagedProcess worker = stage.director().dashboard().worker("k");
        worker.ask("thread-busy", Map.of("seconds", 3));
        worker.awaitState("S", SOON);
        List<String> before = Proc.counters(worker.pid());

        worker.awaitGone(Duration.ofSeconds(1));

        List<String> after = Proc.counters(worker.pid());
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
    }

    @Test
    void oneThatIgnoresTermDiesByKillAndStaysAZombieUntilReaped() {
        StagedGateway dashboard = stage.director().dashboard();
        StagedProcess worker = dashboard.worker("k", Part.plain().ignoringTerm());

        worker.signal("TERM");
        assertThat(worker.ask("ping", Map.of()).get("pid").getAsLong()).isEqualTo(worker.pid());
        worker.signal("KILL");

        assertThat(worker.awaitGone(SOON)).isTrue();
        assertThat(worker.standing().state()).isEqualTo("Z");
        assertThat(worker.standing().parentPid()).isEqualTo(dashboard.pid());
        assertThat(dashboard.reapZombies()).containsExactly(worker.pid());
        assertThat(worker.standing().state()).isEqualTo("X");
    }

    @Test
    void whatAWorkerReceivesIsWrittenDown() throws IOException {
        Path log = stage.root().resolve("signals");
        StagedProcess worker =
                stage.director().dashboard().worker("k", Part.plain().loggingSignals(log));

        worker.signal("CONT");
        worker.ask("ping", Map.of());
        worker.signal("TERM");

        assertThat(worker.awaitGone(SOON)).isTrue();
        assertThat(Files.readAllLines(log)).containsExactly(worker.pid() + " CONT", worker.pid() + " TERM");
    }

    @Test
    void clientsAreHeldUntilTheyLeave() {
        StagedGateway dashboard = stage.director().dashboard();

        List<Long> clients = stage.attach(dashboard, 3);
        assertThat(dashboard.clients()).isEqualTo(3);
        stage.detach(clients.subList(0, 2));

        assertThat(dashboard.clients()).isEqualTo(1);
    }

    @Test
    void aWorkersMcpServerServesOthersFromASessionOfItsOwn() {
        StagedProcess worker = stage.director().dashboard().worker("k");

        JsonObject server = worker.ask("spawn", Map.of("server", true, "setsid", true));
        stage.attach(server.get("port").getAsInt(), 1);
        JsonObject wrapped = worker.ask("spawn", Map.of("argv", List.of("sleep", "600"), "watchdog", true));

        long pid = server.get("pid").getAsLong();
        assertThat(Proc.argv(pid).get(1)).endsWith("tools/mcp_server.py");
        assertThat(Proc.argv(wrapped.get("pid").getAsLong()))
                .containsSequence("--ppid", worker.pid() + "", "--", "sleep");
    }
}
