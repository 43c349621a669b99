package dev.hermesreaper.agent.reap;

import static dev.hermesreaper.agent.testing.Records.with;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.hermes.Scrutiny;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Jurisdiction;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.RecordSource.Freshness;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.MemoryLedger;
import dev.hermesreaper.agent.testing.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A machine, and a reaper whose second opinion comes from it. Jurisdiction and policy may change at any time. */
final class Bench implements SecondOpinion {
    final World world = new World();
    final MemoryLedger ledger = new MemoryLedger();
    Jurisdiction jurisdiction = Jurisdiction.of(World.UID);
    ReapPolicy policy = Config.defaults().reap();
    private Sightings sightings = Sightings.NONE;
    Restraint restraint = Restraint.NONE;
    /** Those that are to be ended, as an inspector knows them. */
    private final Set<Integer> scrutinised = new HashSet<>();

    private boolean missed;

    Bench policy(String name, Object value) {
        policy = with(policy, name, value);
        return this;
    }

    Bench jurisdiction(String name, Object value) {
        jurisdiction = with(jurisdiction, name, value);
        return this;
    }

    FakeProcess orphan(int pid) {
        return world.worker(pid).of("s" + pid).orphanedTo(1);
    }

    /** 101: a younger worker of its session under the same dashboard has replaced it. */
    FakeProcess superseded() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(102).startedAgo("1h").ownedBy(dashboard);
        return world.worker(101).ownedBy(dashboard);
    }

    List<FakeProcess> orphans(int number) {
        List<FakeProcess> orphans = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            orphans.add(orphan(2000 + i));
        }
        return orphans;
    }

    /** An MCP server, started with the worker it is below. */
    FakeProcess mcp(int pid, FakeProcess above) {
        return world.start(pid)
                .runs("/usr/bin/node", "node", "server.js")
                .below(above)
                .startedAgo("119m");
    }

    /** What became of {@code descendant} of the first of these. */
    static Outcome outcomeOf(List<Reaping> reapings, FakeProcess descendant) {
        return reapings.get(0).descendants().stream()
                .filter(it -> it.process().identity().equals(descendant.identity()))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    @Override
    public Judgement lookAgain(Set<ProcessIdentity> signalled) {
        Look look = new Lookout(world.host()).look(Scrutiny.of(scrutinised));
        sightings = sightings.after(look, missed, signalled);
        missed = false;
        Judge.Hearing hearing = new Judge(Config.defaults().judge(), jurisdiction).hear(look, sightings);
        return new Judgement(
                look, sightings, hearing.verdicts(world.records().of(look, hearing.hangingOnRecords(), Freshness.NOW)));
    }

    @Override
    public void missed() {
        missed = true;
    }

    @Override
    public Optional<Objection> objection(ProcessEntry process) {
        Lookout lookout = new Lookout(world.host());
        if (lookout.isGateway(process)) {
            return Optional.of(Objection.certain("it is a gateway"));
        }
        Judge judge = new Judge(Config.defaults().judge(), jurisdiction);
        ProcessDetails details = lookout.details(process);
        return Objection.of(judge.protection(process, details), judge.doubtfulProtection(details));
    }

    /** Those that are due after the machine was watched for so long. */
    List<Verdict> due(String watched) throws InterruptedException {
        lookAgain(Set.of());
        world.elapse(watched);
        return lookAgain(Set.of()).verdicts().stream().filter(Verdict::isReap).toList();
    }

    List<Reaping> reap(List<Verdict> due) throws InterruptedException {
        return reap(due, Optional.empty());
    }

    List<Reaping> reap(List<Verdict> due, Optional<Outcome> insteadOfSignal) throws InterruptedException {
        return reap(due, insteadOfSignal, ledger);
    }

    List<Reaping> reap(List<Verdict> due, Optional<Outcome> insteadOfSignal, Ledger book) throws InterruptedException {
        due.forEach(verdict -> scrutinised.add(verdict.process().pid()));
        return new Reaper(world.host(), policy, this, book, insteadOfSignal, restraint).reap(due);
    }
}
