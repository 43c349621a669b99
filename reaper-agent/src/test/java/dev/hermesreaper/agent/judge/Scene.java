package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.testing.Records.with;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.RecordSource.Freshness;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A machine, a judge and what the judge has seen of the machine so far. */
final class Scene {
    private final World world = new World();
    private JudgePolicy policy = Config.defaults().judge();
    private Jurisdiction jurisdiction = Jurisdiction.of(World.UID);
    private Set<Reason> without = Set.of();
    private Sightings sightings = Sightings.NONE;

    World world() {
        return world;
    }

    /** Replaces one value of the policy. */
    Scene policy(String name, Object value) {
        policy = with(policy, name, value);
        return this;
    }

    /** Replaces one value of the jurisdiction. */
    Scene jurisdiction(String name, Object value) {
        jurisdiction = with(jurisdiction, name, value);
        return this;
    }

    /** Judges without the vetoes named. */
    Scene without(Reason... vetoes) {
        without = Set.of(vetoes);
        return this;
    }

    List<Verdict> look() {
        Look look = new Lookout(world.host()).look();
        sightings = sightings.after(look);
        Judge.Hearing hearing = new Judge(policy, jurisdiction, without).hear(look, sightings);
        return hearing.verdicts(world.records().of(look, hearing.hangingOnRecords(), Freshness.NOW));
    }

    /** Looks, lets time pass, and leaves the next look to the judge. */
    void watched(String time) throws InterruptedException {
        look();
        world.elapse(time);
    }

    Optional<Verdict> verdict(FakeProcess on) {
        return look().stream()
                .filter(verdict -> verdict.identity().equals(on.identity()))
                .findFirst();
    }

    static String inFull(Optional<Verdict> verdict) {
        return verdict.map(it -> "%s %s %s%n%s%n%s"
                        .formatted(
                                it.decision(),
                                it.reason().word(),
                                it.pending().map(Object::toString).orElse(""),
                                it.evidence().stream()
                                        .map(line ->
                                                "  %-10s %s   %s".formatted(line.key(), line.value(), line.source()))
                                        .collect(Collectors.joining("\n")),
                                it.gates().stream()
                                        .map(gate -> "  %s %-18s %s"
                                                .formatted(gate.passed() ? "yes" : "no ", gate.name(), gate.detail()))
                                        .collect(Collectors.joining("\n"))))
                .orElse("no verdict at all");
    }
}
