package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.sighting.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a verdict says of a case besides the verdict. */
final class Wording {

    private Wording() {}

    static String doing(Case it) {
        return switch (it.doing()) {
            case IDLE ->
                it.isProvenIdle()
                        ? it.details().activity().wholeProcess()
                                ? "has hardly run for " + DurationText.spoken(it.idleFor())
                                : "main thread unmoved for " + DurationText.spoken(it.idleFor()) + ", waiting for input"
                        : "waiting for input now; whether it moves takes a second look";
            case WORKING -> "at work" + commands(it);
            case UNREADABLE ->
                it.sighting().filter(Sighting::stopped).isPresent()
                        ? "stopped or frozen: a command may lie in its input, unread"
                        : "what it is doing cannot be read";
        };
    }

    private static String commands(Case it) {
        return it.worker()
                .filter(worker -> !worker.commands().isEmpty())
                .map(worker -> ", runs " + worker.commands().size() + " command(s), first "
                        + worker.commands().get(0).pid())
                .orElse("");
    }

    static List<Evidence> evidence(Case it, Ruling ruling) {
        int pid = it.process().pid();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("verdict", ruling.detail(), "judge"));
        evidence.addAll(ruling.evidence());
        evidence.addAll(it.ownership().evidence());
        it.sighting()
                .flatMap(Sighting::lastOwner)
                .filter(owner -> !it.ownership().isOwned())
                .ifPresent(owner ->
                        evidence.add(new Evidence("was owned", "by process " + owner.pid() + " before", "sightings")));
        evidence.add(new Evidence("idle", doing(it), "sightings, /proc/" + pid + "/task/" + pid));
        evidence.add(new Evidence(
                "age",
                DurationText.spoken(it.age().isNegative() ? Duration.ZERO : it.age()),
                "/proc/" + pid + "/stat"));
        it.worker()
                .ifPresent(worker -> evidence.add(new Evidence(
                        "home",
                        worker.home().known() ? worker.home().path() : "unknown",
                        worker.home().source())));
        it.record().ifPresent(onRecord -> evidence.addAll(onRecord.evidence()));
        it.details().disagreements().forEach(text -> evidence.add(new Evidence("disagreement", text, "oshi")));
        return evidence;
    }
}
