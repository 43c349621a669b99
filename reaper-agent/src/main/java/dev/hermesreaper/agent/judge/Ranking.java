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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where each live worker of a look stands among those it belongs to, by age and by who was active last: those of its session
 * (same user, same home, same owner, same session key), and all of its owner. One whose home or owner is unknown stands alone.
 */
final class Ranking {

    private static final Comparator<Member> OLDEST_FIRST = new OldestFirst();
    private static final Comparator<Member> LAST_ACTIVE_FIRST = new LastActiveFirst();

    private final Map<ProcessIdentity, Standing> siblings = new HashMap<>();
    private final Map<ProcessIdentity, Standing> fellows = new HashMap<>();

    /** One worker among others. */
    private static final class Member {
        final SlashWorker worker;
        /** Whether it was ever seen at work. */
        final boolean worked;
        /** When it was last seen at work, or else when it started. */
        final Duration active;
        /** Its place among those it is ranked with now, the youngest's being 0. */
        int place;

        Member(SlashWorker worker, Look look, Optional<Sighting> sighting) {
            Optional<Duration> last = sighting.isPresent() ? sighting.get().lastWorked() : Optional.empty();
            this.worker = worker;
            this.worked = last.isPresent();
            this.active = last.isPresent()
                    ? last.get()
                    : look.table().sinceBoot(worker.identity().startTicks());
        }
    }

    static Ranking of(Look look, Sightings sightings) {
        Map<Object, List<Member>> sessions = new HashMap<>();
        Map<Object, List<Member>> owners = new HashMap<>();
        for (Member member : youngestFirst(look, sightings)) {
            SlashWorker worker = member.worker;
            Optional<ProcessEntry> owner = worker.ownership().owner();
            if (owner.isEmpty()) {
                continue;
            }
            ProcessIdentity identity = owner.get().identity();
            add(owners, identity, member);
            String key = worker.options().sessionKey();
            if (worker.home().known() && !key.isEmpty()) {
                add(sessions, List.of(worker.process().uid(), worker.home().path(), identity, key), member);
            }
        }
        Ranking ranking = new Ranking();
        rank(sessions.values(), ranking.siblings);
        rank(owners.values(), ranking.fellows);
        return ranking;
    }

    /** Where {@code worker} stands among the workers of its session. */
    Standing siblings(SlashWorker worker) {
        return siblings.getOrDefault(worker.identity(), Standing.ALONE);
    }

    /** Where {@code worker} stands among all workers of its owner. */
    Standing fellows(SlashWorker worker) {
        return fellows.getOrDefault(worker.identity(), Standing.ALONE);
    }

    /** Without those that read the very stdin of an older one: a fork that kept its words, and takes nobody's place. */
    private static List<Member> youngestFirst(Look look, Sightings sightings) {
        List<Member> living = new ArrayList<>();
        for (SlashWorker worker : look.livingWorkers()) {
            living.add(new Member(worker, look, sightings.of(worker.identity())));
        }
        living.sort(OLDEST_FIRST);
        Set<Stdin> read = new HashSet<>();
        List<Member> members = new ArrayList<>();
        for (Member member : living) {
            Stdin stdin = member.worker.details().stdin();
            boolean has = stdin.kind() == Stdin.Kind.PIPE || stdin.kind() == Stdin.Kind.SOCKET;
            if (!has || read.add(stdin)) {
                members.add(member);
            }
        }
        Collections.reverse(members);
        return members;
    }

    private static void add(Map<Object, List<Member>> groups, Object key, Member member) {
        List<Member> group = groups.get(key);
        if (group == null) {
            group = new ArrayList<>();
            groups.put(key, group);
        }
        group.add(member);
    }

    private static void rank(Collection<List<Member>> groups, Map<ProcessIdentity, Standing> standings) {
        for (List<Member> group : groups) {
            List<SlashWorker> youngestFirst = new ArrayList<>(group.size());
            for (Member member : group) {
                member.place = youngestFirst.size();
                youngestFirst.add(member.worker);
            }
            group.sort(LAST_ACTIVE_FIRST);
            boolean isLast = true;
            int rank = 0;
            for (Member member : group) {
                rank++;
                boolean isLastWorked = isLast && member.worked;
                standings.put(member.worker.identity(), new Standing(youngestFirst, member.place, rank, isLastWorked));
                isLast &= !member.worked;
            }
        }
    }

    private static final class OldestFirst implements Comparator<Member> {
        @Override
        public int compare(Member one, Member other) {
            return ProcessTable.OLDEST_FIRST.compare(one.worker.process(), other.worker.process());
        }
    }

    /** Of a list that is youngest first: of those of one moment the youngest goes first. */
    private static final class LastActiveFirst implements Comparator<Member> {
        @Override
        public int compare(Member one, Member other) {
            return other.active.compareTo(one.active);
        }
    }
}
