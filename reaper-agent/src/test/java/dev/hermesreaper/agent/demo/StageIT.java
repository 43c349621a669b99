package dev.hermesreaper.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The stand-ins look and behave like Hermes: said by the kernel, not by them. */
@EnabledOnOs(OS.LINUX)
class StageIT {
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
    void aWorkerWearsTheRealCommandLine() {
        StagedGateway dashboard = stage.director().dashboard();
        String python = stage.pythonExecutable().toString();

        StagedProcess plain =
                dashboard.worker("20260505_104123_c8063a", Part.plain().with("model", "m/1"));
        StagedProcess newer = dashboard.worker(
                "a.*[b]",
                Part.plain().equalsForm().namingItsParent().flags("-u").args("--profile", "x"));

        assertThat(Proc.argv(plain.pid()))
                .containsExactly(
                        python,
                        "-m",
                        "tui_gateway.slash_worker",
                        "--session-key",
                        "20260505_104123_c8063a",
                        "--model",
                        "m/1");
        assertThat(Proc.argv(newer.pid()))
                .containsExactly(
                        python,
                        "-u",
                        "-m",
                        "tui_gateway.slash_worker",
                        "--session-key=a.*[b]",
                        "--parent-pid",
                        String.valueOf(dashboard.pid()),
                        "--profile",
                        "x");
        assertThat(Proc.link(plain.pid(), "exe")).isEqualTo(Proc.link(dashboard.pid(), "exe"));
    }

    @Test
    void aDashboardLooksLikeTheConsoleScript() {
        StagedGateway dashboard = stage.director().dashboard();

        assertThat(Proc.argv(dashboard.pid()))
                .startsWith(
                        stage.pythonExecutable().toString(),
                        stage.root().resolve("bin/hermes").toString(),
                        "dashboard",
                        "--port",
                        "0");
        assertThat(Proc.comm(dashboard.pid())).isEqualTo("hermes");
    }

    @Test
    void onlyTheDashboardHoldsAWorkersInput() {
        StagedGateway dashboard = stage.director().dashboard();
        List<StagedProcess> workers = dashboard.workers(List.of("a", "b"), Part.plain());

        String pipe = Proc.link(workers.get(0).pid(), "fd/0");

        assertThat(pipe).startsWith("pipe:[");
        assertThat(Proc.holdersOf(pipe))
                .containsExactlyInAnyOrder(dashboard.pid(), workers.get(0).pid());
    }

    @Test
    void aWorkerSharesItsGatewaysGroupUnlessItHasItsOwnSession() {
        StagedGateway dashboard = stage.director().dashboard(Part.plain().ownSession());

        StagedProcess shared = dashboard.worker("k");
        StagedProcess apart = dashboard.worker("k", Part.plain().ownSession());

        assertThat(shared.standing().groupPid()).isEqualTo(dashboard.pid());
        assertThat(apart.standing().sessionPid()).isEqualTo(apart.pid());
    }

    @Test
    void aChatTabIsNodeOnATerminalAndAnEntryBehindASocket() {
        StagedGateway dashboard = stage.director().dashboard();

        StagedGateway.Chain tab = dashboard.chain(Part.plain(), "k");

        StagedProcess worker = tab.workers().get(0);
        assertThat(Proc.commandLine(tab.node().pid()))
                .isEqualTo("node\0--expose-gc\0" + stage.root() + "/hermes-agent/ui-tui/dist/entry.js\0");
        assertThat(Proc.comm(tab.node().pid())).isEqualTo("node");
        assertThat(Proc.link(tab.node().pid(), "fd/0")).startsWith("/dev/pts/");
        assertThat(Proc.argv(tab.entry().pid())).endsWith("-m", "tui_gateway.entry");
        assertThat(Proc.link(tab.entry().pid(), "fd/0")).startsWith("socket:[");
        assertThat(tab.entry().standing().parentPid()).isEqualTo(tab.node().pid());
        assertThat(worker.standing().parentPid()).isEqualTo(tab.entry().pid());
        assertThat(worker.standing().sessionPid()).isEqualTo(tab.node().pid());
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

        assertThat(worker.awaitState("Z", SOON).parentPid()).isEqualTo(dashboard.pid());
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
    void anImpostorWearsAnyBytes() {
        byte[] comm = {(byte) 0xff, '\n', ')'};
        List<byte[]> argv = List.of(new byte[] {(byte) 0xfe}, "-x".getBytes(StandardCharsets.UTF_8), new byte[20_000]);
        Arrays.fill(argv.get(2), (byte) 'y');

        StagedProcess impostor = stage.director().impostor(Part.plain(), comm, argv);

        assertThat(Proc.commandLine(impostor.pid()))
                .isEqualTo("\u00fe\0-x\0" + "y".repeat(20_000) + "\0"); // read as Latin-1
        assertThat(Proc.comm(impostor.pid())).isEqualTo("\u00ff\n)");
    }

    @Test
    void aDetachedDashboardIsNotOurChild() {
        StagedParent subreaper = stage.director().subreaper("reapd");

        StagedGateway dashboard = subreaper.dashboard(Part.plain().detached());

        Standing standing = dashboard.awaitParent(subreaper.pid(), SOON);
        assertThat(standing.sessionPid()).isNotEqualTo(subreaper.standing().sessionPid());
        assertThat(dashboard.worker("k").standing().parentPid()).isEqualTo(dashboard.pid());
    }

    @Test
    void anotherUsersWorker() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may start other users' processes");

        StagedGateway dashboard = stage.director()
                .module(Part.plain().user(65534), "hermes_cli.main", "dashboard", "--port", "0", "--host", "127.0.0.1");
        StagedProcess worker = dashboard.worker("k");

        assertThat(Files.getAttribute(Path.of("/proc", String.valueOf(worker.pid())), "unix:uid"))
                .isEqualTo(65534);
    }

    @Test
    void aHundredAndTwentyEightWorkersStartTogether() {
        StagedGateway dashboard = stage.director().dashboard();
        List<String> keys = IntStream.range(0, 128).mapToObj(i -> "k" + i).toList();

        List<StagedProcess> workers = dashboard.workers(keys, Part.plain());

        assertThat(workers).extracting(worker -> Proc.argv(worker.pid()).get(4)).isEqualTo(keys);
        dashboard.signal("KILL");
        assertThat(stage.awaitGone(workers.stream().map(StagedProcess::pid).toList(), SOON))
                .isEmpty();
    }

    @Test
    void strangersAreNotSignalled() {
        assertThatThrownBy(() -> stage.signal(ProcessHandle.current().pid(), "CONT"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("not a live process of this stage");
    }

    @Test
    void nothingOutlivesADirectorThatWasKilled() {
        Stage other = Stage.open();
        List<Long> pids = new ArrayList<>(populate(other));

        ProcessHandle.of(other.director().pid()).orElseThrow().destroyForcibly();

        assertThat(stage.awaitGone(pids, Duration.ofSeconds(2))).isEmpty();
        other.close();
        assertThat(other.root()).doesNotExist();
    }

    @Test
    void nothingOutlivesAStageThatWasClosed() {
        Stage other = Stage.open();
        List<Long> pids = populate(other);

        other.close();
        other.close();

        assertThat(stage.awaitGone(pids, Duration.ZERO)).isEmpty();
        assertThat(other.root()).doesNotExist();
        assertThatThrownBy(other::livePids).isInstanceOf(StageException.class).hasMessageContaining("ended");
    }

    /** All that might want to stay: deaf ones, stopped ones, strangers, and those that are nobody's children. */
    private static List<Long> populate(Stage other) {
        StagedGateway dashboard =
                other.director().subreaper("tini", "-s").dashboard(Part.plain().detached());
        dashboard.worker("k", Part.plain().ignoringTerm().ignoringEof().ownSession());
        dashboard.leakedWorker("k", Part.plain());
        dashboard.chain(Part.plain().ignoringHangup().hanging(), "k");
        dashboard.worker("k").ask("spawn", Map.of("argv", List.of("sh", "-c", "sleep 600 & wait"), "setsid", true));
        StagedProcess stopped = dashboard.worker("k");
        stopped.signal("STOP");
        stopped.awaitState("T", SOON);
        List<Long> pids = other.livePids();
        assertThat(pids).hasSizeGreaterThanOrEqualTo(11);
        return pids;
    }
}
