package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.Present;
import dev.hermesreaper.agent.state.Recollection;
import dev.hermesreaper.agent.state.SightingsFile;
import dev.hermesreaper.agent.state.StateDirectory;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One machine, watched by the service and by cron: the same workers are ended for the same reasons, by cron later. */
@EnabledOnOs(OS.LINUX)
class CronTest {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration LONG_ENOUGH = Duration.ofHours(4);

    @TempDir
    private Path scratch;

    /** Why a worker was ended, and when. */
    private record End(String reason, Duration at) {}

    @Test
    void reachesTheVerdictsOfTheServiceThroughAFileLater() throws InterruptedException {
        Map<Integer, End> byService = endsOf("30s", (look, kept) -> kept);
        Map<Integer, End> byCron = endsOf("30m", this::throughAFile);

        assertThat(reasons(byService))
                .containsValues("orphaned", "session-ended", "superseded", "abandoned", "surplus");
        assertThat(reasons(byCron)).isEqualTo(reasons(byService));
        byCron.forEach(
                (pid, end) -> assertThat(end.at().minus(byService.get(pid).at()))
                        .as(end.reason())
                        .isBetween(Duration.ofSeconds(-1), HALF_AN_HOUR.multipliedBy(2)));
    }

    private static Map<Integer, String> reasons(Map<Integer, End> ends) {
        Map<Integer, String> reasons = new TreeMap<>();
        ends.forEach((pid, end) -> reasons.put(pid, end.reason()));
        return reasons;
    }

    private interface Keeping extends BiFunction<Look, Sightings, Sightings> {}

    private static Map<Integer, End> endsOf(String interval, Keeping keeping) throws InterruptedException {
        World world = new World();
        people(world);
        Sweeps sweeps = new Sweeps(world)
                .judge("surplus", Action.REAP)
                .judge("surplusIdle", Duration.ofHours(2))
                .keeping(keeping);
        Map<Integer, End> ends = new TreeMap<>();
        while (world.elapsed().compareTo(LONG_ENOUGH) < 0) {
            sweeps.sweep()
                    .reapings()
                    .forEach(it -> ends.putIfAbsent(
                            it.verdict().process().pid(),
                            new End(it.verdict().reason().word(), world.elapsed())));
            world.elapse(interval);
        }
        return ends;
    }

    private static void people(World world) {
        FakeProcess used = world.dashboard(100).clients(9);
        world.worker(110).of("alone").ownedBy(used);
        world.worker(111).of("twice").startedAgo("5h").ownedBy(used);
        world.worker(112).of("twice").startedAgo("4h").ownedBy(used);
        world.worker(113).of("closed").ownedBy(used).sessionEnded("tui_close", "40m");
        world.worker(114)
                .of("claimed")
                .ownedBy(used)
                .sessionEnded("tui_close", "40m")
                .sessionClaimed();
        world.worker(115).of("busy").ownedBy(used).busy();
        world.worker(120).orphanedTo(1);
        world.worker(121).orphanedTo(1).busy();
        world.worker(122).orphanedTo(1).with("HERMES_REAPER_KEEP", "1");
        FakeProcess deserted = world.dashboard(130).clients(0);
        world.worker(131).of("nobody").ownedBy(deserted);
        world.worker(132).of("somebody").ownedBy(deserted).sessionUsed("0s");
        FakeProcess crowded = world.dashboard(140).clients(1);
        world.worker(141).of("beyond").startedAgo("3h").ownedBy(crowded);
        world.worker(142).of("within").ownedBy(crowded);
        world.in("90m", () -> used.clients(0));
        world.in("110m", () -> used.clients(9));
        world.in("2h", () -> world.process(115).idle());
    }

    private Sightings throughAFile(Look look, Sightings kept) {
        LinuxHost host = new LinuxHost(Lookout.TRACES, Lookout.VARIABLES);
        StateDirectory directory = StateDirectory.open(scratch.resolve("state"), host.self());
        try (PassLock lock =
                PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow()) {
            SightingsFile file = new SightingsFile(directory);
            assertThat(file.write(lock, kept)).isEmpty();
            String bootId = look.table().entries().iterator().next().identity().bootId();
            Recollection read = file.recall(
                    lock, new Present(bootId, look.at(), look.table().ticksPerSecond()));
            assertThat(read.problem()).isEmpty();
            return read.sightings();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
