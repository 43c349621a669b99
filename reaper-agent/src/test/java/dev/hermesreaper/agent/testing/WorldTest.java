package dev.hermesreaper.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The machine in memory behaves like one, or every test on it proves nothing. */
class WorldTest {
    private final World world = new World();
    private final Host host = world.host();

    @Test
    void sleepingIsStepping() throws InterruptedException {
        Moment before = host.now();

        host.sleep(Duration.ofSeconds(7));

        assertThat(host.now().since(before)).isEqualTo(Duration.ofSeconds(7));
        assertThat(host.now().asleepSince(before)).isZero();
    }

    @Test
    void aSuspendMovesBootTimeOnlyAndAWallStepNeither() {
        Moment before = host.now();

        world.suspend("8h");
        world.stepWall(Duration.ofHours(-1));

        assertThat(host.now().asleepSince(before)).isEqualTo(Duration.ofHours(8));
        assertThat(Duration.between(before.wall(), host.now().wall())).isEqualTo(Duration.ofHours(7));
    }

    @Test
    void aSignalReachesTheHeldProcessOrNobody() {
        FakeProcess first = world.worker(101);
        HeldProcess held = host.hold(first.entry()).orElseThrow();
        FakeProcess second = world.worker(101).startedAgo("1s");

        assertThat(held.signal(Signal.KILL)).isEqualTo(SignalResult.GONE);
        assertThat(held.hasExited()).isTrue();
        assertThat(world.isAlive(second)).isTrue();
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void aTermedProcessExitsInItsTimeAndIsAwaitedNoLonger() throws InterruptedException {
        FakeProcess slow = world.worker(101).exitsAfter("4s");
        HeldProcess held = host.hold(slow.entry()).orElseThrow();
        held.signal(Signal.TERM);

        host.awaitExit(List.of(held), Duration.ofSeconds(10));

        assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(4));
        assertThat(held.hasExited()).isTrue();
    }

    @Test
    void aStoppedProcessKeepsTermUntilItIsContinued() throws InterruptedException {
        FakeProcess stopped = world.worker(101).stopped();
        HeldProcess held = host.hold(stopped.entry()).orElseThrow();

        held.signal(Signal.TERM);
        world.elapse("1m");
        assertThat(world.isAlive(stopped)).isTrue();

        held.signal(Signal.CONT);
        world.elapse("1s");
        assertThat(world.isAlive(stopped)).isFalse();
    }

    @Test
    void orphansGoToTheNearestSubreaper() {
        FakeProcess user = world.start(50)
                .runs("/usr/lib/systemd/systemd", "systemd", "--user")
                .subreaper();
        FakeProcess dashboard = world.dashboard(100).below(user);
        FakeProcess worker = world.worker(101).ownedBy(dashboard);

        world.exit(dashboard);

        assertThat(host.entry(101).orElseThrow().parentPid()).isEqualTo(50);
        assertThat(host.otherEnds(List.of(worker.stdin()), List.of()).of(worker.stdin()))
                .isEmpty();
    }

    @Test
    void theTableShowsWhatCanMatterOnly() {
        FakeProcess dashboard = world.dashboard(100);
        FakeProcess worker = world.worker(101).ownedBy(dashboard);
        world.start(102).runs("/usr/bin/sleep", "sleep", "9").below(worker);
        world.start(200).runs("/usr/bin/vim", "vim", "notes");

        ProcessTable table = host.table();

        assertThat(table.entries())
                .extracting(it -> it.pid())
                .contains(1, 800, 900, 100, 101, 102)
                .doesNotContain(200);
        assertThat(table.processes()).isEqualTo(7);
    }

    @Test
    void anInterruptEndsTheWait() {
        world.interruptIn("2s");

        assertThatThrownBy(() -> host.sleep(Duration.ofSeconds(10))).isInstanceOf(InterruptedException.class);
        assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }
}
