package dev.hermesreaper.agent.service;

import dev.hermesreaper.agent.config.Locations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What {@code hermes-reaper service} does in one scope. Every method may throw {@link ServiceException}. */
public final class Services {

    private final Places places;
    private final Supervisor supervisor;
    private final Manifest manifest;
    private final Placement placement;

    Services(Places places, Supervisor supervisor) {
        this.places = places;
        this.supervisor = supervisor;
        this.manifest = new Manifest(places.manifest());
        this.placement = new Placement(manifest);
    }

    /**
     * Those of this machine.
     *
     * @param uid the user who runs this
     * @param programs the directory our programs are in
     * @throws ServiceException if there is no service manager
     */
    public static Services ofThisMachine(
            Scope scope, long uid, Map<String, String> environment, Locations locations, Path programs) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac")) {
            Places places = Places.launchd(scope, home, locations, programs);
            return new Services(places, new Launchd(places, Programs.ofThisMachine(Map.of())));
        }
        if (!Systemd.isThere()) {
            throw ServiceException.unreadable(
                    "no systemd runs here, so there are no services: let cron run `hermes-reaper sweep --quiet`, or a "
                            + "container start hermes-reaperd (docs/operations.md)");
        }
        Map<String, String> extra = new HashMap<>();
        // cron and sudo leave it out; without it `systemctl --user` finds no bus.
        if (scope == Scope.USER
                && environment.getOrDefault("XDG_RUNTIME_DIR", "").isEmpty()) {
            extra.put("XDG_RUNTIME_DIR", "/run/user/" + uid);
        }
        Places places = Places.systemd(scope, environment, home, locations, programs);
        return new Services(places, new Systemd(places, Programs.ofThisMachine(extra)));
    }

    public String manager() {
        return supervisor.name();
    }

    public List<Dashboard> dashboards() {
        return supervisor.dashboards();
    }

    /** How our own service does; empty if there is none. */
    public List<String> state() {
        return supervisor.state();
    }

    /** The files we wrote in this scope that are there and as we wrote them, or not. */
    public List<String> written() {
        return manifest.read().stream()
                .map(it -> it.file()
                        + Placement.bytes(it.path())
                                .map(bytes -> it.isUnchanged(bytes) ? "" : "  (changed since)")
                                .orElse("  (gone)"))
                .toList();
    }

    /** The dashboards meant: those named, or all there are. */
    public List<Dashboard> dashboards(List<String> names) {
        return names.isEmpty()
                ? supervisor.dashboards()
                : names.stream().map(supervisor::dashboard).toList();
    }

    /** What would protect it; empty if nothing would change. */
    public Optional<Change> protection(Dashboard dashboard) {
        return supervisor.protection(dashboard);
    }

    /** Its definition as text, also where that is a binary property list. */
    public String definition(Dashboard dashboard) {
        byte[] bytes = Placement.bytes(dashboard.definition()).orElse(new byte[0]);
        return dashboard.definition().toString().endsWith(".plist")
                ? Plist.parse(dashboard.definition(), bytes).shown()
                : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Protects it: writes, reloads, and says what is still to be done. Restarts nothing. */
    public Optional<String> protect(Dashboard dashboard, Change change) {
        placement.put(change, dashboard.name());
        try {
            supervisor.reload();
        } catch (ServiceException failure) {
            // A manager that reads nothing again would read this at some later time, unasked.
            placement.undo(written -> written.path().equals(change.file()), new ArrayList<>());
            throw failure;
        }
        return supervisor.stillToDo(dashboard);
    }

    /** What {@link #unprotect} would take away. */
    public List<Path> protections(List<String> names) {
        return manifest.read().stream()
                .filter(it -> isProtection(it, names))
                .map(Written::path)
                .toList();
    }

    private static boolean isProtection(Written written, List<String> names) {
        return !written.isInstall()
                && (names.isEmpty()
                        || names.stream()
                                .anyMatch(name -> written.purpose().equals(name)
                                        || written.purpose().equals(name + ".service")));
    }

    /** Takes every protection away that was put there by us, byte for byte; what was left alone, and why. */
    public List<String> unprotect(List<String> names, List<Path> undone) {
        List<String> left = placement.undo(it -> isProtection(it, names), undone);
        if (!undone.isEmpty()) {
            supervisor.reload();
        }
        return left;
    }

    /** The files of our own service that would be written. */
    public List<Change> installation(boolean sweep) {
        return supervisor.definitions(sweep);
    }

    /** Writes them and starts it; again if it runs, since its programs may be new. */
    public void install(boolean sweep) {
        for (Change change : supervisor.definitions(sweep)) {
            boolean isOurs = manifest.read().stream().anyMatch(it -> it.path().equals(change.file()));
            if (change.before().isPresent() && !isOurs) {
                throw ServiceException.failed(change.file() + " is there already and not from here: move it away");
            }
        }
        refuseStrangersPrograms();
        for (Change change : supervisor.definitions(sweep)) {
            if (!change.isNothing()) {
                placement.put(change, Written.INSTALL);
            }
        }
        supervisor.start(sweep);
    }

    /** Root must not start what somebody else may exchange. */
    private void refuseStrangersPrograms() {
        if (places.scope() == Scope.USER) {
            return;
        }
        for (Path path = places.programs(); path != null; path = path.getParent()) {
            try {
                int uid = (Integer)
                        Objects.requireNonNull(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
                int mode = (Integer)
                        Objects.requireNonNull(Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
                boolean isSticky = (mode & 01000) != 0;
                if (uid != 0 || ((mode & 0022) != 0 && !isSticky)) {
                    throw ServiceException.usage(
                            "root would run programs in " + places.programs() + ", and " + path
                                    + " can be changed by others: install them with ./install.sh --system, or chown root and chmod go-w");
                }
            } catch (IOException failure) {
                throw ServiceException.unreadable("cannot look at " + path + ": " + Placement.why(failure));
            }
        }
    }

    /** The files of our own service that {@link #uninstall} would remove. */
    public List<Path> installed() {
        return manifest.read().stream()
                .filter(Written::isInstall)
                .map(Written::path)
                .toList();
    }

    /** Stops our service and removes the files of it that we wrote; what was left alone, and why. */
    public List<String> uninstall(List<Path> undone) {
        supervisor.stop();
        List<String> left = placement.undo(Written::isInstall, undone);
        supervisor.reload();
        return left;
    }
}
