package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Live workers that belong together, youngest first, and who of them was active last: those of one session (same user, same
 * home, same owner, same session key), or all of one owner. Only a known home and owner put a worker among others; one of
 * which either is unknown stands alone.
 */
final class Ranking {

    static final Ranking NONE = new Ranking(List.of(), List.of(), Optional.empty());

    private final List<SlashWorker> youngestFirst;
    private final Map<ProcessIdentity, Integer> places;
    private final Map<ProcessIdentity, Integer> ranks;
    private final Optional<ProcessIdentity> lastWorked;

    private Ranking(
            List<SlashWorker> youngestFirst,
            List<ProcessIdentity> lastActiveFirst,
            Optional<ProcessIdentity> lastWorked) {
        this.youngestFirst = youngestFirst;
        this.places = new HashMap<>();
        youngestFirst.forEach(it -> places.put(it.identity(), places.size()));
        this.ranks = new HashMap<>();
        lastActiveFirst.forEach(it -> ranks.put(it, ranks.size() + 1));
        this.lastWorked = lastWorked;
    }

    /** By worker: the workers of its session. */
    static Map<ProcessIdentity, Ranking> ofSessions(Look look, Sightings sightings) {
        return by(look, sightings, Ranking::session);
    }

    /** By worker: all workers of its owner. */
    static Map<ProcessIdentity, Ranking> ofOwners(Look look, Sightings sightings) {
        return by(look, sightings, worker -> worker.ownership().owner().map(ProcessEntry::identity));
    }

    private static Optional<List<Object>> session(SlashWorker worker) {
        return worker.ownership()
                .owner()
                .filter(owner -> worker.home().known())
                .filter(owner -> !worker.options().sessionKey().isEmpty())
                .map(owner -> List.of(
                        worker.process().uid(),
                        worker.home().path(),
                        owner.identity(),
                        worker.options().sessionKey()));
    }

    private static <K> Map<ProcessIdentity, Ranking> by(
            Look look, Sightings sightings, Function<SlashWorker, Optional<K>> group) {
        Map<K, List<SlashWorker>> groups = new HashMap<>();
        List<SlashWorker> forks = forks(look);
        look.livingWorkers().stream().filter(worker -> !forks.contains(worker)).forEach(worker -> group.apply(worker)
                .ifPresent(key ->
                        groups.computeIfAbsent(key, it -> new ArrayList<>()).add(worker)));
        Map<ProcessIdentity, Ranking> result = new HashMap<>();
        groups.values().forEach(workers -> {
            Ranking ranking = of(workers, look, sightings);
            workers.forEach(worker -> result.put(worker.identity(), ranking));
        });
        return result;
    }

    /** Those that read the very stdin of an older one: a fork that kept its words, and takes nobody's place. */
    private static List<SlashWorker> forks(Look look) {
        Set<Stdin> read = new HashSet<>();
        return look.livingWorkers().stream()
                .sorted((a, b) -> ProcessTable.OLDEST_FIRST.compare(a.process(), b.process()))
                .filter(worker -> {
                    Stdin stdin = worker.details().stdin();
                    boolean has = stdin.kind() == Stdin.Kind.PIPE || stdin.kind() == Stdin.Kind.SOCKET;
                    return has && !read.add(stdin);
                })
                .toList();
    }

    private static Ranking of(List<SlashWorker> workers, Look look, Sightings sightings) {
        List<SlashWorker> youngest = new ArrayList<>(workers);
        youngest.sort((a, b) -> ProcessTable.OLDEST_FIRST.compare(b.process(), a.process()));
        Function<SlashWorker, Duration> activity =
                worker -> lastWorked(worker, sightings).orElseGet(() -> startOf(worker, look));
        List<ProcessIdentity> active = youngest.stream()
                .sorted((one, other) -> activity.apply(other).compareTo(activity.apply(one)))
                .map(SlashWorker::identity)
                .toList();
        Optional<ProcessIdentity> last = youngest.stream()
                .filter(worker -> lastWorked(worker, sightings).isPresent())
                .max((one, other) -> lastWorked(one, sightings)
                        .orElse(Duration.ZERO)
                        .compareTo(lastWorked(other, sightings).orElse(Duration.ZERO)))
                .map(SlashWorker::identity);
        return new Ranking(youngest, active, last);
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
        return youngestFirst.subList(0, places.getOrDefault(worker.identity(), 0));
    }

    /** Whether of all that were ever seen at work this one was seen last. */
    boolean isLastSeenWorking(SlashWorker worker) {
        return lastWorked.filter(worker.identity()::equals).isPresent();
    }

    /** Rank by last activity, else start, newest first, from 1. */
    int rankOf(SlashWorker worker) {
        return ranks.getOrDefault(worker.identity(), 1);
    }
}
