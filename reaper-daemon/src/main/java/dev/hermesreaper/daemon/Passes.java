package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.log.LogLedger;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.state.Mark;
import dev.hermesreaper.agent.state.Marks;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Inspector;
import dev.hermesreaper.agent.sweep.Memory;
import dev.hermesreaper.agent.sweep.Sweep;
import dev.hermesreaper.agent.sweep.SweepRequest;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One pass after the other, each under the lock that keeps sweeps of cron and of this service apart. What they saw is kept in
 * memory as well as on disk, and read from there again only if somebody else has written it.
 */
final class Passes {

    /** How long another pass, a cron sweep say, may hold the lock. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path stateDirectory;
    private final BooleanSupplier stop;
    private final Pulse pulse;
    private final Consumer<String> complaints;
    private Optional<Agent> given = Optional.empty();
    private Optional<Agent> attentive = Optional.empty();
    private Optional<Inspector> inspector = Optional.empty();
    private Optional<Mark> left = Optional.empty();
    private Optional<Integer> holder = Optional.empty();

    /**
     * @param stop whether it is time to end a pass that waits
     * @param complaints is told, in one line each, what cannot be kept or read
     */
    Passes(Path stateDirectory, BooleanSupplier stop, Pulse pulse, Consumer<String> complaints) {
        this.stateDirectory = stateDirectory;
        this.stop = stop;
        this.pulse = pulse;
        this.complaints = complaints;
    }

    /**
     * Looks once and ends what is due.
     *
     * @param config the marks of the configuration's files: whom another one protects is not to be signalled any more
     * @param missed whether looks were missed, given for how long the lock was waited for: every wait then starts anew
     * @return empty if another pass held the lock for {@link #PATIENCE}
     * @throws dev.hermesreaper.agent.host.HostException if the machine cannot be observed
     * @throws InterruptedException if it is time to stop; nobody is signalled after that
     */
    Optional<SweepResult> pass(Agent by, Marks config, Predicate<Duration> missed) throws InterruptedException {
        Agent agent = attentive(by);
        Inspector knowing = inspector.orElseThrow();
        Moment before = agent.host().now();
        Memory.Turn turn = Memory.take(stateDirectory, agent.host(), PATIENCE, complaints);
        holder = turn.holder();
        if (turn.memory().isEmpty()) {
            return Optional.empty();
        }
        try (Memory memory = turn.memory().get()) {
            Duration waited = agent.host().now().since(before);
            if (missed.test(waited.compareTo(PATIENCE) < 0 ? waited : PATIENCE)) {
                knowing.missed();
            }
            return Optional.of(pass(agent, config, knowing, memory));
        }
    }

    private SweepResult pass(Agent agent, Marks config, Inspector knowing, Memory memory) throws InterruptedException {
        boolean othersWrote = left.filter(it -> !it.equals(memory.mark())).isPresent();
        if (othersWrote) {
            knowing.recall(memory);
        } else if (left.isEmpty() && knowing.sightings().all().isEmpty()) {
            knowing.recall(memory);
        }
        String id = SweepRequest.idAt(agent.host().now());
        SweepRequest request = new SweepRequest(id, false, false, Set.of());
        Ledger ledger = memory.ledger(agent, request).and(new LogLedger(id));
        Sweep.Done done = agent.sweep(
                        ledger, Memory.restraint(stateDirectory, agent.host(), config), Sweep.Progress.NONE)
                .step(request, knowing);
        memory.remember(agent, done);
        left = memory.isKept() ? Optional.of(memory.mark()) : Optional.empty();
        return done.result();
    }

    /** The same agent, attentive while it waits. Another one than before knows what that one knew. */
    @SuppressWarnings("ReferenceEquality") // each reading of the configuration makes one agent
    private Agent attentive(Agent by) {
        if (given.filter(it -> it == by).isEmpty()) {
            Agent agent = by.on(new AttentiveHost(by.host(), stop, pulse));
            Sightings known = inspector.map(Inspector::sightings).orElse(Sightings.NONE);
            given = Optional.of(by);
            attentive = Optional.of(agent);
            inspector = Optional.of(agent.inspector(look -> known));
        }
        return attentive.orElseThrow();
    }

    /** In words, who holds the lock instead. */
    String holder() {
        return holder.map(pid -> " (pid " + pid + ")").orElse("");
    }
}
