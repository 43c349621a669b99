package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts a {@link Judgement} into {@link Sample}s. */
public final class Census {

    /** Characters of a session key that are sampled; no key that Hermes makes is longer than 30. */
    private static final int LONGEST_KEY = 64;

    private final Judgement judgement;
    private final Map<ProcessIdentity, Verdict> verdicts = new HashMap<>();

    public Census(Judgement judgement) {
        this.judgement = judgement;
        for (Verdict verdict : judgement.verdicts()) {
            verdicts.put(verdict.identity(), verdict);
        }
    }

    /** As it was judged. */
    public Sample sample() {
        return sample(Set.of(), judgement.look().memory());
    }

    /**
     * After a pass has ended some of them.
     *
     * @param ended those that are proven gone
     * @param memory the machine's memory since then
     */
    public Sample without(Set<ProcessIdentity> ended, HostMemory memory) {
        return sample(ended, memory);
    }

    private Sample sample(Set<ProcessIdentity> ended, HostMemory memory) {
        Look look = judgement.look();
        Map<String, Integer> byVerdict = new LinkedHashMap<>();
        for (Decision decision : Decision.values()) {
            byVerdict.put(decision.word(), 0);
        }
        Map<String, SessionSample> sessions = new LinkedHashMap<>();
        Map<ProcessIdentity, Group> groups = new HashMap<>();
        Group all = new Group();
        Duration oldest = Duration.ZERO;
        int unknown = 0;
        for (SlashWorker worker : look.workers()) {
            Verdict verdict = verdicts.get(worker.identity());
            if (verdict == null || !verdict.isOurs() || worker.process().isZombie()) {
                continue; // the dead hold nothing, and are gone once somebody collects them
            }
            boolean leaked = verdict.decision().isLeak();
            boolean gone = ended.contains(worker.identity());
            all.add(worker, leaked, gone);
            Optional<ProcessEntry> owner = worker.ownership().owner();
            if (owner.isPresent()) {
                Group group = groups.get(owner.get().identity());
                if (group == null) {
                    group = new Group();
                    groups.put(owner.get().identity(), group);
                }
                group.add(worker, leaked, gone);
            }
            if (!gone) {
                unknown += verdict.reason() == Reason.UNKNOWN ? 1 : 0;
                String word = verdict.decision().word();
                byVerdict.put(word, byVerdict.getOrDefault(word, 0) + 1);
                String key = key(worker);
                SessionSample added = new SessionSample(key, 1, leaked ? 1 : 0);
                SessionSample before = sessions.get(key);
                sessions.put(key, before == null ? added : plus(before, added));
                oldest = leaked && look.ageOf(worker).compareTo(oldest) > 0 ? look.ageOf(worker) : oldest;
            }
        }
        int leaking = 0;
        for (SessionSample session : sessions.values()) {
            leaking += session.leaked() > 0 ? 1 : 0;
        }
        return new Sample(
                look.at().wall(),
                bootId(look),
                look.at().sinceBoot(),
                byVerdict,
                unknown,
                sessions.size(),
                leaking,
                oldest,
                all.memory,
                memory,
                all.ended,
                gateways(look, groups),
                largest(sessions));
    }

    private static List<GatewaySample> gateways(Look look, Map<ProcessIdentity, Group> groups) {
        List<GatewaySample> gateways = new ArrayList<>();
        for (Gateway gateway : look.gateways()) {
            Group group = groups.getOrDefault(gateway.identity(), new Group());
            gateways.add(new GatewaySample(
                    gateway.identity(),
                    gateway.kind().word(),
                    group.workers,
                    group.leaked,
                    group.memory,
                    group.ended > 0 ? OpenFiles.UNREADABLE : gateway.details().openFiles(),
                    group.ended));
        }
        gateways.sort(new MostWorkersFirst());
        return gateways.subList(0, Math.min(gateways.size(), Sample.MOST_GATEWAYS));
    }

    private static List<SessionSample> largest(Map<String, SessionSample> sessions) {
        List<SessionSample> largest = new ArrayList<>(sessions.values());
        largest.sort(new LargestFirst());
        return largest.subList(0, Math.min(largest.size(), Sample.MOST_SESSIONS));
    }

    private static SessionSample plus(SessionSample one, SessionSample other) {
        return new SessionSample(one.key(), one.workers() + other.workers(), one.leaked() + other.leaked());
    }

    private static String key(SlashWorker worker) {
        String key = worker.options().sessionKey();
        if (key.length() <= LONGEST_KEY) {
            return key;
        }
        return key.substring(0, Character.isHighSurrogate(key.charAt(LONGEST_KEY - 1)) ? LONGEST_KEY - 1 : LONGEST_KEY);
    }

    /** A reading always shows at least this program, so there is a boot to speak of. */
    private static String bootId(Look look) {
        Iterator<ProcessEntry> entries = look.table().entries().iterator();
        return entries.hasNext() ? entries.next().identity().bootId() : "";
    }

    private static final class MostWorkersFirst implements Comparator<GatewaySample> {
        @Override
        public int compare(GatewaySample one, GatewaySample other) {
            return Integer.compare(other.workers(), one.workers());
        }
    }

    private static final class LargestFirst implements Comparator<SessionSample> {
        @Override
        public int compare(SessionSample one, SessionSample other) {
            return one.workers() != other.workers()
                    ? Integer.compare(other.workers(), one.workers())
                    : one.key().compareTo(other.key());
        }
    }

    /** Workers, added up. */
    private static final class Group {

        private static final MemoryUse NOTHING = new MemoryUse(true, 0, 0);

        private int workers;
        private int leaked;
        private long ended;
        private MemoryUse memory = NOTHING;

        void add(SlashWorker worker, boolean isLeaked, boolean isGone) {
            if (isGone) {
                ended++;
                return;
            }
            MemoryUse its = worker.details().memory();
            memory = workers == 0 ? its : memory.plus(its);
            workers++;
            leaked += isLeaked ? 1 : 0;
        }
    }
}
