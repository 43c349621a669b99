package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service on a machine in memory: everything but its life as a process, and what it kept of it. */
final class Shift implements Witness {

    /** Where nobody can make a directory, not even root. */
    private static final Path NOWHERE = Path.of("/dev/null/nowhere");

    private final World world;
    private final Map<String, String> settings = new HashMap<>();
    private final List<Duration> looks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Reaping> reapings = new ArrayList<>();
    private final List<EffectiveConfig> configs = new ArrayList<>();
    private final List<Vitals> vitals = new ArrayList<>();
    private final List<Witness> others = new ArrayList<>();
    private Path file = NOWHERE.resolve("config.toml");
    private Path stateDirectory = NOWHERE;
    private Pulse pulse = Pulse.NONE;
    private boolean forgetful;
    private Optional<Rounds> rounds = Optional.empty();

    Shift(World world) {
        this.world = world;
    }

    /** Sets one setting, by the name of its environment variable without the common part. */
    Shift set(String name, String value) {
        settings.put("HERMES_REAPER_" + name, value);
        return this;
    }

    Shift file(Path config) {
        file = config;
        return this;
    }

    Shift state(Path directory) {
        stateDirectory = directory;
        return this;
    }

    Shift pulse(Pulse wanted) {
        pulse = wanted;
        return this;
    }

    Shift and(Witness witness) {
        others.add(witness);
        return this;
    }

    /** Keeps nothing of what it is told itself. */
    Shift forgetful() {
        forgetful = true;
        return this;
    }

    /** Goes on for so long on the machine's clock. */
    void run(String time) {
        ConfigInForce config = new ConfigInForce(
                new ConfigSources(
                        Optional.empty(),
                        new Locations(List.of(file), stateDirectory),
                        settings,
                        List.of(),
                        OwnUser.uid()),
                effective -> Agent.of(effective.config(), world.host(), Users.ofThisMachine(), stateDirectory));
        List<Witness> all = new ArrayList<>(others);
        if (!forgetful) {
            all.add(this);
        }
        try (Rounds shift = new Rounds(config, stateDirectory, new Witnesses(all), pulse)) {
            rounds = Optional.of(shift);
            world.in(time, shift::stop);
            shift.run();
        }
    }

    void reload() {
        rounds.orElseThrow().reload();
    }

    void stop() {
        rounds.orElseThrow().stop();
    }

    @Override
    public void configured(EffectiveConfig config, Vitals now) {
        configs.add(config);
        vitals.add(now);
    }

    @Override
    public void passed(SweepResult result, Vitals now) {
        looks.add(world.elapsed().minus(result.took()));
        reapings.addAll(result.reapings());
        vitals.add(now);
    }

    @Override
    public void failed(String problem, Vitals now) {
        problems.add(problem);
        vitals.add(now);
    }

    @Override
    public void complained(String problem, Vitals now) {
        problems.add(problem);
    }

    /** When each pass began. */
    List<Duration> looks() {
        return List.copyOf(looks);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<Reaping> reapings() {
        return List.copyOf(reapings);
    }

    List<EffectiveConfig> configs() {
        return List.copyOf(configs);
    }

    List<Vitals> vitals() {
        return List.copyOf(vitals);
    }
}
