package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.ExitWatch.Woken;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Woken by the end of real processes. */
@EnabledOnOs(OS.LINUX)
final class ExitWatchIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final LinuxHost host = new LinuxHost(RealProcesses.TRACES, Set.of());
    private final RealProcesses real = new RealProcesses();
    private final ExitWatch watch = host.watch();

    @AfterEach
    void end() {
        watch.close();
        real.close();
    }

    private ProcessEntry entry(Spawned spawned) {
        return host.entry(spawned.pid()).orElseThrow();
    }

    @Test
    void isWokenByTheEndOfOneOfManyAndTellsItOnce() throws Exception {
        List<ProcessEntry> all = new ArrayList<>();
        List<Spawned> spawned = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            spawned.add(real.worker("k" + i, ""));
            all.add(entry(spawned.get(i)));
        }
        assertThat(watch.watch(all)).isEmpty();
        assertThat(watch.await(SHORT)).isEqualTo(Woken.TIME);

        spawned.get(7).process().destroyForcibly();

        assertThat(watch.await(LONG)).isEqualTo(Woken.EXITED);
        assertThat(watch.watch(all)).isEmpty();
        assertThat(watch.await(SHORT)).isEqualTo(Woken.TIME);
    }

    @Test
    void tellsAnEndThatCameBeforeItWatched() throws Exception {
        Spawned worker = real.worker("k", "");
        ProcessEntry entry = entry(worker);
        worker.process().destroyForcibly().waitFor();

        watch.watch(List.of(entry));

        assertThat(watch.await(LONG)).isEqualTo(Woken.EXITED);
        assertThat(watch.await(SHORT)).isEqualTo(Woken.TIME);
    }

    @Test
    void tellsAnEndWhereThePidHasChangedHands() throws Exception {
        ProcessEntry entry = entry(real.worker("k", ""));
        ProcessIdentity other = new ProcessIdentity(
                entry.identity().bootId(), entry.pid(), entry.identity().startTicks() - 1);
        ProcessEntry before = new ProcessEntry(
                other,
                entry.parentPid(),
                entry.state(),
                entry.threads(),
                entry.uid(),
                entry.argv(),
                entry.executable(),
                entry.comm());

        watch.watch(List.of(before));

        assertThat(watch.await(LONG)).isEqualTo(Woken.EXITED);
    }

    @Test
    void isWokenByACallWhetherItWatchesAnybodyOrNot() throws Exception {
        watch.wake();
        assertThat(watch.await(LONG)).isEqualTo(Woken.CALLED);
        CompletableFuture<Void> later = CompletableFuture.runAsync(watch::wake);
        assertThat(watch.await(LONG)).isEqualTo(Woken.CALLED);
        later.join();

        watch.watch(List.of(entry(real.worker("k", ""))));
        watch.wake();
        assertThat(watch.await(LONG)).isEqualTo(Woken.CALLED);
        later = CompletableFuture.runAsync(watch::wake);
        assertThat(watch.await(LONG)).isEqualTo(Woken.CALLED);
        later.join();
        assertThat(watch.await(SHORT)).isEqualTo(Woken.TIME);
    }

    @Test
    void leavesNoDescriptorBehind() throws Exception {
        ProcessEntry first = entry(real.worker("a", ""));
        ProcessEntry second = entry(real.worker("b", ""));
        watch.watch(List.of(first));
        int before = pidfds();

        for (int i = 0; i < 50; i++) {
            watch.watch(List.of(second));
            watch.watch(List.of(first));
        }
        assertThat(pidfds()).isEqualTo(before);

        watch.close();
        watch.wake();
        assertThat(pidfds()).isEqualTo(before - 1);
    }

    /** Other tests of this JVM have none open while this one runs. */
    private static int pidfds() throws Exception {
        int count = 0;
        try (var all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path one : all) {
                // The descriptor of this very listing is gone when it is asked for.
                String target =
                        Files.isSymbolicLink(one) ? Files.readSymbolicLink(one).toString() : "";
                count += target.contains("pidfd") ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void saysSoWhereThereIsNoRoomForMore() {
        PidfdWatch small = new PidfdWatch(() -> true, process -> true, () -> 1);
        ProcessEntry first = entry(real.worker("a", ""));
        ProcessEntry second = entry(real.worker("b", ""));

        assertThat(small.watch(List.of(first, second)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("only 1 of 2 ends"));
        small.close();
    }

    @Test
    void waitsAllTheSameWhereThereAreNoPidfds() throws Exception {
        PidfdWatch none = new PidfdWatch(() -> false, process -> true, () -> 1);
        ProcessEntry process = entry(real.worker("a", ""));

        assertThat(none.watch(List.of(process))).isPresent();
        assertThat(none.await(SHORT)).isEqualTo(Woken.TIME);
        none.close();
    }

    @Test
    void isEndedByAnInterruption() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> watch.await(LONG)).isInstanceOf(InterruptedException.class);
    }
}
