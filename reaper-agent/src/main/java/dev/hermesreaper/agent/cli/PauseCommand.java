package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.notification.Notice;
import dev.hermesreaper.agent.state.PauseFile;
import dev.hermesreaper.agent.sweep.Agent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code pause 1h}: nobody is signalled meanwhile. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Signal nobody for a while, neither by the service nor by a sweep.",
            "Also a sweep that is under way stops signalling. Looks go on: what was seen is remembered, and what is due "
                    + "is deferred. A later pause replaces this one; hermes-reaper resume ends it."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaper pause 1h      while the dashboard is being looked at",
            "  hermes-reaper pause 2d",
            "  hermes-reaper resume        before it is over"
        })
final class PauseCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable RootCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "D",
            converter = Words.Span.class,
            description = "For how long, e.g. 30m, 1h or 2d.")
    private @Nullable Duration length;

    @Override
    public Integer call() throws InterruptedException {
        RootCommand root = RootCommand.of(parent);
        Duration asked = asked();
        Agent agent = root.agentInAnyCase();
        Host host = agent.host();
        Path directory = root.locations().stateDirectory();
        PauseFile file = PauseFile.toWrite(directory, host);
        file.give(OwnName.of(root.terminal().environment()), asked).ifPresent(problem -> {
            throw new UnwritableException("not paused: " + problem);
        });
        Pause pause = file.now().orElseThrow(() -> new UnwritableException("not paused: the pause was over at once"));
        root.terminal()
                .out()
                .println(pause.said() + ": nobody is signalled by sweeps and the service that keep their state in "
                        + directory);
        otherService(directory).forEach(other -> root.terminal().out().println(other));
        root.terminal().out().flush();
        root.tell(
                agent.config(),
                List.of(Notice.paused(host.self().hostName(), host.now().wall(), pause)));
        return ExitCode.DONE.status();
    }

    /** The service of root is not ours to pause, and a user might think it was. */
    private static List<String> otherService(Path directory) {
        Path system = Locations.system(System.getProperty("os.name", "")).stateDirectory();
        return directory.equals(system) || !Files.isDirectory(system)
                ? List.of()
                : List.of("a service of this machine that keeps its state in " + system
                        + " goes on; to pause that one: sudo hermes-reaper pause 1h");
    }

    private Duration asked() {
        if (length == null) {
            throw wrong("say for how long, e.g. hermes-reaper pause 1h");
        }
        if (length.isZero()) {
            throw wrong("expected more than no time; to end a pause: hermes-reaper resume");
        }
        return length;
    }

    private ParameterException wrong(String why) {
        if (spec == null) {
            throw new IllegalStateException("not started by picocli");
        }
        return new ParameterException(spec.commandLine(), why);
    }
}
