package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.host.linux.NotifySocket;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.log.Keys;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd, or whoever asked by {@code NOTIFY_SOCKET}, how the service is: ready for its first pass, its state in one
 * line, reloading, stopping; and that it is alive, as a beat of the work itself ({@code sd_notify(3)}). Where nobody asked,
 * there is none of this.
 */
final class ServiceManager implements Witness, Pulse {

    private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);

    /** A manager that wants no watchdog gets no beats. */
    private static final Duration NEVER = Duration.ofDays(1);

    /** Beats are this many times as frequent as the manager's limit. */
    private static final int MARGIN = 3;

    private final NotifySocket socket;
    private final Supplier<Moment> clock;
    private final Duration every;
    private Optional<Moment> lastBeat = Optional.empty();
    private boolean ready;
    private boolean reloading;
    private boolean complained;
    private String status = "";

    private ServiceManager(NotifySocket socket, Duration every, Supplier<Moment> clock) {
        this.socket = socket;
        this.every = every;
        this.clock = clock;
    }

    /** The manager that {@code environment} names, if there is one. */
    static Optional<ServiceManager> in(Map<String, String> environment, long pid, Supplier<Moment> clock) {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<NotifySocket> socket = NotifySocket.named(name);
        if (socket.isEmpty()) {
            log.atWarn().addKeyValue(Keys.SOCKET, name).log("service.unusable_notify_socket");
        }
        return socket.map(it -> new ServiceManager(it, every(environment, pid), clock));
    }

    /** A third of {@code WATCHDOG_USEC}, if that is meant for this process. */
    private static Duration every(Map<String, String> environment, long pid) {
        String meant = environment.getOrDefault("WATCHDOG_PID", "");
        try {
            long limit = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            boolean isMeant = meant.isEmpty() || Long.parseLong(meant) == pid;
            return limit > 0 && isMeant ? Duration.ofNanos(limit * 1000 / MARGIN) : NEVER;
        } catch (NumberFormatException unusable) {
            return NEVER;
        }
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void beat() {
        Moment now = clock.get();
        boolean isTime = every.compareTo(NEVER) < 0
                && lastBeat.filter(last ->
                                now.awake().minus(last.awake()).multipliedBy(2).compareTo(every) < 0)
                        .isEmpty();
        if (isTime) {
            lastBeat = Optional.of(now);
            send("WATCHDOG=1");
        }
    }

    @Override
    public void reloading() {
        reloading = true;
        long micros = clock.get().awake().toNanos() / 1000;
        send("RELOADING=1\nMONOTONIC_USEC=" + micros);
    }

    @Override
    public void configured(EffectiveConfig config, Vitals vitals) {
        if (!ready) {
            ready = true;
            send("READY=1\nSTATUS=Taking the first look");
        }
        reloaded();
    }

    /** Also where the new configuration could not be used: the old one is in force, and the reload is over. */
    private void reloaded() {
        if (reloading) {
            reloading = false;
            send("READY=1");
        }
    }

    @Override
    public void complained(String problem, Vitals vitals) {
        reloaded();
    }

    @Override
    public void passed(SweepResult result, Vitals vitals) {
        long reaped = result.reaped();
        say("Watching %d, %d %s, %d waiting%s; next look in %s%s"
                .formatted(
                        vitals.watched().size(),
                        result.verdicts().size(),
                        result.verdicts().size() == 1 ? "worker" : "workers",
                        result.count(Decision.WAIT),
                        reaped == 0 ? "" : ", ended " + reaped,
                        DurationText.spoken(vitals.nextPassIn()),
                        vitals.configProblem()
                                .map(problem -> "; the configuration is not in force: " + problem)
                                .orElse("")));
    }

    @Override
    public void failed(String problem, Vitals vitals) {
        say("Could not look: " + problem);
    }

    /** Only what differs from the last time. */
    private void say(String now) {
        String line = now.replaceAll("[\\r\\n]+", " ");
        if (!line.equals(status)) {
            status = line;
            send("STATUS=" + line);
        }
    }

    @Override
    public void stopped(Vitals vitals) {
        send("STOPPING=1\nSTATUS=Stopped");
    }

    private void send(String text) {
        Optional<String> problem = socket.send(text);
        if (problem.isPresent() && !complained) {
            complained = true;
            log.atWarn().addKeyValue(Keys.PROBLEM, problem.get()).log("service.manager_not_told");
        }
    }
}
