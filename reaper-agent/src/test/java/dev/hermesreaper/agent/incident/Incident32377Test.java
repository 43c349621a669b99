package dev.hermesreaper.agent.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.SentSignal;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hermes issue 32377: five chats of a dashboard's terminal stacked up behind a proxy and hung it. */
class Incident32377Test {
    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);
    private final FakeProcess dashboard = world.dashboard(100).clients(1);
    private final List<Chat> chats = new ArrayList<>();

    private record Chat(FakeProcess node, FakeProcess entry, FakeProcess worker) {}

    private Chat chat() {
        int pid = 200 + chats.size() * 10;
        FakeProcess node = world.node(pid).below(dashboard).startedAgo("3h");
        FakeProcess entry = world.entry(pid + 1).below(node).socketFrom(node).startedAgo("3h");
        FakeProcess worker =
                world.worker(pid + 2).of("chat" + pid).ownedBy(entry).startedAgo("179m");
        chats.add(new Chat(node, entry, worker));
        return chats.get(chats.size() - 1);
    }

    @Test
    void chainsWhoseNodeLivesAreReportedAndLeft() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            chat();
        }

        sweeps.sweep();
        world.elapse("1h");
        SweepResult result = sweeps.sweep();

        assertThat(result.count(Decision.REPORT)).isEqualTo(5);
        assertThat(result.verdicts())
                .filteredOn(it -> it.decision() == Decision.REPORT)
                .extracting(Verdict::reason)
                .containsOnly(Reason.ABANDONED);
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void workersWhoseEntryDiedAreEndedAndTheOtherChainsLeft() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            chat();
        }
        world.exit(chats.get(0).entry());
        world.exit(chats.get(1).entry());

        SweepResult result = sweeps.sweep();

        assertThat(result.count(Outcome.EXITED)).isEqualTo(2);
        assertThat(world.signals()).extracting(SentSignal::pid).containsExactly(202, 212);
        assertThat(world.isAlive(dashboard)).isTrue();
        assertThat(chats).allMatch(it -> world.isAlive(it.node()));
    }

    @Test
    void anEntryThatHangsWithoutItsNodeIsEndedWithItsWorker() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            chat();
        }
        chats.get(2).entry().ignoresTerm();
        world.exit(chats.get(2).node());

        SweepResult result = sweeps.sweep();

        assertThat(result.reapings())
                .extracting(it -> it.verdict().process().pid(), it -> it.outcome())
                .containsExactlyInAnyOrder(tuple(222, Outcome.EXITED), tuple(221, Outcome.KILLED));
        assertThat(chats.stream().filter(it -> world.isAlive(it.worker()))).hasSize(4);
    }

    @Test
    void anEntryWithoutItsNodeIsLeftWhileItsWorkerWorks() throws InterruptedException {
        Chat chat = chat();
        chat.worker().busy();
        world.exit(chat.node());

        sweeps.sweep();
        world.elapse("2m");
        sweeps.sweep();

        assertThat(world.signals()).isEmpty();
    }
}
