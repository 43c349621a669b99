package dev.hermesreaper.agent.regret;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What one pass says about decisions that were only observed.
 *
 * @param judgement what it judged
 * @param sightings what all its looks saw
 * @param reapings how its verdicts were carried out
 * @param isGone whether a process is proven to be no more, also as a zombie
 */
public record Pass(
        Judgement judgement, Sightings sightings, List<Reaping> reapings, Predicate<ProcessIdentity> isGone) {

    private static final int LONGEST_KEY = 200;

    public Pass {
        reapings = List.copyOf(reapings);
    }

    /** What became of a process that is watched. */
    enum Fate {
        /** It did work after the decision. */
        WORKED,
        /** It is no more, and no look saw it at work. */
        GONE,
        /** This pass ended it, or sent it all it had: that proves nothing about the decision. */
        ENDED,
        /** It is there and has not worked, or cannot be read. */
        THERE,
        /** It was of another boot. */
        LOST
    }

    Fate fateOf(Watch watch) {
        if (!watch.identity().bootId().equals(bootId())) {
            return Fate.LOST;
        }
        if (sightings
                .of(watch.identity())
                .flatMap(Sighting::lastWorked)
                .filter(worked -> worked.compareTo(watch.workedUpTo()) > 0)
                .isPresent()) {
            return Fate.WORKED;
        }
        if (reapings.stream()
                .filter(reaping -> reaping.outcome().isReaped() || reaping.outcome() == Outcome.SURVIVED)
                .anyMatch(reaping -> reaping.verdict().identity().equals(watch.identity()))) {
            return Fate.ENDED;
        }
        return isGone.test(watch.identity()) ? Fate.GONE : Fate.THERE;
    }

    /** A reading always shows at least this program, so there is a boot to speak of. */
    private String bootId() {
        return judgement.look().table().entries().stream()
                .findFirst()
                .map(entry -> entry.identity().bootId())
                .orElse("");
    }

    /** How it is known that a watched process worked. */
    Regret regret(Watch watch) {
        Sighting sighting = sightings.of(watch.identity()).orElseThrow();
        Moment at = sighting.lastSeen();
        List<Ground> evidence = new ArrayList<>();
        evidence.add(new Ground(
                "decided",
                watch.reason() + (watch.ground().isEmpty() ? "" : ": " + watch.ground()),
                "look at " + watch.decidedAt().truncatedTo(ChronoUnit.SECONDS)));
        if (watch.working()) {
            evidence.add(new Ground("then", "it was at work then, too, and nobody owned it", "sightings"));
        }
        Duration later = sighting.lastWorked().orElse(watch.workedUpTo()).minus(watch.workedUpTo());
        evidence.add(new Ground("worked", "seen at work " + DurationText.spoken(later) + " later", "sightings"));
        Activity now = sighting.activity();
        if (now.readable() && !now.wholeProcess() && now.mainSwitches() >= watch.mainSwitches()) {
            evidence.add(new Ground(
                    "moved",
                    "its main thread ran " + (now.mainSwitches() - watch.mainSwitches()) + " times since, for "
                            + cpu(now.mainTicks() - watch.mainTicks()),
                    "/proc/" + watch.identity().pid() + "/task/"
                            + watch.identity().pid()));
        }
        commands(watch).ifPresent(evidence::add);
        return new Regret(watch, at.wall(), evidence);
    }

    private String cpu(long ticks) {
        long millis = Math.max(0, ticks) * 1000 / judgement.look().table().ticksPerSecond();
        return millis + " ms of CPU time";
    }

    private Optional<Ground> commands(Watch watch) {
        return judgement
                .look()
                .worker(watch.identity())
                .map(SlashWorker::commands)
                .filter(commands -> !commands.isEmpty())
                .map(commands -> new Ground(
                        "commands",
                        "it runs " + commands.stream().limit(3).map(Pass::named).collect(Collectors.joining(", ")),
                        "process table"));
    }

    private static String named(ProcessEntry process) {
        return RawText.printable(process.comm(), 40) + " (" + process.pid() + ")";
    }

    /** The decisions of this pass that were only observed. */
    List<Watch> decisions() {
        List<Watch> decisions = new ArrayList<>();
        for (Reaping reaping : reapings) {
            if (reaping.outcome() == Outcome.OBSERVED) {
                decisions.add(watch(reaping));
            }
        }
        return decisions;
    }

    private Watch watch(Reaping reaping) {
        Verdict verdict = reaping.verdict();
        Optional<Sighting> sighting = sightings.of(verdict.identity());
        Duration seen =
                sighting.map(Sighting::lastSeen).orElse(judgement.look().at()).sinceBoot();
        Activity activity = sighting.map(Sighting::activity).orElse(Activity.UNREADABLE);
        return new Watch(
                verdict.identity(),
                head(verdict.sessionKey()),
                verdict.reason().word(),
                verdict.evidence().stream()
                        .filter(it -> it.key().equals("verdict"))
                        .map(Evidence::value)
                        .findFirst()
                        .orElse(""),
                sighting.map(Sighting::lastSeen).orElse(judgement.look().at()).wall(),
                sighting.flatMap(Sighting::lastWorked)
                        .filter(worked -> worked.compareTo(seen) > 0)
                        .orElse(seen),
                sighting.filter(it -> it.doing() == Doing.WORKING).isPresent(),
                activity.mainSwitches(),
                activity.mainTicks(),
                reaping.memory());
    }

    private static String head(String key) {
        if (key.length() <= LONGEST_KEY) {
            return key;
        }
        return key.substring(0, Character.isHighSurrogate(key.charAt(LONGEST_KEY - 1)) ? LONGEST_KEY - 1 : LONGEST_KEY);
    }
}
