package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.ExitWatch.Woken;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Reaper;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Pass after pass on one thread until told to stop: look, end what is due, tell the witnesses, then wait in one place for
 * whichever comes first: the end of a gateway, the time when somebody is due, the next safety sweep, or a call from outside.
 * Nothing is held while it waits. A pass that fails is said and ends nothing.
 */
final class Rounds implements AutoCloseable {

    /**
     * What a look takes on a machine that swaps, with writing down what it saw and telling everybody. Longer than that we were
     * not there.
     */
    private static final Duration SLOW = Duration.ofSeconds(5);

    /** Problems remembered as said already. */
    private static final int MOST_SAID = 100;

    private static final String STILL_WRITTEN =
            "the configuration file has been changing for 10 s: going on with the one in force until it stays as it is";

    private final ConfigInForce config;
    private final Witnesses witnesses;
    private final Pulse pulse;
    private final Host host;
    private final ExitWatch watch;
    private final Timetable timetable = new Timetable();
    private final Passes passes;
    private final Moment startedAt;
    private final Set<String> said = new HashSet<>();
    private Set<ProcessIdentity> watched = Set.of();
    private Optional<String> unwatched = Optional.empty();
    private Optional<Moment> lastPassAt = Optional.empty();
    private Optional<Duration> gap = Optional.empty();
    private Moment waitingSince;
    private Moment lookedAt;
    private Duration next = Duration.ZERO;
    private Duration took = Duration.ZERO;
    private boolean woken;
    private boolean blind;
    private long count;
    private volatile boolean stopping;
    private volatile boolean reloading;

    Rounds(ConfigInForce config, Path stateDirectory, Witnesses witnesses, Pulse pulse) {
        this.config = config;
        this.witnesses = witnesses;
        this.pulse = pulse;
        this.host = config.agent().host();
        this.watch = host.watch();
        this.passes = new Passes(stateDirectory, () -> stopping, pulse, this::complain);
        this.startedAt = host.now();
        this.waitingSince = startedAt;
        this.lookedAt = startedAt;
    }

    /** Goes on until {@link #stop}, or until interrupted. */
    void run() {
        tell(witness -> witness.configured(config.effective(), vitals()));
        try {
            while (!stopping) {
                look();
                waitingSince = host.now();
                await();
                refresh();
                putOff();
            }
        } catch (InterruptedException stopped) {
            if (!stopping) {
                Thread.currentThread().interrupt();
            }
        } finally {
            tell(witness -> witness.stopped(vitals()));
        }
    }

    /** Ends the wait, or the pass under way at its next wait. For any thread. */
    void stop() {
        stopping = true;
        watch.wake();
    }

    /** Has the configuration read again. For any thread. */
    void reload() {
        reloading = true;
        watch.wake();
    }

    private void look() throws InterruptedException {
        Duration interval = config.agent().config().scan().interval();
        try {
            Optional<SweepResult> result = passes.pass(config.agent(), config.marks(), this::hasMissed);
            if (result.isPresent()) {
                passed(result.get(), interval);
            } else {
                next = Timetable.afterFailure(interval);
                fail("another sweep%s has held the lock for 15 s".formatted(passes.holder()));
            }
        } catch (HostException cannotLook) {
            next = Timetable.afterFailure(interval);
            fail(String.valueOf(cannotLook.getMessage()));
        } catch (RuntimeException defect) {
            // Ended for it, the service would be started again to meet the same odd process, until it is started no
            // more.
            next = Timetable.afterFailure(interval);
            fail("internal error, please report it: %s at %s".formatted(defect, where(defect)));
        }
    }

    private static String where(RuntimeException defect) {
        return Arrays.stream(defect.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.hermesreaper."))
                .limit(2)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(", "));
    }

    /**
     * Whether more time has passed since the last look than was planned: this program was stopped, or the machine asleep.
     *
     * @param inLine for how long the lock was waited for
     */
    private boolean hasMissed(Duration inLine) {
        Moment now = host.now();
        Duration late = now.since(waitingSince).minus(next).minus(inLine);
        Duration lateAll = now.since(lookedAt).minus(next).minus(inLine);
        gap = late.compareTo(Reaper.LATE) > 0 || lateAll.compareTo(SLOW) > 0 ? Optional.of(lateAll) : Optional.empty();
        return gap.isPresent();
    }

    private void passed(SweepResult result, Duration interval) {
        count++;
        lastPassAt = Optional.of(host.now());
        blind = result.judgement().isBlind();
        took = result.took();
        // The looks of a reaper, and the time it lost, are its own affair.
        lookedAt = result.reapings().isEmpty() ? result.judgement().look().readBy() : host.now();
        config.agent().host().limitations().forEach(this::complain);
        watch(result.judgement().look());
        next = timetable.after(result.judgement(), interval, host.now());
        if (config.isChanging()) {
            next = Timetable.whileWriting(next);
        }
        tell(witness -> witness.passed(result, vitals()));
    }

    /** Watches every gateway, and whoever else owns a worker. */
    private void watch(Look look) {
        Map<ProcessIdentity, ProcessEntry> all = new LinkedHashMap<>();
        look.gateways().stream().map(Gateway::process).forEach(it -> all.put(it.identity(), it));
        look.workers().stream()
                .flatMap(worker -> worker.ownership().owner().stream())
                .forEach(it -> all.put(it.identity(), it));
        unwatched = watch.watch(all.values());
        watched = unwatched.isEmpty() ? all.keySet() : Set.of();
        unwatched.ifPresent(this::complain);
    }

    /** Waits for whatever comes first, and lets the pulse beat meanwhile. */
    private void await() throws InterruptedException {
        while (!stopping) {
            Duration left = next.minus(host.now().awake().minus(waitingSince.awake()));
            boolean beats = pulse.every().compareTo(left) < 0;
            Woken by = watch.await(beats ? pulse.every() : left);
            pulse.beat();
            if (by == Woken.EXITED) {
                rest();
            }
            woken = by == Woken.EXITED;
            if (by != Woken.TIME || !beats) {
                return;
            }
        }
    }

    /** Ends that come right after one another are looked at together. */
    private void rest() throws InterruptedException {
        if (woken) {
            host.sleep(Timetable.rest(took));
        }
    }

    /** Who saves a file to protect somebody means now: nobody is signalled while it is being written, but not for ever. */
    private void putOff() throws InterruptedException {
        Duration since = host.now().awake();
        while (config.isChanging() && !stopping) {
            if (host.now().awake().minus(since).compareTo(Timetable.LONGEST_WRITING) >= 0) {
                complain(STILL_WRITTEN);
                return;
            }
            next = next.plus(Timetable.WRITING);
            awaitWriting();
            refresh();
        }
        said.remove(STILL_WRITTEN);
    }

    /** Ends that come meanwhile are seen by the look that is put off. */
    private void awaitWriting() throws InterruptedException {
        Duration end = host.now().awake().plus(Timetable.WRITING);
        while (!stopping && !reloading) {
            Duration left = end.minus(host.now().awake());
            if (left.isNegative() || left.isZero()) {
                return;
            }
            watch.await(left.compareTo(pulse.every()) < 0 ? left : pulse.every());
            pulse.beat();
        }
    }

    private void refresh() {
        boolean asked = reloading;
        reloading = false;
        if (asked) {
            tell(Witness::reloading);
        }
        switch (config.refresh(asked)) {
            case UNCHANGED -> {}
            case CHANGED -> tell(witness -> witness.configured(config.effective(), vitals()));
            case REFUSED -> tell(witness -> witness.complained(config.problem().orElseThrow(), vitals()));
        }
    }

    private void fail(String problem) {
        tell(witness -> witness.failed(problem, vitals()));
    }

    /** Once: what is wrong with the state directory is wrong in every pass. */
    private void complain(String problem) {
        if (said.size() > MOST_SAID) {
            said.clear();
        }
        if (said.add(problem)) {
            tell(witness -> witness.complained(problem, vitals()));
        }
    }

    private void tell(Consumer<Witness> what) {
        witnesses.tell(what);
    }

    private Vitals vitals() {
        return new Vitals(
                host.self().pid(),
                startedAt,
                lastPassAt,
                count,
                next,
                watched,
                unwatched,
                config.problem(),
                gap,
                blind);
    }

    @Override
    public void close() {
        watch.close();
    }
}
