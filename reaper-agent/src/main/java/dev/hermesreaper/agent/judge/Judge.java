package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.GatewayKind;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.sighting.Sightings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about every slash worker and every entry of a look: first whatever keeps a process come what may, then what it is
 * doing, then the ways a worker leaks, in order. The first reason to end it wins over any reason to wait; what could
 * apply but cannot be read keeps it.
 */
public final class Judge {

    private static final Ruling NOTHING_AGAINST_IT = Ruling.keep(Reason.OWNED, Statement.of("no reap reason applies"));

    private final Vetoes vetoes;
    private final List<LeakRule> rules;
    private final List<LeakRule> besidesSuperseded;
    private final List<LeakRule> ofEntries;

    public Judge(JudgePolicy policy, Jurisdiction jurisdiction) {
        this(policy, jurisdiction, Set.of());
    }

    /**
     * For tests that show what each veto is for.
     *
     * @param without vetoes that are left out
     */
    Judge(JudgePolicy policy, Jurisdiction jurisdiction, Set<Reason> without) {
        this.vetoes = new Vetoes(jurisdiction, policy.minAge(), without);
        LeakRule orphaned = new OrphanedRule(policy);
        LeakRule sessionEnded = new SessionEndedRule(policy);
        LeakRule superseded = new SupersededRule(policy);
        LeakRule abandoned = new AbandonedRule(policy);
        LeakRule surplus = new SurplusRule(policy);
        this.rules = List.of(orphaned, sessionEnded, superseded, abandoned, surplus);
        List<LeakRule> others = new ArrayList<>(rules);
        others.remove(superseded);
        this.besidesSuperseded = List.copyOf(others);
        this.ofEntries = List.of(orphaned);
    }

    /** Takes up every case of {@code look}; {@code sightings} is what all looks say, this one included. */
    public Hearing hear(Look look, Sightings sightings) {
        return new Hearing(look, sightings);
    }

    /** The cases of one look. */
    public final class Hearing {

        private final Look look;
        private final Sightings sightings;
        private final List<Case> workers;

        private Hearing(Look look, Sightings sightings) {
            this.look = look;
            this.sightings = sightings;
            this.workers = new ArrayList<>(look.workers().size());
            Ranking ranking = Ranking.of(look, sightings);
            for (SlashWorker worker : look.workers()) {
                workers.add(Case.of(worker, sightings.of(worker.identity()), ranking, look));
            }
        }

        /**
         * The workers whose verdict hangs on what is on record about their session: nothing keeps them, nobody was found to
         * be leaked for a stronger reason, and some rule needs no more than the record.
         */
        public List<SlashWorker> hangingOnRecords() {
            List<SlashWorker> hanging = new ArrayList<>();
            for (Case it : workers) {
                if (it.doing() == Doing.IDLE
                        && !isMatterOfOwners(it)
                        && hangsOnRecord(it)
                        && vetoed(it).isEmpty()
                        && it.worker().isPresent()) {
                    hanging.add(it.worker().get());
                }
            }
            return hanging;
        }

        /**
         * One verdict for every worker and every entry.
         *
         * @param records what is on record about the sessions of workers, as far as it was read; read after the look, so
         *     that a session which came to life in between is seen
         */
        public List<Verdict> verdicts(Map<ProcessIdentity, SessionRecord> records) {
            List<Case> cases = new ArrayList<>(workers.size());
            Set<ProcessIdentity> doomed = new HashSet<>();
            for (Case worker : workers) {
                ProcessIdentity identity = worker.process().identity();
                SessionRecord read = records.get(identity);
                Case it = read == null ? worker : worker.withRecord(read);
                cases.add(it);
                if (it.hasSiblings() && rule(it, besidesSuperseded).decision() == Decision.REAP) {
                    doomed.add(identity);
                }
            }
            List<Verdict> verdicts =
                    new ArrayList<>(cases.size() + look.gateways().size());
            for (Case it : cases) {
                Case among = it.hasSiblings() ? it.beside(doomed) : it;
                verdicts.add(verdict(among, rules, rule(among, rules)));
            }
            List<Verdict> onWorkers = List.copyOf(verdicts);
            for (Gateway gateway : look.gateways()) {
                if (gateway.kind() == GatewayKind.ENTRY) {
                    verdicts.add(onEntry(gateway, onWorkers));
                }
            }
            return verdicts;
        }

        /** A worker that must be kept keeps the entry above it: ending that would close the worker's stdin. */
        private Verdict onEntry(Gateway entry, List<Verdict> onWorkers) {
            Case it = Case.of(entry, sightings.of(entry.identity()), look);
            Ruling ruling = rule(it, ofEntries);
            if (ruling.decision() != Decision.KEEP) {
                Optional<Verdict> kept = keptBelow(entry, onWorkers);
                if (kept.isPresent()) {
                    ruling = ruling.sparedFor(kept.get());
                }
            }
            return verdict(it, ofEntries, ruling);
        }
    }

    /** Nobody owns it, and that alone decides. */
    private boolean isMatterOfOwners(Case it) {
        if (it.ownership().isUnowned()) {
            for (LeakRule rule : rules) {
                if (rule.reason() == Reason.ORPHANED && rule.action() != Action.IGNORE) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hangsOnRecord(Case it) {
        for (LeakRule rule : rules) {
            if (rule.action() != Action.IGNORE && rule.hangsOnRecord(it)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Why {@code process} is to be left alone, whatever it is: the operator protects it by its pid or a variable it was
     * started with.
     */
    public Optional<String> protection(ProcessEntry process, ProcessDetails details) {
        return vetoes.protection(process, details).map(Statement::toString);
    }

    /** Why whether it is protected cannot be told; empty if it can. */
    public Optional<String> doubtfulProtection(ProcessDetails details) {
        return vetoes.doubtfulProtection(details).map(Statement::toString);
    }

    /** A worker anywhere below this entry that must be kept. */
    private static Optional<Verdict> keptBelow(Gateway entry, List<Verdict> onWorkers) {
        Set<ProcessIdentity> below = new HashSet<>();
        for (ProcessEntry process : entry.descendants()) {
            below.add(process.identity());
        }
        for (Verdict verdict : onWorkers) {
            if (verdict.decision() == Decision.KEEP
                    && verdict.reason() != Reason.ZOMBIE
                    && below.contains(verdict.identity())) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }

    private Verdict verdict(Case it, List<LeakRule> asked, Ruling ruling) {
        return new Verdict(
                it.process(),
                it.sessionKey(),
                ruling.decision(),
                ruling.reason(),
                ruling.pending(),
                ruling.reason() != Reason.NOT_OURS && vetoes.isOurs(it),
                new WriteUp(vetoes, asked, it, ruling));
    }

    /** Settles {@code it}; asks no further than the answer is known. */
    private Ruling rule(Case it, List<LeakRule> asked) {
        Optional<Ruling> vetoed = vetoed(it);
        return vetoed.isPresent() ? vetoed.get() : byRules(it, asked);
    }

    /** What the first veto that objects makes of it. */
    private Optional<Ruling> vetoed(Case it) {
        for (Reason veto : vetoes.inOrder()) {
            Optional<Statement> objection = vetoes.objection(veto, it);
            if (objection.isPresent()) {
                return Optional.of(Ruling.keep(veto, objection.get()));
            }
        }
        return Optional.empty();
    }

    private static Ruling byRules(Case it, List<LeakRule> asked) {
        boolean working = it.doing() == Doing.WORKING;
        Optional<Ruling> pending = Optional.empty();
        Optional<Ruling> unknown = Optional.empty();
        for (LeakRule rule : asked) {
            if (rule.action() == Action.IGNORE || (working && rule.reason() != Reason.ORPHANED)) {
                continue;
            }
            Finding finding = rule.examine(it);
            if (finding.isDue()) {
                return Ruling.due(rule, finding);
            }
            if (finding.kind() == Finding.Kind.PENDING) {
                pending = Optional.of(shorter(pending, Ruling.waiting(rule, finding)));
            } else if (finding.kind() == Finding.Kind.UNKNOWN && unknown.isEmpty()) {
                unknown = Optional.of(Ruling.keep(Reason.UNKNOWN, finding.detail()));
            }
        }
        if (working) {
            return Ruling.keep(Reason.BUSY, Wording.doing(it));
        }
        return pending.isPresent() ? pending.get() : unknown.isPresent() ? unknown.get() : fine(it);
    }

    private static Ruling fine(Case it) {
        return it.hasSiblings() && it.siblings().isYoungest()
                ? Ruling.keep(
                        Reason.NEWEST,
                        Statement.of("the youngest of ", it.siblings().size(), " workers of this session"))
                : NOTHING_AGAINST_IT;
    }

    private static Ruling shorter(Optional<Ruling> known, Ruling next) {
        return known.isPresent() && known.get().remaining().compareTo(next.remaining()) <= 0 ? known.get() : next;
    }
}
