package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells from a command line what a process is, by structure: an editor, a {@code grep} or a shell whose words merely
 * mention a slash worker is not one.
 */
final class Recognition {

    private static final String WORKER_MODULE = "tui_gateway.slash_worker";
    private static final String WORKER_PACKAGE = "tui_gateway";
    private static final String ENTRY_MODULE = "tui_gateway.entry";
    private static final String COMPUTE_HOST_MODULE = "tui_gateway.compute_host";
    private static final String CLI_MODULE = "hermes_cli.main";
    private static final String CLI_SCRIPT = "hermes_cli/main.py";
    private static final String CLI_NAME = "hermes";
    private static final String MCP_WATCHDOG = "mcp_stdio_watchdog.py";
    private static final Set<String> ADOPTERS = Set.of(
            "systemd",
            "init",
            "launchd",
            "tini",
            "docker-init",
            "dumb-init",
            "catatonit",
            "runsv",
            "runsvdir",
            "conmon",
            "containerd-shim");
    private static final List<String> ADOPTER_FAMILIES = List.of("s6-", "tini-", "init(");
    private static final Set<String> NODE_SCRIPTS = Set.of("ui-tui/dist/entry.js", "hermes_cli/tui_dist/entry.js");

    private Recognition() {}

    /** Whether its words are a slash worker's, whatever file it runs. */
    static boolean isWorkerShaped(ProcessEntry process) {
        Optional<PythonCommand> command = command(process);
        return command.isPresent() && isWorker(command.get());
    }

    /** The options of a slash worker; empty for everything else. An executable that cannot be read may be Python. */
    static Optional<WorkerOptions> worker(ProcessEntry process) {
        if (!mayBePython(process)) {
            return Optional.empty();
        }
        Optional<PythonCommand> command = command(process);
        return command.isPresent() && isWorker(command.get())
                ? Optional.of(WorkerOptions.of(command.get()))
                : Optional.empty();
    }

    private static boolean isWorker(PythonCommand command) {
        return command.module().equals(WORKER_MODULE);
    }

    /** What kind of gateway it is; empty for everything else. */
    static Optional<GatewayKind> gateway(ProcessEntry process) {
        if (!mayBePython(process)) {
            return Optional.empty();
        }
        if (isTitledHermes(process.argv())) {
            return Optional.of(GatewayKind.UNKNOWN);
        }
        Optional<PythonCommand> command = command(process);
        return command.isPresent() ? gateway(command.get()) : Optional.empty();
    }

    private static Optional<GatewayKind> gateway(PythonCommand command) {
        if (command.module().equals(ENTRY_MODULE)) {
            return Optional.of(GatewayKind.ENTRY);
        }
        if (command.module().equals(COMPUTE_HOST_MODULE)) {
            return Optional.of(GatewayKind.COMPUTE_HOST);
        }
        boolean cli = command.module().equals(CLI_MODULE)
                || endsWithPath(command.script(), CLI_SCRIPT)
                || Executable.name(command.script()).equals(CLI_NAME);
        return cli ? subcommand(command.arguments()) : Optional.empty();
    }

    /** Options may stand before the subcommand and take values, so every word is looked at; erring here only keeps. */
    private static Optional<GatewayKind> subcommand(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "dashboard", "gui", "desktop" -> {
                    return Optional.of(GatewayKind.DASHBOARD);
                }
                case "serve" -> {
                    return Optional.of(GatewayKind.SERVE);
                }
                case "gateway" -> {
                    if (i + 1 < words.size() && words.get(i + 1).equals("run")) {
                        return Optional.of(GatewayKind.MESSAGING);
                    }
                }
                default -> {}
            }
        }
        return words.contains("--tui") ? Optional.of(GatewayKind.TUI) : Optional.empty();
    }

    /**
     * Whether it adopts orphans: init, or a subreaper known as one. Whoever else is a parent may have started its child,
     * {@code systemd-inhibit} and {@code init-hermes.sh} too.
     */
    static boolean isInit(ProcessEntry process) {
        if (process.pid() == 1 || ADOPTERS.contains(process.comm())) {
            return true;
        }
        for (String family : ADOPTER_FAMILIES) {
            if (process.comm().startsWith(family)) {
                return true;
            }
        }
        return false;
    }

    /** Whether Python runs a module of {@code tui_gateway} here that is not known. */
    static boolean mayBeNewerHermes(ProcessEntry process) {
        Optional<PythonCommand> command = mayBePython(process) ? command(process) : Optional.empty();
        return command.isPresent()
                && command.get().module().startsWith(WORKER_PACKAGE)
                && !isWorker(command.get())
                && gateway(process).isEmpty();
    }

    /** The Ink terminal interface: node running Hermes' {@code entry.js}. */
    static boolean isNodeTui(ProcessEntry process) {
        List<String> words = process.argv().words();
        for (int i = 1; i < words.size(); i++) {
            for (String script : NODE_SCRIPTS) {
                if (endsWithPath(words.get(i), script)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The wrapper that keeps an MCP server's life tied to its worker's: never a command somebody waits for. */
    static boolean isMcpWatchdog(ProcessEntry process) {
        for (String word : process.argv().words()) {
            if (Executable.name(word).equals(MCP_WATCHDOG)) {
                return true;
            }
        }
        return false;
    }

    /** {@code setproctitle} leaves one word, padded with NULs where the old words were. */
    private static boolean isTitledHermes(Argv argv) {
        if (!argv.command().equals(CLI_NAME)) {
            return false;
        }
        for (String word : argv.words().subList(1, argv.words().size())) {
            if (!word.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayBePython(ProcessEntry process) {
        return process.executable().isPython() || !process.executable().readable();
    }

    private static Optional<PythonCommand> command(ProcessEntry process) {
        return PythonCommand.parse(process.argv());
    }

    private static boolean endsWithPath(String word, String path) {
        return word.equals(path) || word.endsWith("/" + path);
    }
}
