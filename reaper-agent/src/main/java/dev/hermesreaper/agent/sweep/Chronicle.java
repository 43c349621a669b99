package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.ledger.Ending;
import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.ledger.ObservedActs;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.regret.ObservedFile;
import dev.hermesreaper.agent.regret.Pass;
import dev.hermesreaper.agent.regret.Regret;
import dev.hermesreaper.agent.regret.Watch;
import dev.hermesreaper.agent.sample.Census;
import dev.hermesreaper.agent.sample.Sample;
import dev.hermesreaper.agent.sample.SampleFile;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.StateDirectory;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps of a pass what reports tell later: a sample, and what became of decisions that were only observed. */
final class Chronicle {

    private final StateDirectory directory;
    private final PassLock lock;
    private final Consumer<String> complaints;

    Chronicle(StateDirectory directory, PassLock lock, Consumer<String> complaints) {
        this.directory = directory;
        this.lock = lock;
        this.complaints = complaints;
    }

    void keep(Agent agent, Sweep.Done done) {
        // A pass that ignores reasons for once sees fewer leaks than the one before it and the one after it.
        if (!agent.limited()) {
            sample(agent.host(), done.result()).ifPresent(complaints);
        }
        observe(agent, done);
    }

    private Optional<String> sample(Host host, SweepResult result) {
        Set<ProcessIdentity> ended = new HashSet<>();
        for (Reaping reaping : result.reapings()) {
            if (reaping.outcome().isReaped()) {
                ended.add(reaping.verdict().identity());
            }
        }
        Census census = new Census(result.judgement());
        Optional<Sample> left = ended.isEmpty() ? Optional.empty() : Optional.of(census.without(ended, host.memory()));
        return new SampleFile(directory, lock).keep(census.sample(), left);
    }

    private void observe(Agent agent, Sweep.Done done) {
        ObservedFile file = new ObservedFile(directory);
        ObservedFile.Read read = file.read();
        read.problem().ifPresent(complaints);
        Observed.Change change = read.observed().after(pass(agent.host(), done));
        // Mostly nobody is or was watched; comparing records for the first time takes 10 ms.
        boolean isAnybodyWatched =
                !change.begun().isEmpty() || !read.observed().watched().isEmpty();
        if (!isAnybodyWatched || change.now().equals(read.observed())) {
            return;
        }
        file.write(lock, change.now()).ifPresent(complaints);
        Instant now = agent.host().now().wall();
        ObservedActs acts = new ObservedActs(
                Memory.journal(directory, lock, agent), done.result().request().id(), complaints);
        for (Regret regret : change.regrets()) {
            acts.record(line(regret.seenAt(), regret.watch(), Ending.REGRET, regret.evidence()));
        }
        for (Watch watch : change.confirmed()) {
            acts.record(line(now, watch, Ending.CONFIRMED, List.of()));
        }
        for (Watch watch : change.begun()) {
            acts.record(line(watch.decidedAt(), watch, Ending.OBSERVED, grounds(done.result(), watch)));
        }
    }

    private static Pass pass(Host host, Sweep.Done done) {
        return new Pass(
                done.result().judgement(), done.sightings(), done.result().reapings(), new Gone(host));
    }

    /** Which processes are no more, also as zombies, by a look at each. */
    private record Gone(Host host) implements Predicate<ProcessIdentity> {

        @Override
        public boolean test(ProcessIdentity identity) {
            Optional<ProcessEntry> now = host.entry(identity.pid());
            return now.isEmpty()
                    || now.get().isZombie()
                    || !now.get().identity().equals(identity);
        }
    }

    private static ObservedActs.Line line(Instant at, Watch watch, String outcome, List<Ground> grounds) {
        return new ObservedActs.Line(
                at, watch.identity(), watch.sessionKey(), watch.reason(), outcome, watch.memory(), grounds);
    }

    private static List<Ground> grounds(SweepResult result, Watch watch) {
        return result.reapings().stream()
                .map(Reaping::verdict)
                .filter(verdict -> verdict.identity().equals(watch.identity()))
                .findFirst()
                .map(verdict -> verdict.evidence().stream()
                        .filter(fact -> !fact.key().equals("disagreement"))
                        .map(fact -> new Ground(fact.key(), fact.value(), fact.source()))
                        .toList())
                .orElse(List.of());
    }
}
