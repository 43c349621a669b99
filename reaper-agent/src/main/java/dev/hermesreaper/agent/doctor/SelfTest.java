package dev.hermesreaper.agent.doctor;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.Stage;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Inspector;
import dev.hermesreaper.agent.sweep.Sweep;
import dev.hermesreaper.agent.sweep.SweepRequest;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A leak of its own: an orphan that ignores SIGTERM, and beside it a worker of the same age whose dashboard lives. A real
 * sweep, over the random session keys of these two and no others, must end the first and leave the second.
 */
public final class SelfTest {

    /** Minutes become seconds; a real sweep otherwise. */
    public static final List<ConfigSources.Flag> SHORT_WAITS = List.of(
            new ConfigSources.Flag("self-test", "judge.orphaned", "reap"),
            new ConfigSources.Flag("self-test", "judge.min_age", "1s"),
            new ConfigSources.Flag("self-test", "judge.settle", "2s"),
            new ConfigSources.Flag("self-test", "reap.term_grace", "1s"),
            new ConfigSources.Flag("self-test", "reap.mode", "reap"));

    private static final Duration SOON = Duration.ofSeconds(20);
    /** The sweep is over; the kernel may need a moment to say so. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private static final int PASSES = 4;

    private static final String TOPIC = "self-test";

    private SelfTest() {}

    /**
     * Stages it, sweeps, and takes everything away again.
     *
     * @param agent made with {@link #SHORT_WAITS}
     * @throws dev.hermesreaper.agent.demo.StageException if nothing can be staged here, for want of python3 say
     */
    public static List<Finding> run(Agent agent) throws InterruptedException {
        Stage stage = Stage.open();
        Thread curtain = new Thread(stage::close, "self-test-curtain");
        Runtime.getRuntime().addShutdownHook(curtain);
        try {
            return play(agent, stage);
        } finally {
            stage.close();
            try {
                Runtime.getRuntime().removeShutdownHook(curtain);
            } catch (IllegalStateException ending) {
                // The hook is on its way and closes the stage as well.
            }
        }
    }

    private static List<Finding> play(Agent agent, Stage stage) throws InterruptedException {
        String unique = "selftest_" + UUID.randomUUID();
        StagedGateway living = stage.director().dashboard();
        stage.attach(living, 1);
        StagedProcess neighbour = living.worker(unique + "_neighbour");
        StagedGateway crashed = stage.director().dashboard();
        StagedProcess orphan = crashed.leakedWorker(
                        unique + "_leaked", Part.plain().ignoringTerm())
                .worker();
        crashed.signal("KILL");
        crashed.awaitGone(SOON);
        Set<String> keys = Set.of(unique + "_neighbour", unique + "_leaked");
        Optional<String> left = sweep(agent, keys, orphan);
        List<Finding> findings = new ArrayList<>();
        findings.add(
                left.isEmpty()
                        ? Finding.fine(TOPIC, "a staged leak was ended (process " + orphan.pid() + ")")
                        : Finding.fault(
                                TOPIC,
                                "a staged leak was not ended (process " + orphan.pid() + "): " + left.get(),
                                "mend what is said above; if nothing is, report it with hermes-reaper doctor --bundle FILE"));
        findings.add(
                neighbour.awaitGone(Duration.ZERO)
                        ? Finding.fault(
                                TOPIC,
                                "its live neighbour was ended as well (process " + neighbour.pid() + ")",
                                "set [reap] mode = \"observe\" and report it with hermes-reaper doctor --bundle FILE")
                        : Finding.fine(TOPIC, "its live neighbour was not (process " + neighbour.pid() + ")"));
        return findings;
    }

    /** Sweeps until it is gone; what the last pass said about it if it is not. */
    private static Optional<String> sweep(Agent agent, Set<String> keys, StagedProcess orphan)
            throws InterruptedException {
        Inspector inspector = agent.inspector(look -> Sightings.NONE);
        inspector.look();
        String last = "";
        // A busy machine may need more than one pass to see that it is idle; it may need them in real life, too.
        for (int pass = 0; pass < PASSES; pass++) {
            agent.host().sleep(Duration.ofSeconds(3));
            SweepResult result = agent.sweep(Ledger.NONE, Restraint.NONE, Sweep.Progress.NONE)
                    .run(new SweepRequest(TOPIC, false, false, keys), look -> inspector.sightings())
                    .result();
            if (orphan.awaitGone(AFTERWARDS)) {
                return Optional.empty();
            }
            last = said(result, orphan.pid());
            inspector.look();
        }
        return Optional.of(last);
    }

    /** What a pass made of it, in its own words. */
    private static String said(SweepResult result, long pid) {
        return result.reapings().stream()
                .filter(it -> it.verdict().process().pid() == pid)
                .map(it -> it.outcome().word() + " " + it.detail())
                .findFirst()
                .or(() -> result.verdicts().stream()
                        .filter(it -> it.process().pid() == pid)
                        .map(it -> it.decision() + " " + it.reason().word())
                        .findFirst())
                .orElse("not seen");
    }
}
