package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All below one victim: who is held, who is left alone, and how far their end has come. */
final class Family {

    private final Victim victim;
    private final Map<ProcessIdentity, Member> members = new LinkedHashMap<>();
    private final List<Reaping.Descendant> left = new ArrayList<>();
    private Optional<Moment> endingSince = Optional.empty();
    private boolean killing;

    Family(Victim victim) {
        this.victim = victim;
    }

    Victim victim() {
        return victim;
    }

    /** Those that are held, parents before their children. */
    List<Member> members() {
        return List.copyOf(members.values());
    }

    /** The victim and all that are to be ended with it: what they say to each other is no use by somebody else. */
    List<ProcessEntry> everybody() {
        return Stream.concat(Stream.of(victim.process()), open().stream().map(Member::process))
                .toList();
    }

    List<Member> open() {
        return members.values().stream().filter(Member::isOpen).toList();
    }

    Optional<Member> member(ProcessEntry process) {
        return Optional.ofNullable(members.get(process.identity()));
    }

    void add(Member member) {
        members.put(member.process().identity(), member);
    }

    void leave(ProcessEntry process, Outcome outcome, String why) {
        left.add(new Reaping.Descendant(process, outcome, why));
    }

    /** From whom new ones may come: the victim on its way out, and after its end those it leaves behind. */
    List<ProcessEntry> growing() {
        if (isEnding()) {
            return open().stream().map(Member::process).toList();
        }
        return victim.isOpen() && victim.wasSignalled()
                ? Stream.concat(Stream.of(victim.process()), open().stream().map(Member::process))
                        .toList()
                : List.of();
    }

    void beginToEnd(Moment now) {
        endingSince = Optional.of(now);
    }

    boolean isEnding() {
        return endingSince.isPresent();
    }

    /** How long ago its end began. */
    Duration endingFor(Moment now) {
        return endingSince.map(now::since).orElse(Duration.ZERO);
    }

    boolean isKilling() {
        return killing;
    }

    void beginToKill() {
        killing = true;
    }

    /** What became of each, as far as it is known: one that has not gone yet counts as left. */
    List<Reaping.Descendant> descendants() {
        return Stream.concat(members.values().stream().map(this::descendant), left.stream())
                .toList();
    }

    private Reaping.Descendant descendant(Member member) {
        if (victim.isReaped()) {
            return member.descendant(Outcome.SURVIVED, "it outlived SIGKILL");
        }
        return victim.isRehearsed()
                ? member.descendant(victim.reaping().outcome(), "")
                : member.descendant(Outcome.SPARED, "the worker above it was not ended");
    }
}
