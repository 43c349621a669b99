package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Tty;
import dev.hermesreaper.agent.host.oshi.Hosts;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.ServiceState;
import dev.hermesreaper.agent.report.WatchText;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Inspector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code watch}: the report as a live view. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show gateways, sessions and workers live in the terminal, with their verdicts and when they are due.",
            "Looks again and again; ends and records nothing. Quit with q or Ctrl-C; space looks at once."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaper watch",
            "  hermes-reaper watch --interval 10s",
            "  ssh -t vm-hermes hermes-reaper watch"
        })
final class WatchCommand implements Callable<Integer> {

    /** How soon a key or a new size is noticed. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofHours(1);

    @ParentCommand
    private @Nullable RootCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--interval",
            paramLabel = "D",
            converter = Interval.class,
            defaultValue = "2s",
            description = "How often to look, e.g. 500ms or 10s; 2s unless said.")
    private Duration interval = Duration.ofSeconds(2);

    /** Reads how often to look. */
    static final class Interval implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            Duration interval = new Words.Span().convert(word);
            if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw Words.wrong(word, "a duration from 200ms to 1h");
            }
            return interval;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        RootCommand root = RootCommand.of(parent);
        if (!root.terminal().isOutTerminal() || !Terminal.isInputTerminal()) {
            throw new ParameterException(
                    spec().commandLine(),
                    "this is no terminal to watch on; for a pipe or a file: hermes-reaper report (over ssh: ssh -t)");
        }
        Agent agent = root.agent(List.of());
        Inspector inspector = agent.inspector(root.peek(agent));
        // The first look fails as any other command would, before the screen is taken over.
        LeakReport report = root.report(agent, inspector.look());
        try (Screen screen = Screen.open(root.terminal(), Hosts.tty(), System.in)) {
            while (true) {
                if (!isToGoOn(root, agent.host(), screen, report)) {
                    return ExitCode.DONE.status();
                }
                report = root.report(agent, inspector.look());
            }
        }
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not started by picocli");
        }
        return spec;
    }

    /** Shows {@code report} until it is time to look again; false if that is not wanted any more. */
    private boolean isToGoOn(RootCommand root, Host host, Screen screen, LeakReport report)
            throws InterruptedException {
        String footer =
                WatchText.footer(report, interval, service(root.locations().stateDirectory(), host));
        Tty.Size size = draw(root, screen, report, footer);
        Moment start = host.now();
        while (host.now().awake().minus(start.awake()).compareTo(interval) < 0) {
            switch (screen.key()) {
                case QUIT -> {
                    return false;
                }
                case AGAIN -> {
                    return true;
                }
                case NONE -> {}
            }
            if (!screen.size().equals(size)) {
                screen.wipe();
                size = draw(root, screen, report, footer);
            }
            host.sleep(TICK);
        }
        return true;
    }

    private static Tty.Size draw(RootCommand root, Screen screen, LeakReport report, String footer) {
        Tty.Size size = screen.size();
        screen.show(WatchText.render(
                report,
                size.columns(),
                size.rows(),
                footer,
                root.isColoured(),
                root.terminal().isUnicode()));
        return size;
    }

    private static Optional<ServiceState> service(Path stateDirectory, Host host) {
        try {
            return Optional.of(StatusCommand.state(stateDirectory, host));
        } catch (HostException cannotTell) {
            return Optional.empty();
        }
    }
}
