package dev.hermesreaper.agent.reap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.SentSignal;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who of those that a worker has started is somebody else's, and left. */
class KinshipTest {
    private final Bench bench = new Bench();
    private final World world = bench.world;
    private final FakeProcess worker = bench.orphan(101);

    @AfterEach
    void nobodyIsHeldAnyLonger() {
        assertThat(world.held()).isZero();
    }

    private List<Reaping> reap() throws InterruptedException {
        return bench.reap(bench.due("11s"));
    }

    @Test
    void endsAWorkerShapedChild() throws InterruptedException {
        FakeProcess fork = world.worker(201).below(worker).startedAgo("119m");

        assertThat(Bench.outcomeOf(reap(), fork)).isEqualTo(Outcome.EXITED);
    }

    @Test
    void sparesWhatServesSomebodyAndItsWholeBranch() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker);
        FakeProcess browser = bench.mcp(202, shell).clients(1);
        FakeProcess tab = bench.mcp(203, browser);

        List<Reaping> reapings = reap();

        assertThat(List.of(shell, browser, tab))
                .extracting(it -> Bench.outcomeOf(reapings, it))
                .containsOnly(Outcome.SPARED);
        assertThat(world.signals()).extracting(SentSignal::pid).containsOnly(101);
    }

    /** A wrapper such as npx passes the signal on; asked about, it is before what it has started. */
    @Test
    void sparesWhatHasStartedAServerThatIsInUseByTheTimeOfTheKill() throws InterruptedException {
        FakeProcess wrapper = bench.mcp(201, worker).ignoresTerm();
        FakeProcess server = bench.mcp(202, wrapper).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> server.clients(1));

        assertThat(Bench.outcomeOf(bench.reap(due), wrapper)).isEqualTo(Outcome.SPARED);
        assertThat(world.signalsTo(201)).containsExactly(Signal.TERM);
    }

    /** A wrapper that is started as late as the server below it is asked about before its own signal as well. */
    @Test
    void sparesWhatWasStartedDuringTheEndAndHasStartedAServerInUse() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.after("signal 201", 1, () -> {
            FakeProcess wrapper = world.start(202).below(shell).startedAgo("0s");
            world.start(203).below(wrapper).startedAgo("0s").clients(1);
        });

        bench.reap(due);

        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101, 201);
    }

    /** What a real run would leave: a branch is spared as a whole, whoever of it comes first. */
    @Test
    void aDryRunNamesTheBranchOfAServerInUseAsSpared() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker);
        FakeProcess idle = bench.mcp(202, shell);
        FakeProcess used = bench.mcp(203, shell).clients(1);

        List<Reaping> reapings = bench.reap(bench.due("11s"), Optional.of(Outcome.DRY_RUN));

        assertThat(List.of(shell, idle, used))
                .extracting(it -> Bench.outcomeOf(reapings, it))
                .containsOnly(Outcome.SPARED);
    }

    /** A server on a unix socket, such as a terminal multiplexer: nobody can count who uses it. */
    @Test
    void sparesAServerWhoseClientsCannotBeCounted() throws InterruptedException {
        FakeProcess multiplexer = bench.mcp(201, worker).clientsUnknown();

        assertThat(Bench.outcomeOf(reap(), multiplexer)).isEqualTo(Outcome.SPARED);
        assertThat(world.signalsTo(201)).isEmpty();
    }

    @Test
    void sparesWhatServesSomebodyByTheTimeOfTheKill() throws InterruptedException {
        FakeProcess server = bench.mcp(201, worker).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", () -> server.clients(1));

        assertThat(Bench.outcomeOf(bench.reap(due), server)).isEqualTo(Outcome.SPARED);
        assertThat(world.signalsTo(201)).containsExactly(Signal.TERM);
    }

    @Test
    void sparesOtherUsersAndWhatIsBelowThem() throws InterruptedException {
        FakeProcess sudo = bench.mcp(201, worker).uid(0);
        bench.mcp(202, sudo);

        assertThat(reap().get(0).descendants())
                .singleElement()
                .returns(Outcome.SPARED, it -> it.outcome())
                .returns("it belongs to user 0", it -> it.detail());
        assertThat(world.signals()).extracting(SentSignal::pid).containsOnly(101);
    }

    @Test
    void sparesAGatewayBelowAndItsTree() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker).exitsAfter("1s");
        FakeProcess dashboard = world.dashboard(202).below(shell).startedAgo("118m");
        FakeProcess used = world.worker(203).ownedBy(dashboard).startedAgo("1h");
        bench.mcp(204, used).startedAgo("59m");

        // The dashboard was born late, so it counts as a command: only patience ends this worker.
        bench.due("6m");
        List<Reaping> reapings = reap();

        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.EXITED);
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
        assertThat(world.isAlive(dashboard)).isTrue();
        assertThat(world.isAlive(used)).isTrue();
    }

    @Test
    void sparesAGatewayThatIsStartedBelowMeanwhile() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker).exitsAfter("1s");
        List<Verdict> due = bench.due("11s");
        world.after("signal 101", 1, () -> world.dashboard(202).below(shell).startedAgo("0s"));

        bench.reap(due);

        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
    }

    @Test
    void sparesAShellThatHasBecomeAGateway() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker);
        List<Verdict> due = bench.due("11s");
        world.after(
                "signal 101", 1, () -> shell.runs("/usr/bin/python3", "python3", "-m", "hermes_cli.main", "dashboard"));

        assertThat(Bench.outcomeOf(bench.reap(due), shell)).isEqualTo(Outcome.SPARED);
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
    }

    @Test
    void sparesAProtectedPid() throws InterruptedException {
        bench.jurisdiction("protectedPids", Set.of(201));
        FakeProcess mine = bench.mcp(201, worker);

        reap();

        assertThat(world.isAlive(mine)).isTrue();
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101);
    }

    @Test
    void sparesWhatWasStartedWithTheVariableThatProtects() throws InterruptedException {
        FakeProcess mine = bench.mcp(201, worker).with("HERMES_REAPER_KEEP", "1");
        FakeProcess below = bench.mcp(202, mine);

        reap();

        assertThat(world.isAlive(mine)).isTrue();
        assertThat(world.isAlive(below)).isTrue();
    }

    @Test
    void sparesWhatMayBeProtectedAndWhatThatHasStarted() throws InterruptedException {
        FakeProcess shell = bench.mcp(201, worker);
        FakeProcess closed = bench.mcp(202, shell).hidesEnvironment();
        FakeProcess below = bench.mcp(203, closed);

        List<Reaping> reapings = reap();

        assertThat(Bench.outcomeOf(reapings, shell))
                .as("nobody is known to use what it has started")
                .isEqualTo(Outcome.EXITED);
        assertThat(Bench.outcomeOf(reapings, closed)).isEqualTo(Outcome.SPARED);
        assertThat(Bench.outcomeOf(reapings, below)).isEqualTo(Outcome.SPARED);
        assertThat(reapings.get(0).descendants())
                .extracting(Reaping.Descendant::detail)
                .contains("its environment cannot be read, so it may be protected");
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(101, 201);
    }

    @Test
    void sparesWhatHidesItsEnvironmentByTheTimeOfTheKill() throws InterruptedException {
        FakeProcess server = bench.mcp(201, worker).ignoresTerm();
        List<Verdict> due = bench.due("11s");
        world.in("5s", server::hidesEnvironment);

        assertThat(Bench.outcomeOf(bench.reap(due), server)).isEqualTo(Outcome.SPARED);
        assertThat(world.signalsTo(201)).containsExactly(Signal.TERM);
    }

    @Test
    void endsWhatHidesItsEnvironmentWhereNoVariableProtects() throws InterruptedException {
        bench.jurisdiction("protectedVariables", Set.of());
        FakeProcess server = bench.mcp(201, worker).hidesEnvironment();

        assertThat(Bench.outcomeOf(reap(), server)).isEqualTo(Outcome.EXITED);
    }
}
