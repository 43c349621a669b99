package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.reap.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How they end. Real processes, most cases in a pid namespace of their own. */
@EnabledOnOs(OS.LINUX)
class EndingIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @BeforeEach
    void needsAPidNamespace() {
        assumeTrue(PidNamespace.isAvailable(), PidNamespace.SKIPPED);
    }

    @Test
    void leavesOneThatNeedsFourSecondsToSaveItsWorkTheTime() throws Exception {
        PidNamespace.Ended ended = play("Flushing");

        assertThat(ended.line("orphan"))
                .as(ended.toString())
                .startsWith("exited [TERM] ")
                .endsWith("[flushed]");
    }

    @Test
    void endsAsManyAsOneSweepMayAndTheOthersInTheNext() throws Exception {
        PidNamespace.Ended ended = play("TooMany");

        assertThat(ended.all("outcomes"))
                .containsExactly(
                        "[exited, exited, deferred, deferred, deferred]", "[exited, exited, deferred]", "[exited]");
        assertThat(ended.all("alive")).containsExactly("3", "1", "0");
    }

    @Test
    void killsOneInUninterruptibleSleepAndTheChildItWaitsFor() throws Exception {
        PidNamespace.Ended ended = play("Uninterruptible");

        assertThat(ended.line("state")).as(ended.toString()).isEqualTo("D");
        assertThat(ended.line("orphan")).startsWith("killed [TERM, KILL] ");
        assertThat(ended.line("below")).contains("slash_worker --session-key s: killed ");
    }

    @Test
    void keepsOneWhoseMainThreadAloneIsDeadAndIsNotBlindedByIt() throws Exception {
        ThisMachine.assumeProc("OSHI sees no words where the main thread is dead");
        PidNamespace.Ended ended = play("Leaderless");

        assertThat(ended.line("threads")).as(ended.toString()).isEqualTo("2");
        assertThat(ended.line("orphan")).startsWith("keep unknown ");
        assertThat(ended.line("other")).startsWith("exited [TERM] ");
    }

    @Test
    void endsAWholeTreeThatGrowsMeanwhileAndLeavesInItWhatIsSomebodyElses() throws Exception {
        PidNamespace.Ended ended = play("Tree");

        assertThat(ended.line("orphan")).as(ended.toString()).startsWith("killed [TERM, KILL] ");
        // One that ignores SIGTERM and starts others all the time may start one more in the instant of SIGKILL.
        assertThat(ended.all("left"))
                .hasSize(7)
                .allMatch(it -> it.endsWith(": 0") || it.equals("sleep 304: 1"), "gone");
        assertThat(ended.line("others"))
                .as("another user's child and a dashboard")
                .isEqualTo("1 1");
        assertThat(ended.all("below"))
                .anyMatch(it -> it.startsWith("sleep 305: spared alive it belongs to user 65534"))
                .anyMatch(it -> it.contains("dashboard --port 0: spared alive it is a gateway"))
                .anyMatch(it -> it.startsWith("sh -c sleep 302 & wait: exited"))
                .anyMatch(it -> it.startsWith("sh -c trap : TERM; while") && it.contains("done: killed"));
        assertThat(ended.all("again")).isEmpty();
    }

    /** Hermes asks after its workers only when it needs one. */
    @Test
    void countsAKilledOneAsGoneAlthoughItsGatewayNeverCollectsIt() throws InterruptedException {
        try (Arena arena = new Arena()) {
            arena.set("JUDGE_SUPERSEDED_IDLE", "300ms").set("REAP_TERM_GRACE", "300ms");
            StagedGateway dashboard = arena.stage().director().dashboard();
            String key = arena.key("same");
            List<StagedProcess> workers =
                    dashboard.workers(List.of(key, key, key), Part.plain().ignoringTerm());

            SweepResult first = arena.sweep();
            SweepResult second = arena.sweep();

            assertThat(first.reapings()).as(Arena.story(first)).hasSize(2).allSatisfy(reaping -> {
                assertThat(reaping.outcome()).isEqualTo(Outcome.KILLED);
                assertThat(reaping.reclaimedBytes()).isPositive();
            });
            assertThat(workers)
                    .filteredOn(worker -> Arena.outcome(first, worker).isPresent())
                    .hasSize(2)
                    .allSatisfy(worker -> worker.awaitState("Z", SOON));
            assertThat(second.reapings()).isEmpty();
            assertThat(second.judgement().verdicts())
                    .filteredOn(verdict -> verdict.reason() == Reason.ZOMBIE)
                    .extracting(verdict -> (long) verdict.process().parentPid())
                    .contains(dashboard.pid());
        }
    }

    private static PidNamespace.Ended play(String name) throws IOException, InterruptedException {
        PidNamespace.Ended ended = PidNamespace.run(EndingCases.class, name);
        assertThat(ended.status()).as(ended.toString()).isZero();
        return ended;
    }
}
