package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Environment;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class DetailsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LinuxHost host;
    private final RealProcesses real = new RealProcesses();

    DetailsIT(Means means) {
        this.host = means.host("HERMES_HOME", "ACT");
    }

    @AfterEach
    void end() {
        real.close();
    }

    private ProcessDetails detailsOf(Spawned process) {
        return host.details(host.entry(process.pid()).orElseThrow());
    }

    /** Looks until {@code expected} holds, or fails with what was seen last. */
    private Activity await(Spawned process, Predicate<Activity> expected) throws InterruptedException {
        Duration deadline = LinuxClock.awake().plus(PATIENCE);
        Activity activity = detailsOf(process).activity();
        while (!expected.test(activity)) {
            assertThat(LinuxClock.awake()).as("waited in vain: %s", activity).isLessThan(deadline);
            LinuxClock.sleep(Duration.ofMillis(5));
            activity = detailsOf(process).activity();
        }
        return activity;
    }

    @Test
    void seesThatAnIdleWorkerDoesNotMove() throws InterruptedException {
        Spawned worker = real.worker("k", "");
        Activity first = await(worker, Activity::waitsForInput);

        for (int look = 0; look < 3; look++) {
            host.table();
            Activity later = detailsOf(worker).activity();
            assertThat(later).isEqualTo(first);
            assertThat(later.mainThreadUnmovedSince(first)).isTrue();
        }
    }

    @Test
    void seesThatAWorkerHasWorked() throws InterruptedException {
        Spawned worker = real.worker("k", "");
        Activity before = await(worker, Activity::waitsForInput);

        worker.tell("/help");

        Activity after = await(worker, now -> now.waitsForInput() && !now.equals(before));
        assertThat(after.mainThreadUnmovedSince(before)).isFalse();
        assertThat(before.hasReadNothingSince(before)).isTrue();
        assertThat(after.hasReadNothingSince(before)).isFalse();
    }

    /** Else a command that comes in between and is over soon would show in neither. */
    @Test
    void asksWhatItWaitsForBeforeItsCounters() {
        Spawned worker = real.worker("k", "");
        List<String> read = new ArrayList<>();
        ProcFs noting = new ProcFs(LinuxHost.PROC) {
            @Override
            void readFile(String path, boolean toTheEnd) throws IOException {
                read.add(path.substring(path.lastIndexOf('/') + 1));
                super.readFile(path, toTheEnd);
            }
        };

        Boot boot = Boot.read(noting);
        read.clear();

        new DetailsReader(noting, boot, Set.of()).read(host.entry(worker.pid()).orElseThrow());

        assertThat(read)
                .filteredOn(Set.of("syscall", "status", "stat")::contains)
                .startsWith("syscall");
        assertThat(read).contains("status", "stat");
    }

    /** It takes a command and thinks: it goes to no sleep that would be counted, and ticks take their time. */
    @Test
    void isNotStillOnceItHasTakenACommandAlthoughItsSwitchesHaveNotMoved() throws InterruptedException {
        Spawned worker = real.worker("k", "ready()\nos.read(0, 1)\nwhile True: pass");
        Activity before = await(worker, Activity::waitsForInput);
        assertThat(detailsOf(worker).activity().isStillSince(before)).isTrue();

        worker.tell("/think");

        Activity thinking = await(worker, now -> !now.waitsForInput());
        assertThat(thinking.isStillSince(before)).isFalse();
        Activity ticksAside = new Activity(
                true,
                false,
                thinking.sleepOnly(),
                false,
                false,
                thinking.mainSwitches(),
                before.mainTicks(),
                0,
                0,
                Activity.NOT_TOLD);
        assertThat(ticksAside.isStillSince(before)).isFalse();
    }

    @Test
    void seesThatABusyWorkerMoves() throws InterruptedException {
        Spawned worker = real.worker("k", "ready()\nwhile True: pass");
        Activity first = detailsOf(worker).activity();

        Activity later = await(worker, now -> now.mainTicks() > first.mainTicks());

        assertThat(later.readable()).isTrue();
        assertThat(later.waitsForInput()).isFalse();
    }

    @Test
    void countsOtherThreadsApart() throws InterruptedException {
        Spawned worker = real.worker(
                "k",
                """
                import threading
                def burn():
                    while True: pass
                threading.Thread(target=burn, daemon=True).start()
                """);
        Activity first = await(worker, now -> now.waitsForInput() && now.otherTicks() > 0);

        Activity later = await(worker, now -> now.otherTicks() > first.otherTicks());

        assertThat(later.mainTicks()).isEqualTo(first.mainTicks());
        assertThat(later.mainSwitches()).isEqualTo(first.mainSwitches());
    }

    @Test
    void knowsThatAStoppedWorkerWaitedForInput() throws IOException, InterruptedException {
        Spawned worker = real.worker("k", "");
        await(worker, Activity::waitsForInput);

        new ProcessBuilder("kill", "-STOP", Integer.toString(worker.pid()))
                .start()
                .waitFor();

        Duration deadline = LinuxClock.awake().plus(PATIENCE);
        while (!host.entry(worker.pid()).orElseThrow().isStopped()) {
            assertThat(LinuxClock.awake()).isLessThan(deadline);
        }
        assertThat(detailsOf(worker).activity().waitsForInput()).isTrue();
    }

    @Test
    void keepsOnlyTheVariablesAskedFor() {
        Spawned worker = real.worker("k", "# no act");

        Map<String, String> values = detailsOf(worker).environment().values();

        assertThat(values).containsOnlyKeys("ACT");
        assertThat(values.get("ACT")).startsWith("# no act");
    }

    @Test
    void doesNotBelieveAWipedEnvironment() {
        Spawned worker = real.worker(
                "k",
                """
                import ctypes
                words = open('/proc/self/stat', 'rb').read().rsplit(b')', 1)[1].split()
                start, end = int(words[47]), int(words[48])
                ctypes.memset(start + 1, 0, (end - start) // 2)
                """);

        assertThat(detailsOf(worker).environment()).isEqualTo(Environment.UNREADABLE);
    }

    @Test
    void findsTheDirectoryOfItsOpenStateDatabase() {
        Spawned worker = real.worker("k", "database = open('state.db', 'w')");
        Spawned deleted =
                real.worker("k", "os.mkdir('gone')\ndatabase = open('gone/state.db', 'w')\nos.unlink('gone/state.db')");

        assertThat(detailsOf(worker).stateDirectory()).contains(real.directory().toString());
        assertThat(detailsOf(deleted).stateDirectory()).isEmpty();
    }

    @Test
    void countsMemoryAndOpenFiles() {
        Spawned worker = real.worker(
                "k",
                """
                import resource
                resource.setrlimit(resource.RLIMIT_NOFILE, (123, 456))
                files = [os.open('/dev/null', os.O_RDONLY) for i in range(40)]
                ballast = b'x' * (50 << 20)
                say_more = ready
                ready = lambda: say_more(len(os.listdir('/proc/self/fd')) - 1)
                """);

        ProcessDetails details = detailsOf(worker);

        assertThat(details.openFiles()).isEqualTo(new OpenFiles(true, Long.parseLong(worker.more(0)), 123, 456));
        assertThat(details.memory().residentBytes()).isBetween(50L << 20, 150L << 20);
        assertThat(details.inOtherPidNamespace()).isFalse();
    }

    @Test
    void saysNothingAboutAnotherProcessWithTheSamePid() {
        Spawned worker = real.worker("k", "");
        ProcessEntry now = host.entry(worker.pid()).orElseThrow();
        ProcessEntry earlier = new ProcessEntry(
                new ProcessIdentity(
                        now.identity().bootId(), now.pid(), now.identity().startTicks() - 1),
                now.parentPid(),
                now.state(),
                now.threads(),
                now.uid(),
                now.argv(),
                now.executable(),
                now.comm());

        assertThat(host.details(earlier)).isEqualTo(ProcessDetails.UNREADABLE);
        assertThat(host.clients(earlier).countable()).isFalse();
    }

    @Test
    void readsTheMachinesMemory() {
        assertThat(host.memory().readable()).isTrue();
        assertThat(host.memory().availableBytes()).isBetween(1L, host.memory().totalBytes());
        assertThat(host.memory().swapUsedBytes()).isBetween(0L, host.memory().swapTotalBytes());
    }
}
