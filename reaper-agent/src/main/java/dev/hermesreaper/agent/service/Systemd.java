package dev.hermesreaper.agent.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A manager of systemd: the machine's, or that of the user who runs this. */
final class Systemd implements Supervisor {

    /** Sorts behind {@code override.conf}, which `systemctl edit` writes: the last drop-in counts. */
    private static final String DROP_IN = "zz-hermes-reaper.conf";

    private static final String DAEMON = "hermes-reaper.service";
    private static final String SWEEP = "hermes-reaper-sweep.service";
    private static final String TIMER = "hermes-reaper-sweep.timer";

    private final Places places;
    private final Programs programs;

    Systemd(Places places, Programs programs) {
        this.places = places;
        this.programs = programs;
    }

    /** Whether this machine runs systemd, as {@code sd_booted(3)} finds out. */
    static boolean isThere() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    @Override
    public String name() {
        return places.scope() == Scope.USER ? "systemd --user" : "systemd";
    }

    private Programs.Answer systemctl(List<String> words) {
        List<String> all = new ArrayList<>(List.of("systemctl"));
        if (places.scope() == Scope.USER) {
            all.add("--user");
        }
        all.add("--no-pager");
        all.addAll(words);
        return programs.run(all);
    }

    private String asked(List<String> words) {
        Programs.Answer answer = systemctl(words);
        if (!answer.isFine()) {
            String hint = places.scope() == Scope.USER
                    ? "; does this user have a service manager? `loginctl enable-linger USER` gives them one"
                    : "";
            throw ServiceException.unreadable("cannot ask " + name() + ": " + answer.lastLine() + hint);
        }
        return answer.out();
    }

    private void told(List<String> words) {
        Programs.Answer answer = systemctl(words);
        if (!answer.isFine()) {
            throw ServiceException.failed(
                    "systemctl %s failed: %s".formatted(String.join(" ", words), answer.lastLine()));
        }
    }

    private List<UnitSettings> shown(List<String> units) {
        List<String> words = new ArrayList<>(List.of("show", "-p", UnitSettings.ASKED, "--"));
        words.addAll(units);
        return UnitSettings.parse(asked(words));
    }

    @Override
    public List<Dashboard> dashboards() {
        TreeSet<String> names = new TreeSet<>();
        for (String list : List.of("list-unit-files", "list-units")) {
            asked(List.of(list, "--type=service", "--all", "--plain", "--no-legend"))
                    .lines()
                    .map(line -> line.strip().split("\\s+", 2)[0])
                    .filter(name -> name.endsWith(".service") && !name.endsWith("@.service"))
                    .forEach(names::add);
        }
        if (names.isEmpty()) {
            return List.of();
        }
        return shown(List.copyOf(names)).stream()
                .filter(unit -> unit.value("LoadState").equals("loaded") && unit.isDashboard())
                .map(Systemd::dashboard)
                .distinct()
                .toList();
    }

    private static Dashboard dashboard(UnitSettings unit) {
        return new Dashboard(
                unit.value("Id"),
                Path.of(unit.value("FragmentPath")),
                unit.value("ActiveState").equals("active"),
                unit.shortcomings());
    }

    @Override
    public Dashboard dashboard(String name) {
        return dashboard(settings(name));
    }

    private UnitSettings settings(String name) {
        String unit = name.endsWith(".service") ? name : name + ".service";
        if (!unit.matches("[A-Za-z0-9:_.\\\\@-]+")) {
            throw ServiceException.usage("'" + name + "' is no name of a unit");
        }
        return shown(List.of(unit)).stream()
                .filter(it -> it.value("LoadState").equals("loaded"))
                .findFirst()
                .orElseThrow(() -> ServiceException.usage(
                        "no unit %s in %s; `hermes-reaper service status` lists the dashboards, %s looks in the other scope"
                                .formatted(
                                        unit,
                                        name(),
                                        places.scope() == Scope.USER ? "--system" : "--user (as its user)")));
    }

    @Override
    public Optional<Change> protection(Dashboard dashboard) {
        if (dashboard.isProtected()) {
            return Optional.empty();
        }
        Path dropIn = places.definitions().resolve(dashboard.name() + ".d").resolve(DROP_IN);
        String text = settings(dashboard.name()).dropIn();
        return Optional.of(Change.of(dropIn, Placement.bytes(dropIn), text));
    }

    @Override
    public void reload() {
        told(List.of("daemon-reload"));
    }

    @Override
    public Optional<String> stillToDo(Dashboard dashboard) {
        List<String> left = dashboard(dashboard.name()).shortcomings();
        if (!left.isEmpty()) {
            return Optional.of("still in force from a drop-in that counts more, which `systemctl %scat %s` shows: %s"
                    .formatted(
                            places.scope() == Scope.USER ? "--user " : "", dashboard.name(), String.join("; ", left)));
        }
        return dashboard.isActive()
                ? Optional.of("in force now; LimitNOFILE with the next start of " + dashboard.name())
                : Optional.empty();
    }

    @Override
    public List<Change> definitions(boolean sweep) {
        List<Change> changes = new ArrayList<>();
        for (String unit : sweep ? List.of(SWEEP, TIMER) : List.of(DAEMON)) {
            if (places.packaged().stream().anyMatch(it -> Files.exists(it.resolve(unit)))) {
                continue;
            }
            String template = places.scope() == Scope.USER && !unit.equals(TIMER) ? "user/" + unit : unit;
            Path file = places.definitions().resolve(unit);
            changes.add(Change.of(file, Placement.bytes(file), Template.unit(template, places.programs())));
        }
        return changes;
    }

    @Override
    public void start(boolean sweep) {
        String unit = sweep ? TIMER : DAEMON;
        reload();
        told(List.of("enable", unit));
        told(List.of("restart", unit));
    }

    @Override
    public void stop() {
        for (String unit : List.of(TIMER, DAEMON)) {
            if (shown(List.of(unit)).stream()
                    .anyMatch(it -> it.value("LoadState").equals("loaded"))) {
                told(List.of("disable", "--now", unit));
            }
        }
    }

    @Override
    public List<String> state() {
        List<String> lines = new ArrayList<>();
        for (String unit : List.of(DAEMON, TIMER)) {
            for (UnitSettings it : shown(List.of(unit))) {
                if (it.value("LoadState").equals("loaded")) {
                    String enabled = systemctl(List.of("is-enabled", unit)).lastLine();
                    lines.add("%s  %s, %s  %s"
                            .formatted(unit, it.value("ActiveState"), enabled, it.value("FragmentPath")));
                }
            }
        }
        return lines;
    }
}
