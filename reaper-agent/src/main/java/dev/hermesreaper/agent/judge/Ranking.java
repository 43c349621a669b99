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
            List<SlashWorker> youngestFirst, List<SlashWorker> lastActiveFirst, Optional<ProcessIdentity> lastWorked) {
        this.youngestFirst = youngestFirst;
        this.places = new HashMap<>();
        for (SlashWorker worker : youngestFirst) {
            places.put(worker.identity(), places.size());
        }
        this.ranks = new HashMap<>();
        for (SlashWorker worker : lastActiveFirst) {
            ranks.put(worker.identity(), ranks.size() + 1);
        }
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
        Optional<ProcessEntry> owner = worker.ownership().owner();
        String key = worker.options().sessionKey();
        return owner.isPresent() && worker.home().known() && !key.isEmpty()
                ? Optional.of(List.of(
                        worker.process().uid(),
                        worker.home().path(),
                        owner.get().identity(),
                        key))
                : Optional.empty();
    }

    private static <K> Map<ProcessIdentity, Ranking> by(
            Look look, Sightings sightings, Function<SlashWorker, Optional<K>> group) {
        Map<K, List<SlashWorker>> groups = new HashMap<>();
        List<SlashWorker> forks = forks(look);
        for (SlashWorker worker : look.livingWorkers()) {
            Optional<K> key = group.apply(worker);
            if (key.isPresent() && !forks.contains(worker)) {
                groups.computeIfAbsent(key.get(), it -> new ArrayList<>()).add(worker);
            }
        }
        Map<ProcessIdentity, Ranking> result = new HashMap<>();
        for (List<SlashWorker> workers : groups.values()) {
            Ranking ranking = of(workers, look, sightings);
            for (SlashWorker worker : workers) {
                result.put(worker.identity(), ranking);
            }
        }
        return result;
    }

    /** Those that read the very stdin of an older one: a fork that kept its words, and takes nobody's place. */
    private static List<SlashWorker> forks(Look look) {
        Set<Stdin> read = new HashSet<>();
        List<SlashWorker> forks = new ArrayList<>();
        List<SlashWorker> youngestFirst = youngestFirst(look.livingWorkers());
        for (int i = youngestFirst.size() - 1; i >= 0; i--) {
            Stdin stdin = youngestFirst.get(i).details().stdin();
            boolean has = stdin.kind() == Stdin.Kind.PIPE || stdin.kind() == Stdin.Kind.SOCKET;
            if (has && !read.add(stdin)) {
                forks.add(youngestFirst.get(i));
            }
        }
        return forks;
    }

    private static List<SlashWorker> youngestFirst(List<SlashWorker> workers) {
        List<SlashWorker> sorted = new ArrayList<>(workers);
        sorted.sort((one, other) -> ProcessTable.OLDEST_FIRST.compare(other.process(), one.process()));
        return sorted;
    }

    private static Ranking of(List<SlashWorker> workers, Look look, Sightings sightings) {
        List<SlashWorker> youngest = youngestFirst(workers);
        Map<ProcessIdentity, Duration> activity = new HashMap<>();
        Optional<SlashWorker> last = Optional.empty();
        Duration latest = Duration.ZERO;
        for (SlashWorker worker : youngest) {
            Optional<Duration> worked = lastWorked(worker, sightings);
            activity.put(worker.identity(), worked.isPresent() ? worked.get() : startOf(worker, look));
            if (worked.isPresent() && (last.isEmpty() || worked.get().compareTo(latest) > 0)) {
                last = Optional.of(worker);
                latest = worked.get();
            }
        }
        List<SlashWorker> active = new ArrayList<>(youngest);
        active.sort((one, other) -> activity.getOrDefault(other.identity(), Duration.ZERO)
                .compareTo(activity.getOrDefault(one.identity(), Duration.ZERO)));
        return new Ranking(youngest, active, last.map(SlashWorker::identity));
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
