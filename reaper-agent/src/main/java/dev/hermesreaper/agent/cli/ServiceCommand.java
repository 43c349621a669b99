package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.service.Change;
import dev.hermesreaper.agent.service.Dashboard;
import dev.hermesreaper.agent.service.Scope;
import dev.hermesreaper.agent.service.ServiceException;
import dev.hermesreaper.agent.service.Services;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code service install|uninstall|status|protect}. */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        description = "Install our own service; protect the dashboard's.",
        synopsisSubcommandLabel = "install|uninstall|status|protect",
        footer = {
            "",
            "Examples:",
            "  hermes-reaper service status                is it there, and are the dashboards' services safe?",
            "  hermes-reaper service install               for this user; as root for the machine",
            "  hermes-reaper service protect --dry-run     what would be put beside a dashboard's unit",
            "  hermes-reaper service protect               put it there; nothing is restarted",
            "  hermes-reaper service protect --undo        take it away again, byte for byte"
        })
final class ServiceCommand implements Runnable {

    @ParentCommand
    private @Nullable RootCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    /** Whose services, and whether anything is written. */
    static final class Choice {

        @Option(names = "--user", description = "The services of this user; the default for everybody but root.")
        private boolean user;

        @Option(names = "--system", description = "The services of the machine; the default for root.")
        private boolean system;
    }

    /** Whether anything is written. */
    static final class Trial {

        @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
        private boolean dryRun;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "say which: service install, uninstall, status or protect");
        }
    }

    private RootCommand root() {
        return RootCommand.of(parent);
    }

    private void say(String text) {
        root().terminal().out().print(text.endsWith("\n") ? text : text + "\n");
    }

    private Services services(Choice choice, boolean writes) {
        long uid = OwnUser.uid();
        Scope scope = Scope.chosen(choice.user, choice.system, uid == 0, writes);
        return Services.ofThisMachine(
                scope, uid, root().terminal().environment(), root().locations(), Distribution.programs());
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = {
                "Write, enable and start our service, or --sweep every half hour instead of it.",
                "Where a package has brought the units, only enables and starts them."
            })
    int install(
            @Mixin Choice choice,
            @Mixin Trial trial,
            @Option(names = "--sweep", description = "A sweep every half hour instead of the daemon.") boolean sweep) {
        Services services = services(choice, !trial.dryRun);
        List<Change> changes = services.installation(sweep).stream()
                .filter(change -> !change.isNothing())
                .toList();
        if (trial.dryRun) {
            changes.forEach(change -> say(change.diff()));
            say("Nothing was written: --dry-run.");
            return ExitCode.DONE.status();
        }
        services.install(sweep);
        changes.forEach(change -> say("wrote " + change.file()));
        services.state().forEach(this::say);
        return ExitCode.DONE.status();
    }

    @Command(
            name = "uninstall",
            mixinStandardHelpOptions = true,
            description = {
                "Stop our service, and remove the files of it that `service install` wrote.",
                "Protections of dashboards stay: `service protect --undo` takes those away."
            })
    int uninstall(@Mixin Choice choice, @Mixin Trial trial) {
        Services services = services(choice, !trial.dryRun);
        if (trial.dryRun) {
            services.installed().forEach(file -> say("would remove " + file));
            say("Nothing was removed: --dry-run.");
            return ExitCode.DONE.status();
        }
        List<Path> undone = new ArrayList<>();
        List<String> left = services.uninstall(undone);
        undone.forEach(file -> say("removed " + file));
        if (undone.isEmpty() && left.isEmpty()) {
            say("Stopped; no file here was written by `service install`.");
        }
        return left(left);
    }

    private int left(List<String> left) {
        left.forEach(root()::complain);
        return left.isEmpty() ? ExitCode.DONE.status() : ExitCode.LEAK.status();
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show our service, the dashboards' services and what we wrote. Changes nothing.")
    int status(@Mixin Choice choice) {
        Services services = services(choice, false);
        List<String> state = services.state();
        say("OURS (" + services.manager() + ")");
        (state.isEmpty() ? List.of("none; `hermes-reaper service install` installs it") : state)
                .forEach(line -> say("  " + line));
        List<Dashboard> dashboards = services.dashboards();
        say("DASHBOARDS");
        if (dashboards.isEmpty()) {
            say("  none in " + services.manager());
        }
        for (Dashboard dashboard : dashboards) {
            say("  %s  %s  %s"
                    .formatted(
                            dashboard.name(),
                            dashboard.isActive() ? "active" : "inactive",
                            dashboard.isProtected() ? "protected" : "NOT PROTECTED"));
            dashboard.shortcomings().forEach(it -> say("    " + it));
        }
        if (dashboards.stream().anyMatch(it -> !it.isProtected())) {
            say("  Next: hermes-reaper service protect --dry-run");
        }
        List<String> written = services.written();
        if (!written.isEmpty()) {
            say("WRITTEN BY US");
            written.forEach(file -> say("  " + file));
        }
        return ExitCode.DONE.status();
    }

    @Command(
            name = "protect",
            mixinStandardHelpOptions = true,
            description = {
                "Make a stop of the dashboard's service end its workers, and give it more open files: a drop-in beside "
                        + "its unit, or limits in its plist. Restarts nothing. Shows every change; --undo takes back exactly these."
            })
    int protect(
            @Mixin Choice choice,
            @Mixin Trial trial,
            @Option(names = "--undo", description = "Take away what was put there, byte for byte.") boolean undo,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "UNIT",
                            description = "Only these; default: every dashboard found.")
                    @Nullable
                    List<String> units) {
        Services services = services(choice, !trial.dryRun);
        List<String> names = Optional.ofNullable(units).orElse(List.of());
        return undo ? undo(services, names, trial.dryRun) : protect(services, names, trial.dryRun);
    }

    private int protect(Services services, List<String> names, boolean dryRun) {
        List<Dashboard> dashboards = services.dashboards(names);
        if (dashboards.isEmpty()) {
            root().complain("no dashboard's service found in " + services.manager()
                    + "; name its unit, or look in the other scope (--user, --system)");
            return ExitCode.LEAK.status();
        }
        boolean areProtected = true;
        for (Dashboard dashboard : dashboards) {
            Optional<Change> change = services.protection(dashboard);
            if (change.isEmpty()) {
                say(dashboard.name() + " is protected already.");
                continue;
            }
            if (!change.get().isNothing()) {
                say(change.get().diff());
            }
            if (!dryRun) {
                areProtected &= protect(services, dashboard, change.get());
            }
        }
        if (dryRun) {
            say("Nothing was written: --dry-run.");
        }
        return areProtected ? ExitCode.DONE.status() : ExitCode.LEAK.status();
    }

    private boolean protect(Services services, Dashboard dashboard, Change change) {
        Optional<String> left = services.protect(dashboard, change);
        boolean isProtected =
                services.dashboards(List.of(dashboard.name())).get(0).isProtected();
        say(dashboard.name() + (isProtected ? " is protected" : " is NOT protected")
                + left.map(it -> ": " + it).orElse("") + ".");
        return isProtected;
    }

    private int undo(Services services, List<String> names, boolean dryRun) {
        if (dryRun) {
            services.protections(names).forEach(file -> say("would undo " + file));
            say("Nothing was changed: --dry-run.");
            return ExitCode.DONE.status();
        }
        List<Path> undone = new ArrayList<>();
        List<String> left = services.unprotect(names, undone);
        undone.forEach(file -> say("undone: " + file));
        if (undone.isEmpty() && left.isEmpty()) {
            say("Nothing to undo: no protection here is from us.");
        }
        return left(left);
    }

    /** Which exit status a failure has. */
    static ExitCode statusOf(ServiceException failure) {
        return switch (failure.kind()) {
            case USAGE -> ExitCode.USAGE;
            case UNREADABLE -> ExitCode.BLIND;
            case FAILED -> ExitCode.LEAK;
        };
    }
}
