package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.state.LockAttempt;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.StateDirectory;
import dev.hermesreaper.agent.sweep.Agent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the service: prepared, run, stopped in good order. What it does in between are its {@link Rounds}. */
final class Service {

    private static final Logger log = LoggerFactory.getLogger(Service.class);

    /** A stop waits so long for the pass under way; SIGTERM must end the service within 2 s. */
    private static final Duration STOP_PATIENCE = Duration.ofMillis(1500);

    private final Rounds rounds;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Kept, or the garbage collector would close its file and let go of it. */
    private final Optional<PassLock> lock;

    private Service(Rounds rounds, Optional<PassLock> lock) {
        this.rounds = rounds;
        this.lock = lock;
    }

    /** Another service has the same state directory. */
    static final class TakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TakenException(String message) {
            super(message);
        }
    }

    /**
     * Reads the configuration and this machine, so that what is wrong is said at once.
     *
     * @throws dev.hermesreaper.agent.config.ConfigException if the configuration cannot be used
     * @throws HostException if this machine cannot be observed
     * @throws TakenException if another service has the same state directory
     */
    static Service prepare(Optional<Path> config, Optional<Path> stateDirectory, Map<String, String> environment) {
        long uid = OwnUser.uid();
        Locations usual = Locations.of(
                System.getProperty("os.name", ""), uid == 0, environment, System.getProperty("user.home", ""));
        Locations locations = stateDirectory
                .map(directory -> usual.withStateDirectory(directory.toAbsolutePath()))
                .orElse(usual);
        ConfigInForce inForce = new ConfigInForce(
                new ConfigSources(config, locations, environment, List.of(), uid),
                effective -> Agent.onThisMachine(effective.config(), locations.stateDirectory()));
        Host host = inForce.agent().host();
        Optional<PassLock> lock = oneOnly(locations.stateDirectory(), host);
        Optional<ServiceManager> manager =
                ServiceManager.in(environment, host.self().pid(), host::now);
        Witnesses witnesses = new Witnesses(witnesses(locations.stateDirectory(), host, manager));
        Pulse pulse = manager.isPresent() ? manager.get() : Pulse.NONE;
        return new Service(new Rounds(inForce, locations.stateDirectory(), witnesses, pulse), lock);
    }

    /**
     * Takes the lock of a service, for as long as this program lives: the kernel lets go of it, however it ends. Where there
     * can be none, two services do no harm, as every pass and every signal is guarded by itself.
     */
    private static Optional<PassLock> oneOnly(Path stateDirectory, Host host) {
        LockAttempt attempt = PassLock.ofService(StateDirectory.open(stateDirectory, host.self()), host);
        if (attempt.isBusy()) {
            throw new TakenException(
                    "another hermes-reaperd%s runs with the state directory %s: stop that one, or give --state-dir"
                            .formatted(
                                    attempt.holder()
                                            .map(pid -> " (pid " + pid + ")")
                                            .orElse(""),
                                    stateDirectory));
        }
        return attempt.lock();
    }

    /** Everybody who is told what the service does, in this order. */
    private static List<Witness> witnesses(Path stateDirectory, Host host, Optional<ServiceManager> manager) {
        List<Witness> all = new ArrayList<>();
        all.add(new ServiceLog(stateDirectory));
        manager.ifPresent(all::add);
        all.add(new StatusKeeper(stateDirectory, host));
        all.add(new Publisher(stateDirectory));
        all.add(new Herald());
        return all;
    }

    /** Makes SIGTERM and SIGINT end the service in good order, with exit status 0. */
    void stopAtExit(Runtime runtime) {
        runtime.addShutdownHook(new Thread(
                () -> {
                    if (ended.getCount() == 0) {
                        // It has ended by itself, for a defect say: its own exit status stands.
                        return;
                    }
                    rounds.stop();
                    try {
                        if (!ended.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                            log.atWarn().log("service.stopped_in_a_pass");
                        }
                    } catch (InterruptedException impatient) {
                        Thread.currentThread().interrupt();
                    }
                    runtime.halt(0);
                },
                "stop"));
    }

    /** Makes SIGHUP have the configuration read again. */
    void reloadOnHangup() {
        if (!Hangup.hear(rounds::reload)) {
            log.atWarn().log("service.deaf_to_hangup");
        }
    }

    /** Does its rounds until told to stop. */
    void run() {
        try (rounds) {
            rounds.run();
        } finally {
            lock.ifPresent(PassLock::close);
            ended.countDown();
        }
    }
}
