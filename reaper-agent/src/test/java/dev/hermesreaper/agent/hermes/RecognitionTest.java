package dev.hermesreaper.agent.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {
    private static final String WORKER = "python3 -m tui_gateway.slash_worker --session-key K";

    private static ProcessEntry process(Executable file, List<String> words) {
        return new ProcessEntry(
                new ProcessIdentity("boot", 101, 5), 100, 'S', 1, 1000, new Argv(true, words), file, "python3");
    }

    private static ProcessEntry running(String file, String line) {
        return process(Executable.at(file), List.of(line.split(" ", -1)));
    }

    private static ProcessEntry python(String line) {
        return running("/usr/bin/python3.11", line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/python3.11",
                "/usr/bin/python3.11 (deleted)",
                "/usr/bin/python",
                "/opt/python3.13t",
                "/opt/homebrew/Python.app/Contents/MacOS/Python",
                "/usr/bin/pypy3"
            })
    void aWorkerOfAnyInterpreter(String file) {
        assertThat(Recognition.worker(running(file, WORKER))).isPresent();
    }

    @Test
    void aWorkerWhoseFileCannotBeReadMayBeOne() {
        assertThat(Recognition.worker(process(Executable.UNREADABLE, List.of(WORKER.split(" ", -1)))))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/vim,          vim -m tui_gateway.slash_worker --session-key K",
        "/usr/bin/grep,         grep -m tui_gateway.slash_worker --session-key K",
        "/usr/bin/tail,         tail -f tui_gateway.slash_worker.log",
        "/usr/bin/bash,         bash -c pgrep -f tui_gateway.slash_worker --session-key K",
        "/usr/bin/python3-config, python3 -m tui_gateway.slash_worker --session-key K",
        "/usr/bin/pythonia,     python3 -m tui_gateway.slash_worker --session-key K",
        "/usr/bin/ssh,          ssh box python3 -m tui_gateway.slash_worker --session-key K"
    })
    void anotherProgramThatMentionsAWorkerIsNone(String file, String line) {
        assertThat(Recognition.worker(running(file, line))).isEmpty();
        assertThat(Recognition.gateway(running(file, line))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python3 -c x -m tui_gateway.slash_worker --session-key K",
                "python3 pgrep.py -m tui_gateway.slash_worker --session-key K",
                "python3 tui_gateway/slash_worker.py --session-key K",
                "python3 -m pytest -k tui_gateway.slash_worker",
                "python3 -m tui_gateway.slash_workers --session-key K",
                "python3 -m xtui_gateway.slash_worker --session-key K",
                "python3 -m TUI_GATEWAY.SLASH_WORKER --session-key K",
                "python3 -m pdb -m tui_gateway.slash_worker --session-key K"
            })
    void pythonThatMentionsAWorkerIsNone(String line) {
        assertThat(Recognition.worker(python(line))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ENTRY,        python3 -m tui_gateway.entry",
        "ENTRY,        python3 -I -m tui_gateway.entry",
        "COMPUTE_HOST, python3 -m tui_gateway.compute_host",
        "DASHBOARD,    /v/bin/python3 /v/bin/hermes dashboard --port 9119 --no-open --tui",
        "DASHBOARD,    python3 -m hermes_cli.main -p default dashboard --open-profile X",
        "DASHBOARD,    python3 /opt/hermes/hermes_cli/main.py dashboard",
        "DASHBOARD,    python3 hermes_cli/main.py gui",
        "DASHBOARD,    python3 /v/bin/hermes desktop",
        "SERVE,        python3 -m hermes_cli.main --profile P serve --host 127.0.0.1 --port 0",
        "MESSAGING,    python3 -m hermes_cli.main --profile P gateway run --replace",
        "TUI,          python3 /v/bin/hermes --tui",
        "UNKNOWN,      hermes"
    })
    void gateways(GatewayKind kind, String line) {
        assertThat(Recognition.gateway(python(line))).contains(kind);
        assertThat(Recognition.worker(python(line))).isEmpty();
    }

    @Test
    void aTitlePaddedWithNothingIsATitle() {
        ProcessEntry renamed = process(Executable.at("/usr/bin/python3"), List.of("hermes", "", "", ""));

        assertThat(Recognition.gateway(renamed)).contains(GatewayKind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python3 /v/bin/hermes chat -q dashboards",
                "python3 /v/bin/hermes gateway status",
                "python3 /v/bin/hermes gateway",
                "python3 /v/bin/hermes",
                "python3 /v/bin/hermesx dashboard",
                "python3 xhermes_cli/main.py dashboard",
                "python3 -c print('dashboard') dashboard",
                "python3 -m http.server serve",
                "hermes chat",
                WORKER
            })
    void noGateways(String line) {
        assertThat(Recognition.gateway(python(line))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  node --expose-gc /root/ui-tui/dist/entry.js",
        "true,  node /site/hermes_cli/tui_dist/entry.js",
        "true,  node ui-tui/dist/entry.js",
        "false, node /x/my-ui-tui/dist/entry.js",
        "false, node /x/dist/entry.js",
        "false, ui-tui/dist/entry.js"
    })
    void nodeTuis(boolean expected, String line) {
        assertThat(Recognition.isNodeTui(running("/usr/bin/node", line))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "true,  python3 /opt/hermes/tools/mcp_stdio_watchdog.py --ppid 5 -- npx x",
        "false, python3 /opt/hermes/tools/mcp_stdio_watchdog.py.bak",
        "false, tail -f mcp_stdio_watchdog.log"
    })
    void mcpWatchdogs(boolean expected, String line) {
        assertThat(Recognition.isMcpWatchdog(python(line))).isEqualTo(expected);
    }

    /** By the kernel's short name, which holds 15 bytes. */
    @ParameterizedTest
    @CsvSource({
        "true,  systemd",
        "true,  init",
        "true,  init(Ubuntu-22.",
        "true,  tini-static",
        "true,  s6-svscan",
        "true,  containerd-shim",
        "false, systemd-inhibit",
        "false, systemd-nspawn",
        "false, init-hermes.sh",
        "false, initdb",
        "false, bash"
    })
    void adopters(boolean expected, String comm) {
        ProcessEntry process = new ProcessEntry(
                new ProcessIdentity("boot", 101, 5), 1, 'S', 1, 1000, Argv.of("x"), Executable.at("/bin/x"), comm);

        assertThat(Recognition.isInit(process)).isEqualTo(expected);
    }
}
