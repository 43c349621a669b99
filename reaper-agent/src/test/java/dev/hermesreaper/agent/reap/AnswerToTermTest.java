package dev.hermesreaper.agent.reap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process has moved since its SIGTERM and is still there: for the signal, or for a command that came in. */
class AnswerToTermTest {
    private final Bench bench = new Bench();
    private final World world = bench.world;

    /** Nobody can have sent it a command. */
    @Test
    void killsAnOrphanThatHandlesTermAndStays() throws InterruptedException {
        bench.orphan(101).handlesTerm().hidesBytes();

        bench.reap(bench.due("11s"));

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM, Signal.KILL);
    }

    /** Else one that starts others all the time, or is stopped, would survive. */
    @Test
    void killsAnOrphanThatStartsSomethingOrIsStoppedAfterTheLook() throws InterruptedException {
        FakeProcess starting = bench.orphan(101).handlesTerm();
        FakeProcess stopping = bench.orphan(102).handlesTerm();
        List<Verdict> due = bench.due("11s");
        world.after("details 101", 4, () -> bench.mcp(301, starting).startedAgo("0s"));
        world.after("details 102", 4, () -> stopping.state('T'));

        assertThat(bench.reap(due)).extracting(Reaping::outcome).containsOnly(Outcome.KILLED);
    }

    @Test
    void killsASupersededOneThatHandlesTermAndReadsNothing() throws InterruptedException {
        bench.superseded().handlesTerm();

        bench.reap(bench.due("10m"));

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM, Signal.KILL);
    }

    @Test
    void sparesASupersededOneThatHandlesTermWhereItIsNotToldWhatItReads() throws InterruptedException {
        bench.superseded().handlesTerm().hidesBytes();

        assertSparedAfterTerm(bench.reap(bench.due("10m")));
    }

    /** It waits for input again when it is looked at after the grace. */
    @Test
    void sparesASupersededOneThatServesACommandDuringItsGrace() throws InterruptedException {
        FakeProcess older = bench.superseded().ignoresTerm();
        List<Verdict> due = bench.due("10m");
        world.in("5s", older::moves);

        assertSparedAfterTerm(bench.reap(due));
    }

    private void assertSparedAfterTerm(List<Reaping> reapings) {
        assertThat(reapings).extracting(Reaping::outcome).containsExactly(Outcome.SPARED);
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
    }
}
