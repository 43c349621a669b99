package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.Home;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The live workers of one session: same user, same home, same owner, same session key. Only a known home and owner make
 * siblings; a worker of which either is unknown has none.
 */
final class Siblings {

    static final Siblings NONE = new Siblings(List.of(), List.of(), Optional.empty());

    private record Session(int uid, Home home, ProcessIdentity owner, String key) {}

    private final List<SlashWorker> youngestFirst;
    private final List<ProcessIdentity> lastActiveFirst;
    private final Optional<ProcessIdentity> lastWorked;

    private Siblings(
            List<SlashWorker> youngestFirst,
            List<ProcessIdentity> lastActiveFirst,
            Optional<ProcessIdentity> lastWorked) {
        this.youngestFirst = youngestFirst;
        this.lastActiveFirst = lastActiveFirst;
        this.lastWorked = lastWorked;
    }

    /** Sorts the workers of {@code look} into sessions. */
    static Map<ProcessIdentity, Siblings> in(Look look, Sightings sightings) {
        Map<Session, List<SlashWorker>> sessions = new HashMap<>();
        look.workers().stream()
                .filter(worker -> !worker.process().isZombie())
                .filter(worker -> worker.home().known())
                .filter(worker -> !worker.options().sessionKey().isEmpty())
                .forEach(worker -> worker.ownership().owner().ifPresent(owner -> sessions.computeIfAbsent(
                                new Session(
                                        worker.process().uid(),
                                        Home.at(worker.home().path()),
                                        owner.identity(),
                                        worker.options().sessionKey()),
                                session -> new ArrayList<>())
                        .add(worker)));
        Map<ProcessIdentity, Siblings> result = new HashMap<>();
        sessions.values().forEach(workers -> {
            Siblings siblings = of(workers, look, sightings);
            workers.forEach(worker -> result.put(worker.identity(), siblings));
        });
        return result;
    }

    private static Siblings of(List<SlashWorker> workers, Look look, Sightings sightings) {
        List<SlashWorker> youngest = new ArrayList<>(workers);
        youngest.sort((a, b) -> ProcessTable.OLDEST_FIRST.compare(b.process(), a.process()));
        Comparator<SlashWorker> byActivity = Comparator.comparing((SlashWorker worker) ->
                sightings.of(worker.identity()).flatMap(Sighting::lastWorked).orElseGet(() -> startOf(worker, look)));
        List<ProcessIdentity> active = youngest.stream()
                .sorted(byActivity.reversed())
                .map(SlashWorker::identity)
                .toList();
        Optional<ProcessIdentity> last = youngest.stream()
                .filter(worker -> lastWorked(worker, sightings).isPresent())
                .max(Comparator.comparing(
                        worker -> lastWorked(worker, sightings).orElse(Duration.ZERO)))
                .map(SlashWorker::identity);
        return new Siblings(youngest, active, last);
    }

    private static Optional<Duration> lastWorked(SlashWorker worker, Sightings sightings) {
        return sightings.of(worker.identity()).flatMap(Sighting::lastWorked);
    }

    private static Duration startOf(SlashWorker worker, Look look) {
        return look.table().sinceBoot(worker.identity().startTicks());
    }

    int size() {
        return youngestFirst.size();
    }

    boolean isYoungest(SlashWorker worker) {
        return !youngestFirst.isEmpty() && youngestFirst.get(0).identity().equals(worker.identity());
    }

    /** Those that started after {@code worker}, youngest first. */
    List<SlashWorker> youngerThan(SlashWorker worker) {
        return youngestFirst.stream()
                .takeWhile(it -> !it.identity().equals(worker.identity()))
                .toList();
    }

    /** Whether of all that were ever seen at work this one was seen last. */
    boolean isLastSeenWorking(SlashWorker worker) {
        return lastWorked.filter(worker.identity()::equals).isPresent();
    }

    /** Rank by last activity, else start, newest first, from 1. */
    int rankOf(SlashWorker worker) {
        return lastActiveFirst.indexOf(worker.identity()) + 1;
    }
}
