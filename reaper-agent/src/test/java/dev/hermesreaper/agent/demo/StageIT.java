package dev.hermesreaper.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The stand-ins look like Hermes: said by the kernel, not by them. */
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
    void aWorkerOutlivesItsInterpretersFile() {
        StagedProcess worker =
                stage.director().dashboard().worker("k", Part.plain().deletedInterpreter());

        assertThat(Proc.link(worker.pid(), "exe")).endsWith("/python3 (deleted)");
        assertThat(worker.ask("ping", Map.of()).get("pid").getAsLong()).isEqualTo(worker.pid());
    }

    @Test
    void aWorkerInAPidNamespaceOfItsOwn() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may make pid namespaces");

        StagedProcess worker =
                stage.director().dashboard().worker("k", Part.plain().ownPidNamespace());

        assertThat(Proc.read(worker.pid(), "status")).contains("NSpid:\t" + worker.pid() + "\t1\n");
        assertThat(Proc.argv(worker.pid())).contains("tui_gateway.slash_worker");
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
}
