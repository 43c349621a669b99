package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.config.PlainWords;
import dev.hermesreaper.agent.host.HostException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The program {@code hermes-reaperd}: the pass that never sleeps. */
public final class HermesReaperd {

    private static final int CONFIG = 3;
    private static final int BLIND = 4;
    private static final int TAKEN = 5;
    private static final int DEFECT = 70;

    private static final String CONFIG_FILE = "--config";
    private static final String STATE_DIRECTORY = "--state-dir";

    private HermesReaperd() {}

    /** Runs until told to stop, and ends with its exit status. */
    public static void main(String[] args) {
        System.exit(plain(args)
                .map(words -> run(
                        Optional.ofNullable(words.get(CONFIG_FILE)), Optional.ofNullable(words.get(STATE_DIRECTORY))))
                .orElseGet(() -> DaemonCommand.execute(args)));
    }

    /** What a unit or a plist says; empty for whatever is {@link DaemonCommand}'s to understand. */
    static Optional<Map<String, Path>> plain(String... args) {
        return PlainWords.read(Set.of(), Set.of(CONFIG_FILE, STATE_DIRECTORY), List.of(args))
                .map(PlainWords::files);
    }

    /** Runs the service until it is told to stop; its exit status. */
    static int run(Optional<Path> config, Optional<Path> stateDirectory) {
        PrintStream err = System.err;
        try {
            Service service = Service.prepare(config, stateDirectory, System.getenv());
            service.stopAtExit(Runtime.getRuntime());
            service.reloadOnHangup();
            service.run();
            return 0;
        } catch (ConfigException mistakes) {
            mistakes.problems().forEach(problem -> err.println("hermes-reaperd: " + problem));
            return CONFIG;
        } catch (HostException failure) {
            err.println("hermes-reaperd: " + failure.getMessage());
            return BLIND;
        } catch (Service.TakenException failure) {
            err.println("hermes-reaperd: " + failure.getMessage());
            return TAKEN;
        } catch (RuntimeException failure) {
            err.println("hermes-reaperd: internal error, please report it: " + failure);
            failure.printStackTrace(err);
            return DEFECT;
        }
    }

    /** The version this was built as, from the jar's manifest: {@code 0.1.0}. */
    static String version() {
        return Optional.ofNullable(HermesReaperd.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
    }
}
