package dev.hermesreaper.agent.doctor;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.config.ReapPolicy.Mode;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the operator has told it, where that keeps it from ending anything. */
public final class Orders {

    private Orders() {}

    /**
     * Whether it may signal at all.
     *
     * @param pause the one in force
     */
    public static List<Finding> of(Optional<Pause> pause, Mode mode) {
        List<Finding> findings = new ArrayList<>();
        pause.ifPresent(it ->
                findings.add(Finding.fault("pause", it.said() + ": nobody is signalled", "hermes-reaper resume")));
        if (mode == Mode.OBSERVE) {
            findings.add(Finding.note(
                    "mode",
                    "[reap] mode = \"observe\": every decision is taken, and nobody is signalled",
                    "[reap] mode = \"reap\" arms it"));
        }
        return findings;
    }

    /** Where all workers are of users it was not told to judge: for root a fault, for anybody else as it must be. */
    static Optional<Finding> unjudged(Judgement judgement, Users users, boolean isRoot) {
        List<SlashWorker> workers = judgement.look().workers();
        Set<ProcessIdentity> ours = judgement.verdicts().stream()
                .filter(Verdict::isOurs)
                .map(Verdict::identity)
                .collect(Collectors.toSet());
        if (workers.isEmpty() || workers.stream().anyMatch(it -> ours.contains(it.identity()))) {
            return Optional.empty();
        }
        String whose = workers.stream()
                .map(it -> users.nameOf(it.process().uid()))
                .distinct()
                .sorted()
                .limit(3)
                .collect(Collectors.joining(", "));
        String said = "no slash worker of ours, %d of other users (%s) not judged: [reap] users does not name them"
                .formatted(workers.size(), whose);
        return Optional.of(
                isRoot
                        ? Finding.fault("users", said, "[reap] users = [\"*\"]")
                        : Finding.note("users", said, "run it as that user, or as root with [reap] users = [\"*\"]"));
    }
}
