package dev.hermesreaper.agent.sweep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.Stage;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Real processes and real sweeps over them. A sweep here only ever covers session keys this arena made up, so nothing else
 * on the machine can be ended by a test.
 */
final class Arena implements AutoCloseable {

    private final Stage stage = Stage.open();
    private final String prefix = "it-" + UUID.randomUUID();
    private final Set<String> keys = new HashSet<>();
    private final Map<String, String> settings = new HashMap<>();
    private Restraint restraint = Restraint.NONE;
    private Sightings sightings = Sightings.NONE;
    private UnaryOperator<Host> machine = host -> host;

    /** Short times, so that a test does not wait for what a table can show. */
    Arena() {
        set("JUDGE_MIN_AGE", "0s");
        set("JUDGE_SETTLE", "500ms");
        set("REAP_TERM_GRACE", "2s");
        set("REAP_KILL_GRACE", "2s");
    }

    Stage stage() {
        return stage;
    }

    /** Sets one setting, by the name of its environment variable without the common part. */
    Arena set(String name, String value) {
        settings.put("HERMES_REAPER_" + name, value);
        return this;
    }

    /** A session key nobody else has. */
    String key(String name) {
        String key = prefix + "-" + name;
        keys.add(key);
        return key;
    }

    /** From now on nothing is known of earlier passes. */
    void forget() {
        sightings = Sightings.NONE;
    }

    /** Exchanges the machine that is swept for one that is meddled with. */
    Arena onMachine(UnaryOperator<Host> with) {
        machine = with;
        return this;
    }

    /** A part that writes down every signal it gets but KILL and STOP, see {@link #signalsTo}. */
    Part part() {
        return Part.plain().loggingSignals(signals());
    }

    private Path signals() {
        return stage.root().resolve("signals");
    }

    /** What a process that was started with {@link #part} has written down. */
    List<String> signalsTo(StagedProcess process) {
        try {
            return Files.exists(signals())
                    ? Files.readAllLines(signals()).stream()
                            .filter(line -> line.startsWith(process.pid() + " "))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether its main thread waits in a read of its stdin; a command it was sent may be on its way. */
    static boolean isWaitingForInput(StagedProcess process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/syscall"))
                    .startsWith("0 0x0 ");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it lives, and no signal has reached it. */
    boolean isUntouched(StagedProcess process) {
        return !process.standing().isGone() && signalsTo(process).isEmpty();
    }

    SweepResult sweep() throws InterruptedException {
        return sweep(false, false);
    }

    SweepResult sweep(boolean dryRun, boolean now) throws InterruptedException {
        return sweep(new SweepRequest("it", dryRun, now, keys), Ledger.NONE);
    }

    /** Asks {@code pause} before every signal. */
    SweepResult sweep(Restraint pause) throws InterruptedException {
        restraint = pause;
        return sweep(false, false);
    }

    /** As a command does it, its memory and record in {@code stateDirectory}. */
    SweepResult sweepRecorded(Path stateDirectory, String id, boolean dryRun) throws InterruptedException {
        Agent agent = agent();
        List<String> complaints = new ArrayList<>();
        try (Memory memory = Memory.take(stateDirectory, agent.host(), Duration.ZERO, complaints::add)
                .memory()
                .orElseThrow()) {
            SweepRequest request = new SweepRequest(id, dryRun, false, keys);
            SweepResult result = sweep(request, memory.ledger(agent, request));
            if (!complaints.isEmpty()) {
                throw new AssertionError(complaints);
            }
            return result;
        }
    }

    /** As a command does it from beginning to end: recalls, sweeps, and remembers in {@code stateDirectory}. */
    SweepResult sweepRemembered(Path stateDirectory, String id, boolean dryRun) throws InterruptedException {
        Agent agent = agent();
        List<String> complaints = new ArrayList<>();
        keys.add(prefix);
        try (Memory memory = Memory.take(stateDirectory, agent.host(), Duration.ZERO, complaints::add)
                .memory()
                .orElseThrow()) {
            SweepRequest request = new SweepRequest(id, dryRun, false, keys);
            Sweep.Done done = agent.sweep(memory.ledger(agent, request), restraint, Sweep.Progress.NONE)
                    .run(request, memory);
            assumeNobodyHides(done.result().judgement());
            memory.remember(agent, done);
            if (!complaints.isEmpty()) {
                throw new AssertionError(complaints);
            }
            return done.result();
        }
    }

    private SweepResult sweep(SweepRequest request, Ledger ledger) throws InterruptedException {
        keys.add(prefix);
        SweepRequest covered = new SweepRequest(request.id(), request.dryRun(), request.now(), keys);
        Sweep.Done done = agent().sweep(ledger, restraint, Sweep.Progress.NONE).run(covered, look -> sightings);
        assumeNobodyHides(done.result().judgement());
        sightings = done.sightings();
        return done.result();
    }

    /** What one look says of everybody. */
    List<Verdict> looks() {
        return look().verdicts();
    }

    /** What one look at {@code process} says. */
    Verdict judge(StagedProcess process) {
        Judgement judgement = look();
        return judgement.verdicts().stream()
                .filter(verdict -> verdict.process().pid() == process.pid())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no verdict on " + process + " in " + judgement.verdicts()));
    }

    private Judgement look() {
        Judgement judgement = agent().inspector(look -> Sightings.NONE).look();
        assumeNobodyHides(judgement);
        return judgement;
    }

    /** What is hidden from all but root may own anybody: then nobody is ended, and nothing can be tested. */
    private static void assumeNobodyHides(Judgement judgement) {
        List<Gap> hidden = judgement.look().gaps();
        assumeTrue(OwnUser.uid() == 0 || hidden.isEmpty(), () -> "needs root: %d gaps, first %s"
                .formatted(hidden.size(), hidden.get(0)));
    }

    /** What {@code explain} says of {@code process}. */
    Verdict explain(StagedProcess process) {
        Agent agent = agent();
        Judgement judgement = agent.inspector(look -> Sightings.NONE).lookInto((int) process.pid());
        assumeNobodyHides(judgement);
        return judgement.verdicts().stream()
                .filter(verdict -> verdict.process().pid() == process.pid())
                .findFirst()
                .orElseThrow();
    }

    /** All outcomes with their reasons, to be shown where a test fails. */
    static String story(SweepResult result) {
        return result.reapings().stream()
                        .map(it -> it.verdict().process().pid() + " "
                                + it.outcome().word() + " " + it.detail())
                        .toList()
                + " " + result.judgement().look().gaps();
    }

    /** What became of {@code process}; empty if it was never to be ended. */
    static Optional<Outcome> outcome(SweepResult result, StagedProcess process) {
        return result.reapings().stream()
                .filter(reaping -> reaping.verdict().process().pid() == process.pid())
                .map(Reaping::outcome)
                .findFirst();
    }

    /** What this sweep said of {@code process} in the end. */
    static Verdict verdict(SweepResult result, StagedProcess process) {
        return result.verdicts().stream()
                .filter(it -> it.process().pid() == process.pid())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no verdict on " + process + " in " + result.verdicts()));
    }

    private Agent agent() {
        Path nowhere = stage.root().resolve("nowhere");
        EffectiveConfig effective = new ConfigSources(
                        Optional.empty(),
                        new Locations(List.of(nowhere.resolve("config.toml")), nowhere),
                        settings,
                        List.of(),
                        OwnUser.uid())
                .read();
        Host host = machine.apply(ThisMachine.keeping(Agent.variables(effective.config())));
        return Agent.of(effective.config(), host, Users.ofThisMachine(), nowhere);
    }

    @Override
    public void close() {
        stage.close();
    }
}
