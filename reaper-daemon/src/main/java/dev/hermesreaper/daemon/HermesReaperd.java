package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.host.HostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The program {@code hermes-reaperd}: the pass that never sleeps. */
@Command(
        name = "hermes-reaperd",
        mixinStandardHelpOptions = true,
        versionProvider = HermesReaperd.Version.class,
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
public final class HermesReaperd implements Callable<Integer> {

    private static final int USAGE = 2;
    private static final int CONFIG = 3;
    private static final int BLIND = 4;
    private static final int TAKEN = 5;
    private static final int DEFECT = 70;

    @Option(names = "--config", paramLabel = "FILE", description = "Read this configuration instead of the usual one.")
    private @Nullable Path config;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Keep what must outlive a pass here.")
    private @Nullable Path stateDirectory;

    private HermesReaperd() {}

    /** Runs until told to stop, and ends with its exit status. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new HermesReaperd());
        command.setOut(new java.io.PrintWriter(System.out, true, StandardCharsets.UTF_8));
        command.setErr(new java.io.PrintWriter(System.err, true, StandardCharsets.UTF_8));
        command.setParameterExceptionHandler((wrong, words) -> {
            wrong.getCommandLine().getErr().println("hermes-reaperd: " + wrong.getMessage());
            wrong.getCommandLine().getErr().println("Try 'hermes-reaperd --help'.");
            return USAGE;
        });
        command.setExecutionExceptionHandler((failure, line, result) -> {
            if (failure instanceof ConfigException mistakes) {
                mistakes.problems().forEach(problem -> line.getErr().println("hermes-reaperd: " + problem));
                return CONFIG;
            }
            if (failure instanceof HostException) {
                line.getErr().println("hermes-reaperd: " + failure.getMessage());
                return BLIND;
            }
            if (failure instanceof Service.TakenException) {
                line.getErr().println("hermes-reaperd: " + failure.getMessage());
                return TAKEN;
            }
            line.getErr().println("hermes-reaperd: internal error, please report it: " + failure);
            failure.printStackTrace(line.getErr());
            return DEFECT;
        });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() {
        Service service =
                Service.prepare(Optional.ofNullable(config), Optional.ofNullable(stateDirectory), System.getenv());
        service.stopAtExit(Runtime.getRuntime());
        service.reloadOnHangup();
        service.run();
        return 0;
    }

    /** The version this was built as, from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hermes-reaperd " + number()};
        }

        /** {@code 0.1.0}. */
        static String number() {
            return Optional.ofNullable(HermesReaperd.class.getPackage().getImplementationVersion())
                    .orElse("(unpackaged)");
        }
    }
}
