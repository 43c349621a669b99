package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeldProcessIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final LinuxHost host = new LinuxHost(RealProcesses.TRACES, Set.of());
    private final RealProcesses real = new RealProcesses();

    @AfterEach
    void end() {
        real.close();
    }

    /** The two ways to hold on to a process. */
    enum Way {
        PIDFD,
        RECHECK
    }

    private ProcessEntry entry(int pid) {
        return host.entry(pid).orElseThrow();
    }

    private HeldProcess hold(Way way, ProcessEntry process) {
        return switch (way) {
            case PIDFD -> host.hold(process).orElseThrow();
            case RECHECK -> new RecheckedProcess(process, host::entry);
        };
    }

    @ParameterizedTest
    @EnumSource
    void reachesTheProcessAndNoticesItsEnd(Way way) throws InterruptedException {
        Spawned worker = real.worker("k", "");
        try (HeldProcess held = hold(way, entry(worker.pid()))) {
            assertThat(held.isExact()).isEqualTo(way == Way.PIDFD);
            assertThat(held.hasExited()).isFalse();

            assertThat(held.signal(Signal.TERM)).isEqualTo(SignalResult.SENT);
            host.awaitExit(List.of(held), LONG);

            assertThat(held.hasExited()).isTrue();
            assertThat(worker.process().waitFor()).isEqualTo(128 + 15);
            assertThat(held.signal(Signal.KILL)).isEqualTo(SignalResult.GONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wakesForOneOfMany(Way way) throws InterruptedException {
        List<HeldProcess> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(hold(way, entry(real.worker("k" + i, "").pid())));
        }

        assertThat(held.get(3).signal(Signal.KILL)).isEqualTo(SignalResult.SENT);
        Duration before = LinuxClock.awake();
        host.awaitExit(held, LONG);

        assertThat(LinuxClock.awake().minus(before)).isLessThan(LONG.dividedBy(2));
        assertThat(held).filteredOn(HeldProcess::hasExited).containsExactly(held.get(3));

        before = LinuxClock.awake();
        host.awaitExit(held, Duration.ofMillis(50));
        assertThat(LinuxClock.awake().minus(before))
                .as("the one that is known to be gone is not told again")
                .isGreaterThanOrEqualTo(Duration.ofMillis(49));

        assertThat(held.get(0).signal(Signal.KILL)).isEqualTo(SignalResult.SENT);
        host.awaitExit(held, LONG);
        assertThat(held).filteredOn(HeldProcess::hasExited).containsExactly(held.get(0), held.get(3));
        held.forEach(HeldProcess::close);
    }

    @ParameterizedTest
    @EnumSource
    void callsAZombieGone(Way way) throws InterruptedException {
        Spawned parent = real.worker(
                "k",
                """
                import subprocess
                child = subprocess.Popen(['sleep', '120'])
                say_more = ready
                ready = lambda: say_more(child.pid)
                """);
        int child = Integer.parseInt(parent.more(0));
        try (HeldProcess held = hold(way, entry(child))) {
            held.signal(Signal.TERM);
            host.awaitExit(List.of(held), LONG);

            assertThat(held.hasExited()).isTrue();
            assertThat(entry(child).isZombie()).isTrue();
        }
    }

    /** Its memory is held and its code runs as long as one of its threads does. */
    @ParameterizedTest
    @EnumSource
    void doesNotCallOneGoneWhoseMainThreadAloneIsDead(Way way) throws InterruptedException {
        Spawned leader = real.worker(
                "k",
                """
                import _thread, ctypes, platform, time
                _thread.start_new_thread(time.sleep, (600.0,))
                number = {'x86_64': 60, 'aarch64': 93}[platform.machine()]
                say_ready = ready
                def ready():
                    say_ready()
                    time.sleep(0.5)
                    ctypes.CDLL(None).syscall(number, 0)
                """);
        ProcessEntry before = entry(leader.pid());
        try (HeldProcess held = hold(way, before)) {
            while (entry(leader.pid()).state() != 'Z') {
                Thread.onSpinWait();
            }
            assertThat(entry(leader.pid()).isSameProgramAs(before))
                    .as("its words are read from a thread that lives")
                    .isTrue();
            assertThat(entry(leader.pid()).isZombie()).isFalse();
            assertThat(held.hasExited()).isFalse();

            host.awaitExit(List.of(held), Duration.ofMillis(50));
            assertThat(held.hasExited()).isFalse();

            assertThat(held.signal(Signal.KILL)).isEqualTo(SignalResult.SENT);
            host.awaitExit(List.of(held), LONG);
            assertThat(held.hasExited()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void continuesAStoppedProcess(Way way) throws InterruptedException, IOException {
        Spawned worker = real.worker("k", "");
        new ProcessBuilder("kill", "-STOP", Integer.toString(worker.pid()))
                .start()
                .waitFor();
        try (HeldProcess held = hold(way, entry(worker.pid()))) {
            held.signal(Signal.TERM);
            held.signal(Signal.CONT);
            host.awaitExit(List.of(held), LONG);

            assertThat(held.hasExited()).isTrue();
            assertThat(worker.process().waitFor()).isEqualTo(128 + 15);
        }
    }

    @Test
    void rechecksIdentityAndWordsBeforeEachSignal() {
        Spawned worker = real.worker("k", "");
        ProcessEntry now = entry(worker.pid());
        List<Function<ProcessEntry, ProcessEntry>> changes = List.of(
                it -> with(it, new ProcessIdentity(it.identity().bootId(), it.pid(), 1), it.argv()),
                it -> with(
                        it,
                        new ProcessIdentity(
                                "other boot", it.pid(), it.identity().startTicks()),
                        it.argv()),
                it -> with(it, it.identity(), Argv.of("other", "words")));

        changes.forEach(change -> assertThat(new RecheckedProcess(change.apply(now), host::entry).signal(Signal.KILL))
                .isEqualTo(SignalResult.GONE));

        assertThat(worker.process().isAlive()).isTrue();
        assertThat(entry(worker.pid()).state()).isNotEqualTo('Z');
    }

    private static ProcessEntry with(ProcessEntry it, ProcessIdentity identity, Argv argv) {
        return new ProcessEntry(
                identity, it.parentPid(), it.state(), it.threads(), it.uid(), argv, it.executable(), it.comm());
    }

    @Test
    void callsNobodyGoneWhoCannotBeReadAnyMore() {
        Spawned worker = real.worker("k", "");
        RecheckedProcess held = new RecheckedProcess(entry(worker.pid()), pid -> Optional.empty());

        assertThat(held.hasExited()).isFalse();
        assertThat(held.signal(Signal.KILL)).isEqualTo(SignalResult.GONE);
        assertThat(worker.process().isAlive()).isTrue();

        worker.end();
        assertThat(held.hasExited()).isTrue();
    }

    @Test
    void holdsNobodyWhereThereIsNobody() {
        Spawned worker = real.worker("k", "");
        ProcessEntry entry = entry(worker.pid());
        worker.end();

        assertThat(host.hold(entry)).isEmpty();
        assertThat(host.entry(entry.pid())).isEmpty();
    }

    @Test
    void neverHoldsInit() {
        ProcessEntry init = entry(1);

        assertThatThrownBy(() -> host.hold(init)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signals.kill(1, Signal.CONT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signals.kill(-1, Signal.CONT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        Spawned worker = real.worker("k", "");
        try (HeldProcess held = hold(Way.PIDFD, entry(worker.pid()))) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> host.awaitExit(List.of(held), LONG)).isInstanceOf(InterruptedException.class);
        }
    }
}
