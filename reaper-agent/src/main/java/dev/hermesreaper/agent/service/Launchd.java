package dev.hermesreaper.agent.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** launchd, by its files and {@code launchctl}. Written from their man pages; not verified on a Mac. */
final class Launchd implements Supervisor {

    private static final String DAEMON = "dev.hermesreaper.reaper";
    private static final String SYSTEM_DAEMON = "dev.hermesreaper.daemon";
    private static final String SWEEP = "dev.hermesreaper.sweep";

    /** `Bootstrap failed: 5` right after a bootout means that the old job is still on its way out. */
    private static final int ATTEMPTS = 5;

    private final Places places;
    private final Programs programs;

    Launchd(Places places, Programs programs) {
        this.places = places;
        this.programs = programs;
    }

    @Override
    public String name() {
        return "launchd";
    }

    private List<Path> directories() {
        return Stream.concat(Stream.of(places.definitions()), places.packaged().stream())
                .filter(Files::isDirectory)
                .toList();
    }

    private List<Path> plists() {
        List<Path> plists = new ArrayList<>();
        for (Path directory : directories()) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".plist"))
                        .sorted()
                        .forEach(plists::add);
            } catch (IOException failure) {
                throw ServiceException.unreadable("cannot read " + directory + ": " + Placement.why(failure));
            }
        }
        return plists;
    }

    @Override
    public List<Dashboard> dashboards() {
        List<Dashboard> dashboards = new ArrayList<>();
        for (Path file : plists()) {
            try {
                Plist plist = Plist.parse(file, Placement.bytes(file).orElse(new byte[0]));
                if (Dashboard.isStartedBy(plist.words()) || plist.label().startsWith("ai.hermes.dashboard")) {
                    dashboards.add(dashboard(file, plist));
                }
            } catch (ServiceException others) {
                // Somebody else's broken job. Named on the command line, it is reported.
            }
        }
        return dashboards;
    }

    private Dashboard dashboard(Path file, Plist plist) {
        boolean isLoaded = programs.run(List.of("launchctl", "print", domain() + "/" + plist.label()))
                .isFine();
        return new Dashboard(plist.label(), file, isLoaded, plist.shortcomings());
    }

    @Override
    public Dashboard dashboard(String name) {
        Path file = plists().stream()
                .filter(it -> String.valueOf(it.getFileName()).equals(name + ".plist")
                        || it.toString().equals(name)
                        || String.valueOf(it.getFileName()).equals(name))
                .findFirst()
                .orElseThrow(() -> ServiceException.usage("no job " + name + " in " + directories()
                        + "; `hermes-reaper service status` lists the dashboards"));
        return dashboard(file, Plist.parse(file, Placement.bytes(file).orElse(new byte[0])));
    }

    @Override
    public Optional<Change> protection(Dashboard dashboard) {
        if (dashboard.isProtected()) {
            return Optional.empty();
        }
        Path file = real(dashboard.definition());
        if (dashboard.definition().toString().contains("LaunchDaemons")) {
            throw ServiceException.usage(
                    dashboard.definition() + " is a system-wide job: NumberOfFiles in it would set "
                            + "kern.maxfiles of the whole Mac (launchd.plist(5)). Make it a LaunchAgent, or raise the limit in the "
                            + "script it starts");
        }
        byte[] before = Placement.bytes(file).orElse(new byte[0]);
        Plist plist = Plist.parse(file, before);
        String shownBefore = plist.shown();
        plist.raise();
        return Optional.of(new Change(file, Optional.of(before), plist.bytes(), shownBefore, plist.shown()));
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException failure) {
            throw ServiceException.unreadable("cannot read " + file + ": " + Placement.why(failure));
        }
    }

    @Override
    public void reload() {
        // launchd reads a plist when it is loaded, and not before: see stillToDo.
    }

    @Override
    public Optional<String> stillToDo(Dashboard dashboard) {
        return dashboard.isActive()
                ? Optional.of(
                        "in force when it is loaded again: launchctl bootout %1$s/%2$s; launchctl bootstrap %1$s %3$s"
                                .formatted(domain(), dashboard.name(), dashboard.definition()))
                : Optional.empty();
    }

    @Override
    public List<Change> definitions(boolean sweep) {
        String label = label(sweep);
        Path file = places.definitions().resolve(label + ".plist");
        String text = Template.plist(label + ".plist", places.programs(), places.logs());
        return List.of(new Change(
                file,
                Placement.bytes(file),
                text.getBytes(StandardCharsets.UTF_8),
                Placement.bytes(file)
                        .map(it -> new String(it, StandardCharsets.UTF_8))
                        .orElse(""),
                text));
    }

    private String label(boolean sweep) {
        return sweep ? SWEEP : places.scope() == Scope.SYSTEM ? SYSTEM_DAEMON : DAEMON;
    }

    private String domain() {
        return places.scope() == Scope.SYSTEM
                ? "system"
                : "gui/" + programs.run(List.of("id", "-u")).lastLine();
    }

    @Override
    public void start(boolean sweep) {
        try {
            Files.createDirectories(places.logs(), Placement.PRIVATE_DIRECTORY);
        } catch (IOException failure) {
            throw ServiceException.failed("cannot make " + places.logs() + ": " + Placement.why(failure));
        }
        Path file = places.definitions().resolve(label(sweep) + ".plist");
        programs.run(List.of("launchctl", "bootout", domain() + "/" + label(sweep)));
        Programs.Answer answer = new Programs.Answer(1, "");
        for (int i = 0; i < ATTEMPTS && !answer.isFine(); i++) {
            answer = programs.run(List.of("launchctl", "bootstrap", domain(), file.toString()));
            if (!answer.isFine()) {
                programs.run(List.of("sleep", "1"));
            }
        }
        if (!answer.isFine()) {
            throw ServiceException.failed(
                    "launchctl bootstrap %s %s failed: %s".formatted(domain(), file, answer.lastLine()));
        }
    }

    @Override
    public void stop() {
        for (String label : List.of(SWEEP, DAEMON, SYSTEM_DAEMON)) {
            // It may not be loaded; then there is nothing to stop.
            programs.run(List.of("launchctl", "bootout", domain() + "/" + label));
        }
    }

    @Override
    public List<String> state() {
        return Stream.of(DAEMON, SYSTEM_DAEMON, SWEEP)
                .filter(label -> Files.exists(places.definitions().resolve(label + ".plist")))
                .map(label -> label + "  "
                        + (programs.run(List.of("launchctl", "print", domain() + "/" + label))
                                        .isFine()
                                ? "loaded"
                                : "not loaded")
                        + "  " + places.definitions().resolve(label + ".plist"))
                .toList();
    }
}
