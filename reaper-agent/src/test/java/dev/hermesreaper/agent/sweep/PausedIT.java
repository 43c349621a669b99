package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.state.Marks;
import dev.hermesreaper.agent.state.PauseFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A pause on disk, real processes, and sweeps that must not touch them. */
@EnabledOnOs(OS.LINUX)
class PausedIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path scratch;

    private Arena arena;
    private PauseFile pause;

    @BeforeEach
    void open() {
        arena = new Arena();
        pause = PauseFile.toWrite(scratch.resolve("state"), new LinuxHost(Lookout.TRACES, Lookout.VARIABLES));
    }

    @AfterEach
    void close() {
        arena.close();
    }

    private StagedProcess orphan(Part part) {
        StagedGateway dashboard = arena.stage().director().dashboard();
        StagedProcess worker = dashboard.leakedWorker(arena.key("paused"), part).worker();
        dashboard.signal("KILL");
        worker.awaitParent(1, SOON);
        return worker;
    }

    @Test
    void signalsNobodyWhilePausedAndEndsItAfterwards() throws InterruptedException {
        StagedProcess worker = orphan(Part.plain());
        assertThat(pause.give("alice", Duration.ofHours(1))).isEmpty();

        SweepResult paused = arena.sweep(pause::now);

        assertThat(Arena.outcome(paused, worker)).as(Arena.story(paused)).contains(Outcome.DEFERRED);
        assertThat(paused.pause()).isPresent();
        assertThat(worker.awaitGone(Duration.ofMillis(300))).isFalse();

        assertThat(pause.end()).isEmpty();
        SweepResult resumed = arena.sweep(pause::now);

        assertThat(Arena.outcome(resumed, worker)).as(Arena.story(resumed)).contains(Outcome.EXITED);
    }

    @Test
    void signalsNobodyWhileTheDirectoryOfAPauseIsRefused() throws InterruptedException, IOException {
        StagedProcess worker = orphan(Part.plain());
        Path directory = scratch.resolve("state");
        assertThat(pause.give("alice", Duration.ofHours(1))).isEmpty();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        LinuxHost host = new LinuxHost(Lookout.TRACES, Lookout.VARIABLES);

        SweepResult refused = arena.sweep(Memory.restraint(directory, host, Marks.NONE));

        assertThat(Arena.outcome(refused, worker)).as(Arena.story(refused)).contains(Outcome.DEFERRED);
        assertThat(refused.pause().orElseThrow().said()).contains("chmod go-w " + directory);
        assertThat(worker.awaitGone(Duration.ofMillis(300))).isFalse();

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(pause.end()).isEmpty();
        SweepResult mended = arena.sweep(Memory.restraint(directory, host, Marks.NONE));

        assertThat(Arena.outcome(mended, worker)).as(Arena.story(mended)).contains(Outcome.EXITED);
    }

    @Test
    void aPauseGivenDuringTheGraceKeepsSigkillBack() throws InterruptedException {
        StagedProcess worker = orphan(Part.plain().ignoringTerm());
        int[] asked = {0};

        SweepResult result = arena.sweep(() -> {
            // Before the intent and before SIGTERM there is no pause; the operator gives it in the grace.
            if (++asked[0] == 3) {
                assertThat(pause.give("alice", Duration.ofHours(1))).isEmpty();
            }
            return pause.now();
        });

        Reaping reaping = result.reapings().get(0);
        assertThat(reaping.outcome()).as(Arena.story(result)).isEqualTo(Outcome.DEFERRED);
        assertThat(reaping.signals()).hasSize(1);
        assertThat(worker.awaitGone(Duration.ofMillis(300))).isFalse();
    }

    @Test
    void aConfigurationSavedDuringTheGraceKeepsSigkillBack() throws InterruptedException, IOException {
        StagedProcess worker = orphan(Part.plain().ignoringTerm());
        Path config = Files.writeString(scratch.resolve("config.toml"), "");
        arena.onMachine(real -> {
            MeddledHost machine = new MeddledHost(real);
            machine.on("after signal " + worker.pid() + " TERM", () -> save(config));
            return machine.host();
        });
        LinuxHost host = new LinuxHost(Lookout.TRACES, Lookout.VARIABLES);

        SweepResult result = arena.sweep(Memory.restraint(scratch.resolve("state"), host, Marks.of(List.of(config))));

        Reaping reaping = result.reapings().get(0);
        assertThat(reaping.outcome()).as(Arena.story(result)).isEqualTo(Outcome.DEFERRED);
        assertThat(reaping.detail()).contains("configuration file was changed");
        assertThat(reaping.signals()).hasSize(1);
        assertThat(worker.awaitGone(Duration.ofMillis(300))).isFalse();
    }

    private void save(Path config) {
        try {
            Files.writeString(config, "[protect]\nsession_keys = [\"" + arena.key("paused") + "\"]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
