package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.log.LogLedger;
import dev.hermesreaper.agent.log.StandardError;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps again and again, one pass at a time, until told to stop. A pass that fails is said and does not end it. */
final class Service {

    private static final Logger log = LoggerFactory.getLogger(Service.class);

    /** How long another pass, a cron sweep say, may hold the lock; the next pass comes anyway. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A stop waits so long for the pass under way; SIGTERM must end the service within 2 s. */
    private static final Duration STOP_PATIENCE = Duration.ofMillis(1500);

    /** Problems remembered as said already. */
    private static final int MOST_SAID = 100;

    private final Agent agent;
    private final Path stateDirectory;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<String> said = new HashSet<>();
    private volatile boolean stopping;

    private Service(Agent agent, Path stateDirectory) {
        this.agent = agent;
        this.stateDirectory = stateDirectory;
    }

    /**
     * Reads the configuration and this machine, so that what is wrong is said at once.
     *
     * @throws dev.hermesreaper.agent.config.ConfigException if the configuration cannot be used
     * @throws HostException if this machine cannot be observed
     */
    static Service prepare(Optional<Path> config, Optional<Path> stateDirectory, Map<String, String> environment) {
        long uid = OwnUser.uid();
        Locations usual = Locations.of(
                System.getProperty("os.name", ""), uid == 0, environment, System.getProperty("user.home", ""));
        Locations locations = stateDirectory
                .map(directory -> usual.withStateDirectory(directory.toAbsolutePath()))
                .orElse(usual);
        EffectiveConfig effective = new ConfigSources(config, locations, environment, List.of(), uid).read();
        StandardError.say(effective.config().log().level().name());
        effective
                .warnings()
                .forEach(warning -> log.atWarn().addKeyValue("warning", warning).log("config.warning"));
        log.atInfo()
                .addKeyValue("file", effective.file().map(Path::toString).orElse("none"))
                .addKeyValue(
                        "interval",
                        DurationText.format(effective.config().scan().interval()))
                .addKeyValue("mode", effective.config().reap().mode())
                .addKeyValue("state", locations.stateDirectory())
                .log("config.loaded");
        return new Service(Agent.onThisMachine(effective.config()), locations.stateDirectory());
    }

    /** Makes SIGTERM and SIGINT end the service in good order, with exit status 0. */
    void stopAtExit(Runtime runtime) {
        Thread runner = Thread.currentThread();
        runtime.addShutdownHook(new Thread(
                () -> {
                    stopping = true;
                    runner.interrupt();
                    try {
                        if (!ended.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                            log.atWarn().log("service.stopped_in_a_pass");
                        }
                    } catch (InterruptedException impatient) {
                        Thread.currentThread().interrupt();
                    }
                    log.atInfo().log("service.stopped");
                    runtime.halt(0);
                },
                "stop"));
    }

    /** Sweeps until told to stop. */
    void run() {
        try {
            boolean afterGap = false;
            while (!stopping) {
                pass(afterGap);
                Moment before = agent.host().now();
                agent.host().sleep(agent.config().scan().interval());
                Duration late = agent.host()
                        .now()
                        .since(before)
                        .minus(agent.config().scan().interval());
                afterGap = late.compareTo(Reaper.LATE) > 0;
                if (afterGap) {
                    log.atWarn().addKeyValue("lost", DurationText.spoken(late)).log("service.gap");
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void pass(boolean afterGap) throws InterruptedException {
        Memory.Turn turn = Memory.take(stateDirectory, agent.host(), PATIENCE, this::complain);
        if (turn.memory().isEmpty()) {
            log.atInfo()
                    .addKeyValue("holder", turn.holder().map(String::valueOf).orElse("unknown"))
                    .log("sweep.locked_out");
            return;
        }
        try (Memory memory = turn.memory().get()) {
            String id = UUID.randomUUID().toString().substring(0, 8);
            SweepRequest request = new SweepRequest(id, false, false, Set.of());
            Ledger ledger = memory.ledger(agent, request).and(new LogLedger(id));
            Sweep.Done done = agent.sweep(ledger, Sweep.Progress.NONE).run(request, memory::recall, afterGap);
            memory.remember(agent, done);
            summarise(done.result());
        } catch (HostException blind) {
            log.atError().addKeyValue("problem", blind.getMessage()).log("sweep.failed");
        }
    }

    private static void summarise(SweepResult result) {
        if (result.reapings().isEmpty()) {
            return;
        }
        log.atInfo()
                .addKeyValue("sweep", result.request().id())
                .addKeyValue("reaped", result.reaped())
                .addKeyValue("due", result.reapings().size())
                .addKeyValue("waiting", result.count(Decision.WAIT))
                .addKeyValue("kept", result.count(Decision.KEEP))
                .addKeyValue("reclaimed_bytes", result.reclaimedBytes())
                .addKeyValue("took_ms", result.took().toMillis())
                .log("sweep.done");
    }

    /** Once: what is wrong with the state directory is wrong in every pass. */
    private void complain(String problem) {
        if (said.size() > MOST_SAID) {
            said.clear();
        }
        if (said.add(problem)) {
            log.atWarn().addKeyValue("problem", problem).log("state.problem");
        }
    }
}
