package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.demo.StageException;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.service.ServiceException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code hermes-reaper}. */
public final class HermesReaper {

    private HermesReaper() {}

    /** Runs one command and ends with its exit status. */
    public static void main(String[] args) {
        Outlet out = Terminal.outlet();
        Terminal terminal = Terminal.ofThisProcess(out);
        int status = run(terminal, args);
        terminal.out().flush();
        if (out.isBroken()) {
            terminal.err().println("hermes-reaper: the answer could not be written: " + out.problem());
            status = status == ExitCode.DONE.status() ? ExitCode.USAGE.status() : status;
        }
        terminal.err().flush();
        System.exit(status);
    }

    /** The commands and their options: what the manual and the completion are written from. */
    public static CommandSpec commands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal nobody = new Terminal(nowhere, nowhere, false, false, Map.of());
        return Commands.all(nobody).getCommandSpec();
    }

    /** Runs one command against {@code terminal}; the exit status. */
    static int run(Terminal terminal, String... args) {
        Optional<SweepCommand> plain = PlainSweep.read(terminal, args);
        return plain.isPresent() ? call(terminal, plain.get()) : execute(terminal, args);
    }

    private static int call(Terminal terminal, SweepCommand sweep) {
        try {
            return sweep.call();
        } catch (Exception failure) {
            return explain(terminal, failure).status();
        }
    }

    private static int execute(Terminal terminal, String... args) {
        CommandLine commands = Commands.of(terminal, args);
        commands.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpAutoWidth(false);
        commands.setUsageHelpWidth(Math.min(100, terminal.columns()));
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.wantsColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        commands.setParameterExceptionHandler((failure, words) -> complain(terminal, failure));
        commands.setExecutionExceptionHandler(
                (failure, command, result) -> explain(terminal, failure).status());
        return commands.execute(args);
    }

    private static int complain(Terminal terminal, ParameterException failure) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        String problem = failure instanceof UnmatchedArgumentException unmatched
                ? unknown(command, unmatched)
                : named(firstLine(String.valueOf(failure.getMessage())));
        terminal.err().println("hermes-reaper: " + problem);
        terminal.err().println("Try '" + command.qualifiedName() + " --help'.");
        return ExitCode.USAGE.status();
    }

    private static String unknown(CommandSpec command, UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().get(0);
        String shown = RawText.printable(word);
        // Behind "--" an option is a word like any other, and would be its own suggestion.
        List<String> near = unmatched.getSuggestions().stream()
                .filter(it -> !it.equals(word))
                .toList();
        String hint = near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?";
        if (word.startsWith("-")) {
            return "unknown option " + shown + hint;
        }
        return command.subcommands().isEmpty()
                ? "unexpected word " + shown
                : "unknown command %s, expected one of %s%s"
                        .formatted(
                                shown, String.join(", ", command.subcommands().keySet()), hint);
    }

    /** As all other messages begin: with the option, and nothing before it. */
    private static String named(String message) {
        return message.replaceFirst(
                "^Invalid value for (?:option '([^']*)'|positional parameter at index [^ ]* \\(([^)]*)\\)): ",
                "$1$2: ");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }

    private static ExitCode explain(Terminal terminal, Exception failure) {
        if (failure instanceof ConfigException config) {
            config.problems().forEach(problem -> terminal.err().println("hermes-reaper: " + problem));
            return ExitCode.CONFIG;
        }
        if (failure instanceof HostException || failure instanceof StageException) {
            terminal.err().println("hermes-reaper: " + failure.getMessage());
            return ExitCode.BLIND;
        }
        if (failure instanceof ServiceException service) {
            terminal.err().println("hermes-reaper: " + service.getMessage());
            return ServiceCommand.statusOf(service);
        }
        if (failure instanceof UnwritableException) {
            terminal.err().println("hermes-reaper: " + failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            terminal.err().println("hermes-reaper: interrupted");
            return ExitCode.INTERRUPTED;
        }
        terminal.err().println("hermes-reaper: internal error, please report it: " + failure);
        failure.printStackTrace(terminal.err());
        return ExitCode.DEFECT;
    }
}
