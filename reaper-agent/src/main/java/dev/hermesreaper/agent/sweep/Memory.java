package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.ledger.LedgerFile;
import dev.hermesreaper.agent.ledger.Setbacks;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.state.Counts;
import dev.hermesreaper.agent.state.CountsFile;
import dev.hermesreaper.agent.state.Journal;
import dev.hermesreaper.agent.state.LockAttempt;
import dev.hermesreaper.agent.state.Mark;
import dev.hermesreaper.agent.state.Marks;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.PauseFile;
import dev.hermesreaper.agent.state.Present;
import dev.hermesreaper.agent.state.Recollection;
import dev.hermesreaper.agent.state.SightingsFile;
import dev.hermesreaper.agent.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What outlives a pass: sightings, ledger, samples and observed decisions in the state directory, held under one lock for the length of the pass, so that
 * cron and daemon never work at the same time. Where the directory cannot be used a pass goes on without memory, and says
 * so.
 */
public final class Memory implements Recall, AutoCloseable {

    private static final String REWRITTEN =
            "the configuration file was changed during this pass: the next one goes by what it says now";

    private final StateDirectory directory;
    private final Optional<PassLock> lock;
    private final Consumer<String> complaints;

    private Memory(StateDirectory directory, Optional<PassLock> lock, Consumer<String> complaints) {
        this.directory = directory;
        this.lock = lock;
        this.complaints = complaints;
    }

    /** Passes on what it has not passed on before. */
    private record Once(Consumer<String> complaints, Set<String> said) implements Consumer<String> {

        @Override
        public void accept(String problem) {
            if (said.add(problem)) {
                complaints.accept(problem);
            }
        }
    }

    /** Whether a pass may begin, and if not, who holds the lock. */
    public record Turn(Optional<Memory> memory, Optional<Integer> holder) {}

    /**
     * Takes the lock.
     *
     * @param patience how long to wait while another pass holds it
     * @param complaints is told, in one line each and once, what cannot be kept or read
     * @throws InterruptedException if interrupted while waiting
     */
    public static Turn take(Path stateDirectory, Host host, Duration patience, Consumer<String> complaints)
            throws InterruptedException {
        Consumer<String> once = new Once(complaints, new HashSet<>());
        StateDirectory directory = StateDirectory.open(stateDirectory, host.self());
        LockAttempt attempt = PassLock.acquire(directory, patience, host);
        if (attempt.isBusy()) {
            return new Turn(Optional.empty(), attempt.holder());
        }
        if (attempt.problem().isPresent()) {
            once.accept(attempt.problem().get() + "; this pass goes on without memory, and nothing of it is recorded");
        }
        return new Turn(Optional.of(new Memory(directory, attempt.lock(), once)), Optional.empty());
    }

    /** What earlier passes saw, for a question: nothing is locked, made or changed. */
    public static Recall peek(Path stateDirectory, Self self, Consumer<String> complaints) {
        return look -> {
            StateDirectory directory = StateDirectory.existing(stateDirectory, self);
            if (!directory.isUsable()) {
                return Sightings.NONE;
            }
            return believed(new SightingsFile(directory).peek(present(look)), complaints);
        };
    }

    @Override
    public Sightings recall(Look look) {
        return lock.isEmpty()
                ? Sightings.NONE
                : believed(new SightingsFile(directory).recall(lock.get(), present(look)), complaints);
    }

    /**
     * Keeps for later what a pass saw and did.
     *
     * @param agent by whom it was run
     */
    public void remember(Agent agent, Sweep.Done done) {
        if (lock.isEmpty()) {
            return;
        }
        new SightingsFile(directory).write(lock.get(), done.sightings()).ifPresent(complaints);
        if (!done.result().request().dryRun()) {
            new Chronicle(directory, lock.get(), complaints).keep(agent, done);
            count(lock.get(), agent, done.result());
        }
    }

    private void count(PassLock held, Agent agent, SweepResult result) {
        CountsFile file = new CountsFile(directory);
        Counts counts = file.read().plus(result.acts(), result.reclaimedBytes());
        Counts with = result.request().sessions().isEmpty()
                ? counts.plusSweep(
                        agent.host().now().wall(),
                        result.took(),
                        result.judgement().isBlind(),
                        result.pause().isPresent())
                : counts;
        file.write(held, with).ifPresent(complaints);
    }

    /** What all passes came to, for a question. */
    public static Counts counts(Path stateDirectory, Self self) {
        return new CountsFile(StateDirectory.existing(stateDirectory, self)).read();
    }

    /** Whether anything is kept here: the directory can be used. */
    public boolean isKept() {
        return lock.isPresent();
    }

    /** Tells whether the sightings kept are still those that were there before; see {@link Mark}. */
    public Mark mark() {
        return new SightingsFile(directory).mark();
    }

    /**
     * Where the acts of a pass are recorded for good. A dry run has none to record, and what a pass that observes would have
     * done is recorded when it is over.
     *
     * @param request the pass, which must not outlive this memory
     */
    public Ledger ledger(Agent agent, SweepRequest request) {
        if (lock.isEmpty() || request.dryRun() || agent.config().reap().mode() == ReapPolicy.Mode.OBSERVE) {
            return Ledger.NONE;
        }
        return new LedgerFile(
                journal(directory, lock.get(), agent),
                new Setbacks(directory, lock.get()),
                agent.host(),
                request.id(),
                complaints);
    }

    /** The file of the ledger. */
    static Journal journal(StateDirectory directory, PassLock lock, Agent agent) {
        Config.Ledger wanted = agent.config().ledger();
        Journal.Limits limits = new Journal.Limits(wanted.maxSizeBytes(), wanted.keep());
        return new Journal(directory, lock, LedgerFile.NAME, limits);
    }

    /** The operator's pause in force now; empty if there is none. */
    public static Optional<Pause> pause(Path stateDirectory, Host host) {
        return PauseFile.in(stateDirectory, host).now();
    }

    /**
     * What the operator says while a pass goes on, looked up anew each time it is asked for: a pause, or another
     * configuration, which may protect somebody and is read for the next pass.
     *
     * @param config the marks of the files from before they were read for this pass
     */
    public static Restraint restraint(Path stateDirectory, Host host, Marks config) {
        PauseFile pause = PauseFile.in(stateDirectory, host);
        return new Restraint() {
            @Override
            public Optional<Pause> pause() {
                return pause.now();
            }

            @Override
            public Optional<String> why() {
                return Restraint.super.why().or(() -> config.areStill() ? Optional.empty() : Optional.of(REWRITTEN));
            }
        };
    }

    @Override
    public void close() {
        if (lock.isPresent()) {
            lock.get().close();
        }
    }

    private static Sightings believed(Recollection recollection, Consumer<String> complaints) {
        recollection.problem().ifPresent(complaints);
        return recollection.sightings();
    }

    /** A reading always shows at least this program, so there is a boot to speak of. */
    private static Present present(Look look) {
        Iterator<ProcessEntry> entries = look.table().entries().iterator();
        String bootId = entries.hasNext() ? entries.next().identity().bootId() : "";
        return new Present(bootId, look.at(), look.table().ticksPerSecond());
    }
}
