package dev.hermesreaper.agent.doctor;

import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.service.Dashboard;
import dev.hermesreaper.agent.service.Scope;
import dev.hermesreaper.agent.service.ServiceException;
import dev.hermesreaper.agent.service.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Examines this machine, part by part. Every fault comes with its fix. */
public final class Doctor {

    private static final int CAP_DAC_READ_SEARCH = 2;
    private static final int CAP_KILL = 5;
    private static final int CAP_SYS_PTRACE = 19;

    /** What the reaper opens besides a descriptor for each victim. */
    private static final long ENOUGH_FILES = 1024;

    private static final double NEARLY_FULL = 0.8;

    private final Surroundings surroundings;
    private final boolean isRoot;

    Doctor(Surroundings surroundings, boolean isRoot) {
        this.surroundings = surroundings;
        this.isRoot = isRoot;
    }

    /**
     * That of this machine.
     *
     * @param isRoot whether root asks
     */
    public static Doctor ofThisMachine(boolean isRoot) {
        return new Doctor(new Surroundings(Path.of("/")), isRoot);
    }

    /** Whether a signal can reach the process that was judged; what is done without pidfds is among the limitations. */
    public Optional<Finding> signals(boolean byPidfd, ReapPolicy.WithoutPidfd otherwise) {
        if (byPidfd) {
            return Optional.of(Finding.fine("signals", "through pidfds: a signal reaches the process that was judged"));
        }
        return otherwise == ReapPolicy.WithoutPidfd.RECHECK
                ? Optional.empty()
                : Optional.of(Finding.fault(
                        "signals",
                        "there are no pidfds here, and [reap] without_pidfd = \"refuse\": nobody is ever signalled",
                        "without_pidfd = \"recheck\", or Linux 5.3 and a seccomp profile that allows pidfd_open"));
    }

    /** What the kernel lets us see and do. */
    public List<Finding> machine(List<String> limitations) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> hidden = surroundings.hidepid();
        if (hidden.isPresent() && !surroundings.may(CAP_SYS_PTRACE)) {
            findings.add(Finding.fault(
                    "sight",
                    "/proc is mounted with hidepid=" + hidden.get() + ": processes of other users are hidden",
                    "run it as root, or add this user to the group that gid= of the mount of /proc names"));
        }
        if (isRoot) {
            findings.addAll(capabilities());
        } else if (surroundings.ptraceScope() >= 1) {
            findings.add(Finding.note(
                    "sight",
                    "kernel.yama.ptrace_scope=%d: what a worker waits for is read from wchan instead of syscall"
                            .formatted(surroundings.ptraceScope()),
                    ""));
        }
        limitations.stream()
                .filter(it -> hidden.isEmpty() || !it.contains("hidepid"))
                .forEach(it -> findings.add(Finding.note("signals", it, "")));
        surroundings
                .openFilesLimit()
                .filter(limit -> limit < ENOUGH_FILES)
                .ifPresent(limit -> findings.add(Finding.fault(
                        "limits",
                        "this user's processes may open " + limit + " files, and a sweep needs one for each victim",
                        "ulimit -n 4096, or LimitNOFILE=4096 in the unit that starts it")));
        return findings;
    }

    private List<Finding> capabilities() {
        List<String> missing = new ArrayList<>();
        if (!surroundings.may(CAP_KILL)) {
            missing.add("CAP_KILL (signals)");
        }
        if (!surroundings.may(CAP_SYS_PTRACE)) {
            missing.add("CAP_SYS_PTRACE (open files, environment)");
        }
        if (!surroundings.may(CAP_DAC_READ_SEARCH)) {
            missing.add("CAP_DAC_READ_SEARCH (directories in /proc)");
        }
        return missing.isEmpty()
                ? List.of(Finding.fine("rights", "root, with the three capabilities that count"))
                : List.of(Finding.fault(
                        "rights",
                        "root without " + String.join(", ", missing) + ", which is of no use here",
                        "add them to CapabilityBoundingSet= of the unit, or --cap-add of the container"));
    }

    /** What one look showed. */
    public List<Finding> look(Judgement judgement, Users users) {
        List<Finding> findings = new ArrayList<>();
        List<Gap> gaps = judgement.look().gaps();
        String seen = "%d processes, %d gateways, %d slash workers"
                .formatted(
                        judgement.look().table().processes(),
                        judgement.look().gateways().size(),
                        judgement.look().workers().size());
        if (judgement.isBlind()) {
            findings.add(Finding.fault(
                    "sight",
                    seen + ": not one worker could be read, or for long none was recognised",
                    "hermes-reaper report says why it is blind"));
        } else if (gaps.isEmpty()) {
            findings.add(Finding.fine("sight", seen + ", and nothing that matters is hidden"));
        } else {
            findings.add(Finding.fault(
                    "sight",
                    seen + "; hidden: "
                            + gaps.stream().limit(3).map(Gap::toString).collect(Collectors.joining(", "))
                            + (gaps.size() > 3 ? " and " + (gaps.size() - 3) + " more" : "")
                            + ". Workers that hang on these are kept",
                    isRoot ? "see rights above" : "run it as root, or as the user of these processes"));
        }
        Orders.unjudged(judgement, users, isRoot).ifPresent(findings::add);
        judgement.look().gateways().forEach(gateway -> openFiles(gateway, users).ifPresent(findings::add));
        findings.addAll(daemons(judgement, users));
        return findings;
    }

    private static Optional<Finding> openFiles(Gateway gateway, Users users) {
        OpenFiles files = gateway.details().openFiles();
        if (!files.readable() || files.softLimit() <= 0 || files.open() < NEARLY_FULL * files.softLimit()) {
            return Optional.empty();
        }
        return Optional.of(Finding.fault(
                "limits",
                "%s of %s has %d of %d files open; at the limit new chats fail"
                        .formatted(
                                gateway.name(), users.nameOf(gateway.process().uid()), files.open(), files.softLimit()),
                "hermes-reaper sweep, then hermes-reaper service protect and a restart of the dashboard"));
    }

    private static List<Finding> daemons(Judgement judgement, Users users) {
        List<ProcessEntry> daemons = judgement.look().table().entries().stream()
                .filter(it ->
                        it.argv().words().stream().anyMatch(word -> word.matches("(.*/)?reaper-daemon-[^/]*\\.jar")))
                .toList();
        if (daemons.size() < 2) {
            return List.of();
        }
        String who = daemons.stream()
                .map(it -> it.pid() + " of " + users.nameOf(it.uid()))
                .collect(Collectors.joining(", "));
        return List.of(Finding.note(
                "others",
                "several services of ours run: " + who + ". That is harmless; one for each worker is enough",
                ""));
    }

    /** Where state is kept, and what is wrong with that. */
    public List<Finding> state(Path directory, Optional<String> problem) {
        if (problem.isPresent()) {
            return List.of(Finding.fault("state", problem.get(), "as it says; until then nothing is remembered"));
        }
        Path there = directory.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return List.of(
                Files.isDirectory(there) && Files.isWritable(there)
                        ? Finding.fine("state", "kept in " + directory)
                        : Finding.fault(
                                "state",
                                "nothing is kept in " + directory + ": " + there + " cannot be written",
                                "let it be a directory that this user can write, or name another one with --state-dir"));
    }

    /** What the configuration says that has no effect. */
    public List<Finding> config(Optional<Path> file, List<String> warnings) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fine(
                "config", file.map(it -> "read from " + it).orElse("no file, every value at its default")));
        warnings.forEach(it -> findings.add(Finding.note("config", it, "hermes-reaper config check")));
        return findings;
    }

    /** A configuration that no pass can use. */
    public List<Finding> unusable(ConfigException problems) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fault(
                "config",
                "cannot be used: sweeps end with status 3, a service does not start, or goes on with the last good one",
                "mend what is named below, then hermes-reaper config check"));
        problems.problems().forEach(it -> findings.add(Finding.fault("config", it, "")));
        findings.add(Finding.note("config", "the rest is examined with every value at its default", ""));
        return findings;
    }

    /**
     * The services of one scope.
     *
     * @param crontab the lines of this user's crontab
     */
    public List<Finding> services(Services services, Scope scope, List<String> crontab) {
        List<Finding> findings = new ArrayList<>();
        try {
            List<String> running = services.state().stream()
                    .filter(line -> line.contains("  active,") || line.contains("  loaded"))
                    .toList();
            findings.addAll(ours(services, running, crontab));
            for (Dashboard dashboard : services.dashboards()) {
                findings.addAll(dashboard(dashboard, scope));
            }
            services.written().stream()
                    .filter(line -> line.endsWith(")"))
                    .forEach(line -> findings.add(Finding.fault(
                            "dashboards",
                            "what `service` wrote is not there any more as it was (did an update of Hermes write it again?): "
                                    + line,
                            "hermes-reaper service protect --" + scope.word())));
        } catch (ServiceException unreadable) {
            findings.add(Finding.note("services", String.valueOf(unreadable.getMessage()), ""));
        }
        if (isRoot) {
            findings.add(Finding.note(
                    "services",
                    "the services of single users are not looked at by root",
                    "runuser -u USER -- hermes-reaper doctor"));
        }
        return findings;
    }

    private List<Finding> ours(Services services, List<String> running, List<String> crontab) {
        List<Surroundings.CronLine> cron = sweeps(crontab);
        if (running.isEmpty() && cron.isEmpty()) {
            return List.of(Finding.note(
                    "services",
                    "nothing sweeps here by itself in " + services.manager(),
                    "hermes-reaper service install"));
        }
        List<Finding> findings = new ArrayList<>();
        running.forEach(line -> findings.add(Finding.fine("services", line)));
        if (running.size() + cron.size() > 1) {
            findings.add(
                    Finding.note(
                            "services",
                            "more than one thing sweeps here"
                                    + cron.stream()
                                            .map(it -> "; " + it.where() + ": " + it.line())
                                            .collect(Collectors.joining())
                                    + ". That is harmless; one is enough",
                            "keep hermes-reaper.service: systemctl disable --now hermes-reaper-sweep.timer, and take the line of cron away"));
        }
        return findings;
    }

    private static List<Finding> dashboard(Dashboard dashboard, Scope scope) {
        if (dashboard.isProtected()) {
            return List.of(Finding.fine("dashboards", dashboard.name() + ": a stop ends its workers, files enough"));
        }
        return dashboard.shortcomings().stream()
                .map(it -> Finding.fault(
                        "dashboards",
                        dashboard.name() + ": " + it,
                        "hermes-reaper service protect --" + scope.word() + " " + dashboard.name()))
                .toList();
    }

    private List<Surroundings.CronLine> sweeps(List<String> crontab) {
        return surroundings.cronLines(String.join("\n", crontab)).stream()
                .filter(it -> it.isInForce() && it.line().contains("hermes-reaper sweep"))
                .toList();
    }

    /**
     * Who else ends workers.
     *
     * @param crontab the lines of this user's crontab
     */
    public List<Finding> others(List<String> crontab) {
        List<Finding> findings = new ArrayList<>();
        for (Surroundings.CronLine line : surroundings.cronLines(String.join("\n", crontab))) {
            if (line.line().contains("slash_worker") && line.line().contains("kill")) {
                findings.add(Finding.fault(
                        "others",
                        line.where() + " ends workers, used ones as well: " + line.line(),
                        "take that line away; hermes-reaper does it by evidence"));
            }
        }
        for (String reaper : surroundings.otherReapers()) {
            findings.add(Finding.fault(
                    "others", "another reaper runs: " + reaper, "keep one of them; what it ends is not on our record"));
        }
        return findings;
    }
}
