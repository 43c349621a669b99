package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.GatewayKind;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.Evidence;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides about every slash worker and every entry of a look: first whatever keeps a process come what may, then what it is
 * doing, then the ways a worker leaks, in order. The first reason to end it wins over any reason to wait; what could
 * apply but cannot be read keeps it.
 */
public final class Judge {

    private final Vetoes vetoes;
    private final List<LeakRule> rules;

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
        this.rules = List.of(
                new OrphanedRule(policy),
                new SessionEndedRule(policy),
                new SupersededRule(policy),
                new AbandonedRule(policy),
                new SurplusRule(policy));
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
            Map<ProcessIdentity, Ranking> sessions = Ranking.ofSessions(look, sightings);
            Map<ProcessIdentity, Ranking> owners = Ranking.ofOwners(look, sightings);
            this.workers = new ArrayList<>();
            for (SlashWorker worker : look.workers()) {
                workers.add(new Case(
                        worker.process(),
                        worker.details(),
                        worker.ownership(),
                        sightings.of(worker.identity()),
                        Optional.of(worker),
                        sessions.getOrDefault(worker.identity(), Ranking.NONE),
                        owners.getOrDefault(worker.identity(), Ranking.NONE),
                        Set.of(),
                        Optional.empty(),
                        look));
            }
        }

        /**
         * The workers whose verdict hangs on what is on record about their session: nothing keeps them, nobody was found to
         * be leaked for a stronger reason, and some rule needs no more than the record.
         */
        public List<SlashWorker> hangingOnRecords() {
            List<SlashWorker> hanging = new ArrayList<>();
            for (Case it : workers) {
                if (it.doing() == Doing.IDLE && !isMatterOfOwners(it) && hangsOnRecord(it) && !isKept(it)) {
                    it.worker().ifPresent(hanging::add);
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
            List<Case> cases = new ArrayList<>();
            Set<ProcessIdentity> doomed = new HashSet<>();
            for (Case it : workers) {
                ProcessIdentity identity = it.process().identity();
                Case onRecord = it.withRecord(Optional.ofNullable(records.get(identity)));
                cases.add(onRecord);
                if (it.siblings().size() > 1
                        && judge(onRecord, rule -> rule.reason() != Reason.SUPERSEDED)
                                .isReap()) {
                    doomed.add(identity);
                }
            }
            List<Verdict> verdicts = new ArrayList<>();
            for (Case it : cases) {
                verdicts.add(judge(it.beside(doomed), rule -> true));
            }
            List<Verdict> onWorkers = List.copyOf(verdicts);
            for (Gateway gateway : look.gateways()) {
                if (gateway.kind() == GatewayKind.ENTRY) {
                    Verdict own = judge(
                            Case.of(gateway, sightings.of(gateway.identity()), look),
                            rule -> rule.reason() == Reason.ORPHANED);
                    verdicts.add(keptBelow(gateway, onWorkers)
                            .map(kept -> spareFor(kept, own))
                            .orElse(own));
                }
            }
            return verdicts;
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

    /** Whether some veto keeps it. */
    private boolean isKept(Case it) {
        for (Reason veto : vetoes.inOrder()) {
            if (vetoes.objection(veto, it).isPresent()) {
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
        return vetoes.protection(process, details);
    }

    /** Why whether it is protected cannot be told; empty if it can. */
    public Optional<String> doubtfulProtection(ProcessDetails details) {
        return vetoes.doubtfulProtection(details);
    }

    /** A worker anywhere below this entry that must be kept: ending the entry would close its stdin. */
    private static Optional<Verdict> keptBelow(Gateway entry, List<Verdict> onWorkers) {
        Set<ProcessIdentity> below =
                entry.descendants().stream().map(ProcessEntry::identity).collect(Collectors.toSet());
        return onWorkers.stream()
                .filter(verdict -> below.contains(verdict.identity()))
                .filter(verdict -> verdict.decision() == Decision.KEEP && verdict.reason() != Reason.ZOMBIE)
                .findFirst();
    }

    private static Verdict spareFor(Verdict kept, Verdict own) {
        if (own.decision() == Decision.KEEP) {
            return own;
        }
        List<Evidence> evidence = new ArrayList<>(own.evidence());
        evidence.add(
                0,
                new Evidence(
                        "verdict",
                        "its worker " + kept.process().pid() + " is kept ("
                                + kept.reason().word() + ") and lives by it",
                        "judge"));
        return new Verdict(
                own.process(), own.sessionKey(), Decision.KEEP, kept.reason(), Optional.empty(), evidence, own.gates());
    }

    private Verdict judge(Case it, Predicate<LeakRule> asked) {
        List<Gate> gates = new ArrayList<>();
        Optional<Ruling> ruling = Optional.empty();
        for (Reason veto : vetoes.inOrder()) {
            Optional<String> objection = vetoes.objection(veto, it);
            String detail = objection.isPresent() ? objection.get() : vetoes.fine(veto, it);
            gates.add(new Gate(veto.word(), objection.isEmpty(), detail));
            if (ruling.isEmpty() && objection.isPresent()) {
                ruling = Optional.of(Ruling.keep(veto, objection.get()));
            }
        }
        Ruling byRules = rule(it, asked, gates);
        Ruling last = ruling.orElse(byRules);
        return new Verdict(
                it.process(),
                it.sessionKey(),
                last.decision(),
                last.reason(),
                last.pending(),
                Wording.evidence(it, last),
                gates);
    }

    private Ruling rule(Case it, Predicate<LeakRule> asked, List<Gate> gates) {
        boolean working = it.doing() == Doing.WORKING;
        gates.add(new Gate(Reason.BUSY.word(), !working, Wording.doing(it)));
        Optional<Ruling> due = Optional.empty();
        Optional<Ruling> pending = Optional.empty();
        Optional<Ruling> unknown = Optional.empty();
        for (LeakRule rule : rules) {
            if (!asked.test(rule)) {
                continue;
            }
            Finding finding = rule.examine(it);
            boolean ignored = rule.action() == Action.IGNORE;
            gates.add(new Gate(
                    rule.reason().word(),
                    finding.isDue() && !ignored,
                    finding.detail() + (ignored ? " (rule off)" : "")));
            if (ignored || (working && rule.reason() != Reason.ORPHANED)) {
                continue;
            }
            switch (finding.kind()) {
                case DUE, DUE_BUT_LEFT -> due = due.or(() -> Optional.of(Ruling.due(rule, finding)));
                case PENDING -> pending = shorter(pending, Ruling.waiting(rule, finding));
                case UNKNOWN -> unknown = unknown.or(() -> Optional.of(Ruling.keep(Reason.UNKNOWN, finding.detail())));
                case NONE -> {}
            }
        }
        Optional<Ruling> busy = working ? Optional.of(Ruling.keep(Reason.BUSY, Wording.doing(it))) : Optional.empty();
        Optional<Ruling> waiting = pending;
        Optional<Ruling> unsure = unknown;
        return due.or(() -> busy).or(() -> waiting).or(() -> unsure).orElseGet(() -> fine(it));
    }

    private static Ruling fine(Case it) {
        boolean newest = it.siblings().size() > 1
                && it.worker().filter(it.siblings()::isYoungest).isPresent();
        return newest
                ? Ruling.keep(Reason.NEWEST, "the youngest of " + it.siblings().size() + " workers of this session")
                : Ruling.keep(Reason.OWNED, "no reap reason applies");
    }

    private static Optional<Ruling> shorter(Optional<Ruling> known, Ruling next) {
        return known.filter(it -> it.remaining().compareTo(next.remaining()) <= 0)
                .or(() -> Optional.of(next));
    }
}
