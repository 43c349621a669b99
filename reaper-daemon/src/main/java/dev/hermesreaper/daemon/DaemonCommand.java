package dev.hermesreaper.daemon;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The command line of {@code hermes-reaperd}, for people; what a service manager says is read without it. */
@Command(
        name = "hermes-reaperd",
        mixinStandardHelpOptions = true,
        versionProvider = DaemonCommand.Version.class,
        description = {
            "Ends leaked slash workers until it is told to stop: looks right after a gateway has died,",
            "when a worker is due, and every scan.interval (30 s).",
            "Everything it does to a process, hermes-reaper sweep does too. Logs to standard error.",
            "SIGHUP, or a changed file, has the configuration read again; one that cannot be used",
            "leaves the last good one in force."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaperd",
            "  hermes-reaperd --config /etc/hermes-reaper/config.toml",
            "",
            "Exit status: 0 stopped by SIGTERM or SIGINT, 2 usage, 3 configuration,",
            "  4 could not observe, 5 another service has the same state directory, 70 a defect in this program."
        })
final class DaemonCommand implements Callable<Integer> {

    private static final int USAGE = 2;

    @Option(names = "--config", paramLabel = "FILE", description = "Read this configuration instead of the usual one.")
    private @Nullable Path config;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Keep what must outlive a pass here.")
    private @Nullable Path stateDirectory;

    private DaemonCommand() {}

    /** Does what {@code words} ask for, and ends with its exit status. */
    static int execute(String... words) {
        CommandLine command = new CommandLine(new DaemonCommand());
        command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        command.setParameterExceptionHandler((wrong, line) -> {
            wrong.getCommandLine().getErr().println("hermes-reaperd: " + wrong.getMessage());
            wrong.getCommandLine().getErr().println("Try 'hermes-reaperd --help'.");
            return USAGE;
        });
        return command.execute(words);
    }

    @Override
    public Integer call() {
        return HermesReaperd.run(Optional.ofNullable(config), Optional.ofNullable(stateDirectory));
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hermes-reaperd " + HermesReaperd.version()};
        }
    }
}
