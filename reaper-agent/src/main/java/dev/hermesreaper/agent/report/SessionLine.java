package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is reported of one session: the workers that share session key, home and owner.
 *
 * @param key empty where it is missing or could not be read
 * @param home empty where it is not known
 * @param ownerPid empty where nobody owns them, or who does is not known
 * @param tally its workers
 * @param reasons why the leaked ones are leaked, by word, most frequent first; one that waits counts for what it waits for
 * @param workers its workers, oldest first
 */
public record SessionLine(
        Optional<String> key,
        Optional<String> home,
        Optional<Integer> ownerPid,
        Tally tally,
        Map<String, Integer> reasons,
        List<WorkerLine> workers) {

    /** Most leaked first, then most memory, then by key. */
    static final Comparator<SessionLine> WORST_FIRST = Comparator.comparingInt(
                    (SessionLine session) -> session.tally().leaked())
            .thenComparingLong(session -> session.tally().memory().totalBytes())
            .reversed()
            .thenComparing(session -> session.key().orElse(""))
            .thenComparing(session -> session.ownerPid().orElse(0));

    private record Session(Optional<String> key, Optional<String> home, Optional<ProcessIdentity> owner) {}

    /** The sessions of {@code lines}, worst first. */
    static List<SessionLine> of(List<WorkerLine> lines) {
        Map<Session, List<WorkerLine>> sessions = new LinkedHashMap<>();
        for (WorkerLine line : lines) {
            Session session =
                    new Session(line.sessionKey(), line.home(), line.owner().map(owner -> owner.identity()));
            sessions.computeIfAbsent(session, it -> new ArrayList<>()).add(line);
        }
        List<SessionLine> result = new ArrayList<>();
        sessions.forEach((session, workers) -> result.add(new SessionLine(
                session.key(),
                session.home(),
                session.owner().map(ProcessIdentity::pid),
                Tally.of(workers),
                reasons(workers),
                List.copyOf(workers))));
        result.sort(WORST_FIRST);
        return List.copyOf(result);
    }

    private static Map<String, Integer> reasons(List<WorkerLine> workers) {
        Map<String, Integer> counts = workers.stream()
                .filter(WorkerLine::isLeaked)
                .collect(Collectors.toMap(line -> leakOf(line.verdict()), line -> 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private static String leakOf(Verdict verdict) {
        return verdict.pending()
                .map(Verdict.Pending::reason)
                .orElse(verdict.reason())
                .word();
    }
}
