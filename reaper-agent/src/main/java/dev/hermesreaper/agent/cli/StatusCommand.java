package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.report.ServiceState;
import dev.hermesreaper.agent.report.StatusJson;
import dev.hermesreaper.agent.report.StatusText;
import dev.hermesreaper.agent.state.StateDirectory;
import dev.hermesreaper.agent.state.Status;
import dev.hermesreaper.agent.state.StatusFile;
import dev.hermesreaper.agent.sweep.Memory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code status}: is a service alive, and what does it do. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show whether the service is alive: its last pass, its next one, what it watches, what is wrong.",
            "Asks for that very process, not only for its pid. Ends with 0 if it is alive, with 1 if no service is, "
                    + "or its next pass is overdue, and with 4 if that cannot be told."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaper status",
            "  hermes-reaper status --format json | jq .lastPass",
            "  hermes-reaper status --state-dir /var/lib/hermes-reaper   the system service"
        })
final class StatusCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable RootCommand parent;

    @Mixin
    private Format.Choice written = new Format.Choice();

    @Override
    public Integer call() {
        RootCommand root = RootCommand.of(parent);
        Host host = root.agentInAnyCase().host();
        ServiceState state = state(root.locations().stateDirectory(), host);
        String text =
                switch (written.format()) {
                    case TEXT -> StatusText.render(state, root.layout(true));
                    case JSON -> StatusJson.render(state);
                };
        new Answer(root.terminal(), Optional.empty()).give(text);
        return state.life() == ServiceState.Life.RUNNING ? ExitCode.DONE.status() : ExitCode.LEAK.status();
    }

    /** Whether a live service there only observes. */
    static boolean observes(Path directory, Host host) {
        try {
            ServiceState state = state(directory, host);
            return state.life().isAlive()
                    && state.status()
                            .filter(it -> it.setup().mode().equals("observe"))
                            .isPresent();
        } catch (HostException unknown) {
            return false;
        }
    }

    /**
     * What is known of the service that keeps its state in {@code directory}.
     *
     * @throws HostException if there is something that cannot be read
     */
    static ServiceState state(Path directory, Host host) {
        Optional<Status> said = Optional.empty();
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            StatusFile.Read read = new StatusFile(StateDirectory.existing(directory, host.self())).read();
            read.problem().ifPresent(problem -> {
                throw new HostException("cannot tell whether a service is alive: " + problem);
            });
            said = read.status();
        }
        Moment now = host.now();
        return new ServiceState(
                host.self().hostName(),
                directory,
                now,
                said,
                ServiceState.life(
                        said, said.flatMap(it -> host.entry(it.service().pid())), now),
                Memory.pause(directory, host),
                Memory.counts(directory, host.self()),
                Optional.of(Locations.system(System.getProperty("os.name", "")).stateDirectory())
                        .filter(it -> !it.equals(directory) && Files.isDirectory(it)));
    }
}
