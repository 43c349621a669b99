package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sweeps twice over one session, as whoever runs it and where, with every wait as short as it gets, and prints {@code
 * verdict} and its words; waits for a worker of that session at first.
 */
final class Bystander {

    private static final int MOST_LOOKS = 400;

    private static final Map<String, String> SETTINGS = Map.of(
            "HERMES_REAPER_JUDGE_MIN_AGE", "0s",
            "HERMES_REAPER_JUDGE_SETTLE", "200ms",
            "HERMES_REAPER_JUDGE_SUPERSEDED_IDLE", "0s",
            "HERMES_REAPER_JUDGE_ABANDONED_IDLE", "1h",
            "HERMES_REAPER_REAP_TERM_GRACE", "500ms");

    private Bystander() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = System.out;
        String key = arguments[0];
        Path nowhere = Path.of("/dev/null/nowhere");
        EffectiveConfig effective = new ConfigSources(
                        Optional.empty(),
                        new Locations(List.of(nowhere.resolve("config.toml")), nowhere),
                        SETTINGS,
                        List.of(),
                        0)
                .read();
        Host host = ThisMachine.keeping(Agent.variables(effective.config()));
        Agent agent = Agent.of(effective.config(), host, Users.ofThisMachine(), nowhere);
        for (int i = 0; i < MOST_LOOKS && !sees(agent, key); i++) {
            host.sleep(Duration.ofMillis(50));
        }
        SweepRequest request = new SweepRequest("bystander", false, false, Set.of(key));
        Sweep sweep = agent.sweep(Ledger.NONE, Restraint.NONE, Sweep.Progress.NONE);
        Sweep.Done first = sweep.run(request, look -> Sightings.NONE);
        Sweep.Done second = sweep.run(request, look -> first.sightings());
        second.result().verdicts().forEach(it -> {
            out.println("verdict " + it.decision() + " " + it.reason().word());
            out.println("parent " + it.process().parentPid());
            it.evidence().forEach(fact -> out.println("fact " + fact.key() + ": " + fact.value()));
        });
        out.println("reapings "
                + (first.result().reapings().size() + second.result().reapings().size()));
        out.println("over");
    }

    private static boolean sees(Agent agent, String key) {
        return agent.inspector(look -> Sightings.NONE).look().verdicts().stream()
                .anyMatch(it -> it.sessionKey().equals(key));
    }
}
