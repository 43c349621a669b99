package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.hermes.Scrutiny;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Objection;
import dev.hermesreaper.agent.reap.SecondOpinion;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.RecordSource.Freshness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks, remembers, reads what is on record where a verdict hangs on it, and judges, again and again: what every look saw
 * is known to the next. Signals nobody.
 */
public final class Inspector implements SecondOpinion {

    private final Lookout lookout;
    private final Judge judge;
    private final RecordSource records;
    private Recall memory;
    private Optional<Sightings> sightings = Optional.empty();
    private Set<ProcessIdentity> due = Set.of();
    private boolean missed;
    private boolean compares;

    /**
     * @param memory what earlier passes saw, asked for once, after the first look
     */
    public Inspector(Lookout lookout, Judge judge, RecordSource records, Recall memory) {
        this.lookout = lookout;
        this.judge = judge;
        this.records = records;
        this.memory = memory;
    }

    /** Asks a second reader about every candidate in every look, not only about what is to be ended right before it is. */
    public Inspector comparing() {
        compares = true;
        return this;
    }

    /**
     * Takes a look and judges it.
     *
     * @throws dev.hermesreaper.agent.host.HostException if the machine cannot be observed at all
     */
    public Judgement look() {
        return lookInto(Optional.empty());
    }

    /**
     * Takes a look and judges it, and reads what is on record about the session of worker {@code pid} although no verdict
     * may hang on it, for the person who asks why.
     *
     * @throws dev.hermesreaper.agent.host.HostException if the machine cannot be observed at all
     */
    public Judgement lookInto(int pid) {
        return lookInto(Optional.of(pid));
    }

    private Judgement lookInto(Optional<Integer> pid) {
        Set<Integer> closely = pid.isPresent() ? Set.of(pid.get()) : Set.of();
        Look look = lookout.look(compares ? Scrutiny.OF_ALL : Scrutiny.of(closely));
        Sightings known = remember(look, Set.of());
        Judge.Hearing hearing = judge.hear(look, known);
        List<SlashWorker> asked = new ArrayList<>(hearing.hangingOnRecords());
        for (SlashWorker worker : look.workers()) {
            if (closely.contains(worker.pid())) {
                asked.add(worker);
            }
        }
        Judgement judgement = new Judgement(look, known, hearing.verdicts(records.of(look, asked, Freshness.MINUTES)));
        due = new HashSet<>();
        for (Verdict verdict : judgement.verdicts()) {
            if (verdict.isReap()) {
                due.add(verdict.identity());
            }
        }
        return judgement;
    }

    /** Of those that were due, what is on record is read again; what else hangs on a record is unknown now. */
    @Override
    public Judgement lookAgain(Set<ProcessIdentity> signalled) {
        Set<Integer> closely = new HashSet<>();
        for (ProcessIdentity each : due) {
            closely.add(each.pid());
        }
        Look look = lookout.look(compares ? Scrutiny.OF_ALL : Scrutiny.of(closely));
        Sightings known = remember(look, signalled);
        Judge.Hearing hearing = judge.hear(look, known);
        List<SlashWorker> asked = hearing.hangingOnRecords().stream()
                .filter(worker -> due.contains(worker.identity()))
                .toList();
        return new Judgement(look, known, hearing.verdicts(records.of(look, asked, Freshness.NOW)));
    }

    private Sightings remember(Look look, Set<ProcessIdentity> signalled) {
        Sightings before = sightings.isPresent() ? sightings.get() : memory.recall(look);
        Sightings known = before.after(look, missed, signalled);
        missed = false;
        sightings = Optional.of(known);
        return known;
    }

    /** Forgets its own looks and asks {@code anew} after the next one: somebody else has looked since. */
    public void recall(Recall anew) {
        memory = anew;
        sightings = Optional.empty();
    }

    @Override
    public Optional<Objection> objection(ProcessEntry process) {
        if (lookout.isGateway(process)) {
            return Optional.of(Objection.certain("it is a gateway"));
        }
        ProcessDetails details = lookout.details(process);
        return Objection.of(judge.protection(process, details), judge.doubtfulProtection(details));
    }

    @Override
    public void missed() {
        missed = true;
    }

    /** What all looks so far say. */
    public Sightings sightings() {
        return sightings.orElse(Sightings.NONE);
    }
}
