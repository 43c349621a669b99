package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.sighting.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a verdict says of a case besides the verdict. */
final class Wording {

    private Wording() {}

    static Statement doing(Case it) {
        return switch (it.doing()) {
            case IDLE ->
                it.isProvenIdle()
                        ? it.details().activity().wholeProcess()
                                ? Statement.of("has hardly run for ", it.idleFor())
                                : Statement.of("main thread unmoved for ", it.idleFor(), ", waiting for input")
                        : Statement.of("waiting for input now; whether it moves takes a second look");
            case WORKING -> working(it);
            case UNREADABLE ->
                it.sighting().isPresent() && it.sighting().get().stopped()
                        ? Statement.of("stopped or frozen: a command may lie in its input, unread")
                        : Statement.of("what it is doing cannot be read");
        };
    }

    private static Statement working(Case it) {
        List<ProcessEntry> commands =
                it.worker().isPresent() ? it.worker().get().commands() : List.of();
        return commands.isEmpty()
                ? Statement.of("at work")
                : Statement.of(
                        "at work, runs ",
                        commands.size(),
                        " command(s), first ",
                        commands.get(0).pid());
    }

    static List<Evidence> evidence(Case it, Ruling ruling) {
        int pid = it.process().pid();
        List<Evidence> evidence = new ArrayList<>(ruling.evidence(it));
        evidence.addAll(it.ownership().evidence());
        it.sighting()
                .flatMap(Sighting::lastOwner)
                .filter(owner -> !it.ownership().isOwned())
                .ifPresent(owner ->
                        evidence.add(new Evidence("was owned", "by process " + owner.pid() + " before", "sightings")));
        evidence.add(new Evidence("idle", doing(it).toString(), "sightings, /proc/" + pid + "/task/" + pid));
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
