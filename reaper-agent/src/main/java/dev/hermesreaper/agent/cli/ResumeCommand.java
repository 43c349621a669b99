package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.notification.Notice;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.state.PauseFile;
import dev.hermesreaper.agent.sweep.Agent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code resume}: ends a pause. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"End a pause: what is due is ended again, by the service and by sweeps."},
        footer = {"", "Example:", "  hermes-reaper resume"})
final class ResumeCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable RootCommand parent;

    @Override
    public Integer call() throws InterruptedException {
        RootCommand root = RootCommand.of(parent);
        Agent agent = root.agentInAnyCase();
        Host host = agent.host();
        Path directory = root.locations().stateDirectory();
        PauseFile file = PauseFile.in(directory, host);
        Optional<Pause> before = file.now();
        if (before.isPresent() || Files.isDirectory(directory)) {
            file.end().ifPresent(problem -> {
                throw new UnwritableException("not resumed: " + problem);
            });
        }
        root.terminal()
                .out()
                .println(before.map(pause -> "resumed; it was " + RawText.printable(pause.said(), 400))
                                .orElse("there was no pause")
                        + " (state directory " + directory + ")");
        root.terminal().out().flush();
        if (before.isPresent()) {
            String by = OwnName.of(root.terminal().environment());
            root.tell(
                    agent.config(),
                    List.of(Notice.resumed(host.self().hostName(), host.now().wall(), Optional.of(by))));
        }
        return ExitCode.DONE.status();
    }
}
