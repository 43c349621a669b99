package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.notification.Notice;
import dev.hermesreaper.agent.notification.Notifier;
import dev.hermesreaper.agent.report.Layout;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.Orders;
import dev.hermesreaper.agent.state.Marks;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Memory;
import dev.hermesreaper.agent.sweep.Recall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options every command has, and what follows from them. */
@Command(
        name = "hermes-reaper",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Finds the slash workers that Hermes dashboards leak, says why, and ends exactly those.",
        optionListHeading = "%nOptions, before or after the command:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  hermes-reaper report             what leaks now, and how much it holds",
            "  hermes-reaper sweep --dry-run    what a sweep would end, and why",
            "  hermes-reaper explain 4711       every question the judge asked about one process",
            "  hermes-reaper history --since 7d what was ended in the last week, and what it gave back",
            "",
            "Exit status: 0 done, 1 a leak found (report --fail-on-leak) or left (sweep), a fault (doctor),",
            "  no live service (status), or a demo or service command that failed, 2 usage, or an answer",
            "  that could not be written, 3 configuration, 4 could not observe, or no such process,",
            "  5 another sweep is running, 69 no Java 17, 70 defect, 130 interrupted."
        })
final class RootCommand implements Runnable {

    enum Colour {
        AUTO,
        ALWAYS,
        NEVER;

        /** Reads the word after {@code --color}. */
        static final class Word extends Words.OneOf<Colour> {
            Word() {
                super(values());
            }
        }
    }

    private final Terminal terminal;
    private final Complaints complaints;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = Words.Place.class,
            scope = ScopeType.INHERIT,
            description = "Read this configuration instead of the usual one.")
    private @Nullable Path config;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            converter = Words.Place.class,
            scope = ScopeType.INHERIT,
            description = "Keep what must outlive a pass here.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--source",
            paramLabel = "auto|proc|oshi",
            completionCandidates = Candidates.Sources.class,
            scope = ScopeType.INHERIT,
            description = "Read the process table through /proc, through OSHI, or as fits (auto).")
    private @Nullable String source;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            converter = Colour.Word.class,
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            description = "Colour the answer; auto: on a terminal, unless NO_COLOR is set.")
    private Colour colour = Colour.AUTO;

    @Option(names = "-v", scope = ScopeType.INHERIT, description = "Say on standard error what is being done.")
    private boolean verbose;

    RootCommand(Terminal terminal) {
        this.terminal = terminal;
        this.complaints = new Complaints(terminal);
    }

    /** What picocli makes of these two options; null for one that is not given. */
    static RootCommand plain(Terminal terminal, @Nullable Path config, @Nullable Path stateDirectory) {
        RootCommand root = new RootCommand(terminal);
        root.config = config;
        root.stateDirectory = stateDirectory;
        return root;
    }

    @Override
    public void run() {
        CommandSpec command = spec();
        throw new ParameterException(command.commandLine(), "no command given");
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not started by picocli");
        }
        return spec;
    }

    Terminal terminal() {
        return terminal;
    }

    boolean isVerbose() {
        return verbose;
    }

    boolean isColoured() {
        return switch (colour) {
            case AUTO -> terminal.wantsColour();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    Locations locations() {
        Locations usual = Locations.of(
                System.getProperty("os.name", ""),
                isRoot(),
                terminal.environment(),
                System.getProperty("user.home", ""));
        return stateDirectory == null ? usual : usual.withStateDirectory(stateDirectory.toAbsolutePath());
    }

    /** Where the configuration is, whether or not there is a file. */
    Path configFile() {
        return config == null ? locations().configFile() : config;
    }

    /** The configuration in force, with {@code flags} on top. */
    EffectiveConfig effective(List<ConfigSources.Flag> flags) {
        List<ConfigSources.Flag> all = new ArrayList<>(flags);
        if (source != null) {
            all.add(flag(spec(), "--source", "scan.source", source));
        }
        return sources(all).read();
    }

    /** What tells whether a file of the configuration has changed since. */
    Marks configMarks() {
        return Marks.of(sources(List.of()).places());
    }

    private ConfigSources sources(List<ConfigSources.Flag> flags) {
        return new ConfigSources(Optional.ofNullable(config), locations(), terminal.environment(), flags, uid());
    }

    /** A setting given on the command line; a value it does not take is a usage error. */
    ConfigSources.Flag flag(CommandSpec command, String name, String setting, String value) {
        try {
            return new ConfigSources.Flag(name, setting, value);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Everything a pass needs, on this machine. */
    Agent agent(List<ConfigSources.Flag> flags) {
        EffectiveConfig effective = effective(flags);
        for (String warning : effective.warnings()) {
            complain(warning);
        }
        return agent(effective);
    }

    /** The same, of a configuration that was read. */
    Agent agent(EffectiveConfig effective) {
        return Agent.onThisMachine(effective.config(), locations().stateDirectory());
    }

    /**
     * The same for what hangs on no setting, such as a pause: with a configuration that cannot be used, which is said, the
     * defaults. Who has just spoiled that file is the one who needs these commands.
     */
    Agent agentInAnyCase() {
        try {
            return agent(List.of());
        } catch (ConfigException unusable) {
            unusable.problems().forEach(complaints);
            return agent(EffectiveConfig.defaults());
        }
    }

    /** The root command a subcommand was started from. */
    static RootCommand of(@Nullable RootCommand parent) {
        if (parent == null) {
            throw new IllegalStateException("not started by picocli");
        }
        return parent;
    }

    /** What earlier passes saw, to be looked at only. */
    Recall peek(Agent agent) {
        return Memory.peek(locations().stateDirectory(), agent.host().self(), complaints);
    }

    /** One line for the operator about something that is not as it should be. */
    void complain(String problem) {
        complaints.accept(problem);
    }

    /** Where {@link #complain} goes, for whoever is to be told of several. */
    Consumer<String> complaints() {
        return complaints;
    }

    /** How a text is laid out; one that goes to a file has no colours. */
    Layout layout(boolean toTerminal) {
        return new Layout(terminal.columns(), toTerminal && isColoured(), terminal.isUnicode());
    }

    /** The operator's pause in force. */
    Optional<Pause> pause(Host host) {
        return Memory.pause(locations().stateDirectory(), host);
    }

    /** Runs the operator's command for each of {@code notices}, and waits for it, 10 s at most. */
    void tell(Config config, List<Notice> notices) throws InterruptedException {
        List<String> command = config.notification().command();
        if (!notices.isEmpty() && !command.isEmpty()) {
            try (Notifier notifier = new Notifier(command, uid(), complaints)) {
                for (Notice notice : notices) {
                    notifier.tell(notice);
                }
                notifier.finish();
            }
        }
    }

    /** The report on {@code judgement}. */
    LeakReport report(Agent agent, Judgement judgement) {
        return LeakReport.of(
                        judgement,
                        uid -> Optional.of(agent.users().nameOf(uid)),
                        agent.host().limitations())
                .under(orders(agent));
    }

    /** What keeps the passes of this state directory from signalling; a service may have been told by its unit alone. */
    Orders orders(Agent agent) {
        return new Orders(
                pause(agent.host()),
                agent.config().reap().mode() == ReapPolicy.Mode.OBSERVE
                        || StatusCommand.observes(locations().stateDirectory(), agent.host()));
    }

    private static boolean isRoot() {
        return uid() == 0;
    }

    private static long uid() {
        return OwnUser.uid();
    }
}
