package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.log.LogLedger;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Reaper;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Memory;
import dev.hermesreaper.agent.sweep.Sweep;
import dev.hermesreaper.agent.sweep.SweepRequest;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Pass after pass on one thread, until interrupted: look, end what is due, tell the witnesses, wait for what happens next.
 * A pass that fails is said and ends nothing.
 */
final class Rounds {

    /** How long another pass, a cron sweep say, may hold the lock; the next pass comes anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Problems remembered as said already. */
    private static final int MOST_SAID = 100;

    private final EffectiveConfig effective;
    private final Agent agent;
    private final Host host;
    private final Path stateDirectory;
    private final Witnesses witnesses;
    private final Moment startedAt;
    private final Set<String> said = new HashSet<>();
    private Optional<Moment> lastPassAt = Optional.empty();
    private Optional<Duration> gap = Optional.empty();
    private boolean blind;
    private long passes;

    Rounds(EffectiveConfig effective, Agent agent, Path stateDirectory, Witnesses witnesses) {
        this.effective = effective;
        this.agent = agent;
        this.host = agent.host();
        this.stateDirectory = stateDirectory;
        this.witnesses = witnesses;
        this.startedAt = host.now();
    }

    /** Goes on until interrupted. */
    void run() {
        witnesses.tell(witness -> witness.configured(effective, vitals()));
        try {
            while (!Thread.currentThread().isInterrupted()) {
                pass();
                await(agent.config().scan().interval());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            witnesses.tell(witness -> witness.stopped(vitals()));
        }
    }

    private void await(Duration time) throws InterruptedException {
        Moment before = host.now();
        host.sleep(time);
        Duration late = host.now().since(before).minus(time);
        gap = Optional.of(late).filter(it -> it.compareTo(Reaper.LATE) > 0);
    }

    private void pass() throws InterruptedException {
        Memory.Turn turn = Memory.take(stateDirectory, host, PATIENCE, this::complain);
        if (turn.memory().isEmpty()) {
            String holder = turn.holder().map(pid -> " (pid " + pid + ")").orElse("");
            fail("another sweep" + holder + " has held the lock for 15 s");
            return;
        }
        try (Memory memory = turn.memory().get()) {
            String id = UUID.randomUUID().toString().substring(0, 8);
            SweepRequest request = new SweepRequest(id, false, false, Set.of());
            Ledger ledger = memory.ledger(agent, request).and(new LogLedger(id));
            Sweep.Done done = agent.sweep(ledger, Memory.restraint(stateDirectory, host), Sweep.Progress.NONE)
                    .run(request, memory::recall, gap.isPresent());
            memory.remember(agent, done);
            passed(done.result());
        } catch (HostException cannotLook) {
            fail(String.valueOf(cannotLook.getMessage()));
        }
    }

    private void passed(SweepResult result) {
        passes++;
        lastPassAt = Optional.of(host.now());
        blind = result.judgement().isBlind();
        witnesses.tell(witness -> witness.passed(result, vitals()));
    }

    private void fail(String problem) {
        witnesses.tell(witness -> witness.failed(problem, vitals()));
    }

    /** Once: what is wrong with the state directory is wrong in every pass. */
    private void complain(String problem) {
        if (said.size() > MOST_SAID) {
            said.clear();
        }
        if (said.add(problem)) {
            witnesses.tell(witness -> witness.complained(problem, vitals()));
        }
    }

    private Vitals vitals() {
        return new Vitals(
                host.self().pid(),
                startedAt,
                lastPassAt,
                passes,
                agent.config().scan().interval(),
                Set.of(),
                Optional.of("this version watches nobody"),
                Optional.empty(),
                gap,
                blind);
    }
}
