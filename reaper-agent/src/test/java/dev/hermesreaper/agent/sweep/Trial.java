package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Passes over everything there is, with short times: for a pid namespace of its own only. */
final class Trial {

    private static final Path NOWHERE = Path.of(System.getProperty("java.io.tmpdir"), "nowhere");

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "HERMES_REAPER_JUDGE_MIN_AGE", "0s",
            "HERMES_REAPER_JUDGE_SETTLE", "100ms",
            "HERMES_REAPER_REAP_TERM_GRACE", "400ms",
            "HERMES_REAPER_REAP_KILL_GRACE", "2s"));

    Trial() {
        try {
            if (!Files.readString(Path.of("/proc/1/comm")).strip().equals("sh")) {
                throw new IllegalStateException("not in a pid namespace of its own");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets one setting, by the name of its environment variable without the common part. */
    Trial set(String name, String value) {
        settings.put("HERMES_REAPER_" + name, value);
        return this;
    }

    Agent agent() {
        EffectiveConfig effective = effective();
        return agent(ThisMachine.keeping(Agent.variables(effective.config())));
    }

    Agent agent(Host host) {
        return Agent.of(effective().config(), host, Users.ofThisMachine(), NOWHERE);
    }

    private EffectiveConfig effective() {
        return new ConfigSources(
                        Optional.empty(),
                        new Locations(List.of(NOWHERE.resolve("config.toml")), NOWHERE),
                        settings,
                        List.of(),
                        0)
                .read();
    }

    static SweepResult sweep(Agent agent, Ledger ledger) throws InterruptedException {
        return agent.sweep(ledger, Restraint.NONE, Sweep.Progress.NONE)
                .run(new SweepRequest("trial", false, false, Set.of()), look -> Sightings.NONE)
                .result();
    }

    static SweepResult sweep(Agent agent) throws InterruptedException {
        return sweep(agent, Ledger.NONE);
    }

    static Optional<Reaping> of(SweepResult result, int pid) {
        return result.reapings().stream()
                .filter(it -> it.verdict().process().pid() == pid)
                .findFirst();
    }
}
