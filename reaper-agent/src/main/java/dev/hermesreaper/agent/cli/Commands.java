package dev.hermesreaper.agent.cli;

import java.util.List;
import picocli.CommandLine;

/**
 * The commands, in the order of the help. Each costs picocli some milliseconds to get to know, so where the first word names
 * one, the others are left out: no word after it can lead to them.
 */
final class Commands {

    private static final List<String> NAMES = List.of(
            "report", "sweep", "explain", "history", "status", "watch", "pause", "resume", "doctor", "service",
            "config", "demo");

    private Commands() {}

    /** All of them. */
    static CommandLine all(Terminal terminal) {
        return with(terminal, NAMES);
    }

    /** Those that {@code args} can lead to. */
    static CommandLine of(Terminal terminal, String... args) {
        return args.length > 0 && NAMES.contains(args[0]) ? with(terminal, List.of(args[0])) : all(terminal);
    }

    private static CommandLine with(Terminal terminal, List<String> names) {
        CommandLine commands = new CommandLine(new RootCommand(terminal));
        names.forEach(name -> commands.addSubcommand(name, named(name)));
        return commands;
    }

    /** A class is loaded only once it is asked for here. */
    private static Class<?> named(String name) {
        return switch (name) {
            case "report" -> ReportCommand.class;
            case "sweep" -> SweepCommand.class;
            case "explain" -> ExplainCommand.class;
            case "history" -> HistoryCommand.class;
            case "status" -> StatusCommand.class;
            case "watch" -> WatchCommand.class;
            case "pause" -> PauseCommand.class;
            case "resume" -> ResumeCommand.class;
            case "doctor" -> DoctorCommand.class;
            case "service" -> ServiceCommand.class;
            case "config" -> ConfigCommand.class;
            case "demo" -> DemoCommand.class;
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
