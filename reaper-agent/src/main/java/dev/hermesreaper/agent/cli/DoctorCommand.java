package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.config.ConfigText;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.demo.StageException;
import dev.hermesreaper.agent.doctor.Bundle;
import dev.hermesreaper.agent.doctor.Doctor;
import dev.hermesreaper.agent.doctor.Finding;
import dev.hermesreaper.agent.doctor.Orders;
import dev.hermesreaper.agent.doctor.SelfTest;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Reaper;
import dev.hermesreaper.agent.report.ReportJson;
import dev.hermesreaper.agent.service.Dashboard;
import dev.hermesreaper.agent.service.Programs;
import dev.hermesreaper.agent.service.Scope;
import dev.hermesreaper.agent.service.ServiceException;
import dev.hermesreaper.agent.service.Services;
import dev.hermesreaper.agent.state.StateDirectory;
import dev.hermesreaper.agent.sweep.Agent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code doctor}: can it do its work here, and if not, what mends that. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Examine this machine: what can be seen and signalled, limits, state, the services of dashboards, other reapers.",
            "Every fault comes with its fix. Changes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaper doctor",
            "  hermes-reaper doctor --self-test             stage a leak, and prove that it alone is ended",
            "  hermes-reaper doctor --bundle doctor.zip     for a report to the maintainers, secrets redacted",
            "",
            "Exit status: 0 no fault, 1 a fault was found, 2 usage, 3 configuration, 4 could not observe."
        })
final class DoctorCommand implements Callable<Integer> {

    /** Characters of a finding that had to be made harmless. */
    private static final int LONGEST = 400;

    @ParentCommand
    private @Nullable RootCommand parent;

    @Option(
            names = "--self-test",
            description =
                    "Stage a leak of its own with harmless stand-ins (needs python3), sweep these alone, and prove that the "
                            + "leaked one is ended and its live neighbour is not.")
    private boolean selfTest;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            converter = Words.Place.class,
            description =
                    "Gather what a maintainer needs in a zip file, which must not be there yet; secrets are redacted.")
    private @Nullable Path bundle;

    @Override
    public Integer call() throws InterruptedException {
        RootCommand root = RootCommand.of(parent);
        boolean isRoot = OwnUser.uid() == 0;
        Doctor doctor = Doctor.ofThisMachine(isRoot);
        List<Finding> findings = new ArrayList<>();
        Optional<EffectiveConfig> configured = configured(root, doctor, findings);
        EffectiveConfig effective = configured.orElseGet(EffectiveConfig::defaults);
        Agent agent = agent(root, effective);
        Path state = root.locations().stateDirectory();
        findings.addAll(
                Orders.of(root.pause(agent.host()), agent.config().reap().mode()));
        findings.addAll(doctor.state(
                state, StateDirectory.existing(state, agent.host().self()).problem()));
        doctor.signals(Reaper.holdsByPidfd(agent.host()), agent.config().reap().withoutPidfd())
                .ifPresent(findings::add);
        findings.addAll(doctor.machine(agent.host().limitations()));
        Judgement judgement = agent.inspector(root.peek(agent)).comparing().look();
        findings.addAll(doctor.look(judgement, agent.users()));
        List<String> crontab =
                Programs.ofThisMachine(Map.of()).run(List.of("crontab", "-l")).lines();
        Optional<Services> services = services(root, isRoot, findings);
        Scope scope = Scope.chosen(false, false, isRoot, false);
        services.ifPresent(it -> findings.addAll(doctor.services(it, scope, crontab)));
        findings.addAll(doctor.others(crontab));
        findings.forEach(finding -> say(root, finding));
        if (selfTest) {
            findings.addAll(
                    configured.isPresent()
                            ? staged(root)
                            : unstaged(root, "the configuration cannot be used", "mend it first"));
        }
        if (bundle != null) {
            write(root, bundle, bundle(root, agent, effective, judgement, findings, services));
        }
        return findings.stream().anyMatch(Finding::isFault) ? ExitCode.LEAK.status() : ExitCode.DONE.status();
    }

    /** Empty where it cannot be used: the rest is then examined all the same, with every value at its default. */
    private static Optional<EffectiveConfig> configured(RootCommand root, Doctor doctor, List<Finding> findings) {
        try {
            EffectiveConfig effective = root.effective(List.of());
            findings.addAll(doctor.config(effective.file(), effective.warnings()));
            return Optional.of(effective);
        } catch (ConfigException unusable) {
            findings.addAll(doctor.unusable(unusable));
            return Optional.empty();
        }
    }

    private static Agent agent(RootCommand root, EffectiveConfig effective) {
        try {
            return root.agent(effective);
        } catch (HostException blind) {
            say(root, new Finding(Finding.Weight.FAULT, "sight", String.valueOf(blind.getMessage()), ""));
            throw blind;
        }
    }

    private static Optional<Services> services(RootCommand root, boolean isRoot, List<Finding> findings) {
        try {
            return Optional.of(Services.ofThisMachine(
                    Scope.chosen(false, false, isRoot, false),
                    OwnUser.uid(),
                    root.terminal().environment(),
                    root.locations(),
                    Distribution.programs()));
        } catch (ServiceException none) {
            findings.add(new Finding(Finding.Weight.NOTE, "services", String.valueOf(none.getMessage()), ""));
            return Optional.empty();
        }
    }

    private static List<Finding> staged(RootCommand root) throws InterruptedException {
        try {
            List<Finding> findings = SelfTest.run(root.agent(SelfTest.SHORT_WAITS));
            findings.forEach(finding -> say(root, finding));
            return findings;
        } catch (StageException cannot) {
            return unstaged(root, cannot.getMessage(), "install python3");
        }
    }

    private static List<Finding> unstaged(RootCommand root, @Nullable String why, String fix) {
        Finding finding = new Finding(Finding.Weight.FAULT, "self-test", "nothing was staged: " + why, fix);
        say(root, finding);
        return List.of(finding);
    }

    private static void say(RootCommand root, Finding finding) {
        root.terminal().out().println(text(finding));
        root.terminal().out().flush();
    }

    static String text(Finding finding) {
        String word =
                switch (finding.weight()) {
                    case FINE -> "ok";
                    case NOTE -> "note";
                    case FAULT -> "FAULT";
                };
        String line = "%-5s  %-10s  %s".formatted(word, finding.topic(), harmless(finding.said()));
        return finding.fix().isEmpty() ? line : line + "\n%19sfix: %s".formatted("", harmless(finding.fix()));
    }

    /** It may quote what others wrote: a line of somebody's crontab, the name of a unit. */
    private static String harmless(String words) {
        return RawText.isPrintable(words) ? words : RawText.printable(words, LONGEST);
    }

    private static Bundle bundle(
            RootCommand root,
            Agent agent,
            EffectiveConfig effective,
            Judgement judgement,
            List<Finding> findings,
            Optional<Services> services) {
        StringBuilder said = new StringBuilder();
        findings.forEach(finding -> said.append(text(finding)).append('\n'));
        Bundle all = new Bundle()
                .add("doctor.txt", said.toString())
                .add(
                        "version.txt",
                        String.join("\n", new Version().getVersion()) + "\nJava "
                                + Runtime.version() + " on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + "\n")
                .add(
                        "config.toml",
                        "# in force, or every default where doctor.txt says that it cannot be used\n"
                                + ConfigText.of(effective))
                .add("report.json", ReportJson.render(root.report(agent, judgement)))
                .addFile("ledger.jsonl", root.locations().stateDirectory().resolve("ledger.jsonl"))
                .addMachine();
        try {
            for (Services them : services.stream().toList()) {
                for (Dashboard dashboard : them.dashboards()) {
                    all.add("dashboards/" + dashboard.name(), them.definition(dashboard));
                }
            }
        } catch (ServiceException unreadable) {
            all.add("dashboards/none.txt", String.valueOf(unreadable.getMessage()));
        }
        return all;
    }

    private static void write(RootCommand root, Path file, Bundle bundle) {
        try {
            bundle.writeTo(file);
        } catch (IOException failure) {
            throw UnwritableException.at(file, failure);
        }
        root.terminal().out().println("wrote " + file + "; look through it before you send it");
    }
}
