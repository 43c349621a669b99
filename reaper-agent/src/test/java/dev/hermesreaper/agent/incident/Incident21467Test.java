package dev.hermesreaper.agent.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hermes issue 21467: 128 workers over five sessions, all live children of one live dashboard, swap-pinned the box. */
class Incident21467Test {
    private static final Map<String, Integer> SESSIONS = new LinkedHashMap<>();

    static {
        SESSIONS.put("20260505_104123_c8063a", 62);
        SESSIONS.put("20260506_072606_f58b62", 30);
        SESSIONS.put("20260506_082737_2a52e2", 29);
        SESSIONS.put("20260506_114839_5a88dd", 4);
        SESSIONS.put("20260505_163042_6b92fb", 3);
    }

    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);
    private final List<FakeProcess> newest = new ArrayList<>();
    private FakeProcess dashboard;

    @BeforeEach
    void leak() {
        dashboard = world.dashboard(8123).clients(1);
        int pid = 10_000;
        for (Map.Entry<String, Integer> session : SESSIONS.entrySet()) {
            for (int i = session.getValue(); i > 0; i--) {
                FakeProcess worker = world.worker(pid++)
                        .of(session.getKey(), "--model", "claude-opus-4-7")
                        .startedAgo(i * 45 + "m")
                        .ownedBy(dashboard);
                if (i == 1) {
                    newest.add(worker);
                }
            }
        }
    }

    @Test
    void theNewestOfEachSessionStaysOverSweepsOfTheTenMinuteRule() throws InterruptedException {
        SweepResult first = sweeps.sweep();
        world.elapse("5m");
        SweepResult second = sweeps.sweep();
        world.elapse("5m");
        SweepResult third = sweeps.sweep();
        world.elapse("5m");
        SweepResult fourth = sweeps.sweep();

        assertThat(first.count(Decision.WAIT)).isEqualTo(123);
        assertThat(second.reaped()).isZero();
        assertThat(third.reaped()).isEqualTo(123);
        assertThat(fourth.count(Decision.KEEP)).isEqualTo(5);
        assertOnlyTheNewestLive();
    }

    @Test
    void theNewestOfEachSessionStaysInACrisis() throws InterruptedException {
        SweepResult result = sweeps.now();

        assertThat(result.reaped()).isEqualTo(123);
        assertThat(result.reclaimedBytes()).isEqualTo(123 * (98L << 20));
        assertThat(world.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertOnlyTheNewestLive();
    }

    @Test
    void thoseThatIgnoreTermAreGoneInOneGrace() throws InterruptedException {
        for (int pid = 10_000; pid < 10_128; pid++) {
            world.process(pid).ignoresTerm();
        }

        SweepResult result = sweeps.now();

        assertThat(result.count(Outcome.KILLED)).isEqualTo(123);
        assertThat(world.elapsed()).isLessThan(Duration.ofSeconds(14));
        assertOnlyTheNewestLive();
    }

    @Test
    void theOneInUseStaysThoughItIsNotTheNewest() throws InterruptedException {
        FakeProcess used = world.process(10_003);
        sweeps.sweep();
        world.elapse("1m");
        used.moves();
        sweeps.sweep();
        world.elapse("10m");

        SweepResult result = sweeps.sweep();

        assertThat(result.reaped()).isEqualTo(122);
        assertThat(world.isAlive(used)).isTrue();
        assertThat(world.signalsTo(used.pid())).isEmpty();
    }

    @Test
    void withTwoClientsTheSecondOfEachSessionStaysForTwoHours() throws InterruptedException {
        dashboard.clients(2);
        sweeps.sweep();
        world.elapse("10m");
        SweepResult soon = sweeps.sweep();
        world.elapse("110m");
        SweepResult late = sweeps.sweep();

        assertThat(soon.reaped()).isEqualTo(118);
        assertThat(late.reaped()).isEqualTo(5);
        assertOnlyTheNewestLive();
    }

    @Test
    void everyOneEndedNamesTheOneThatStays() throws InterruptedException {
        SweepResult result = sweeps.now();

        assertThat(result.reapings()).extracting(Reaping::verdict).allSatisfy(verdict -> assertThat(keeperOf(verdict))
                .isIn(newest.stream().map(it -> Integer.toString(it.pid())).toList()));
    }

    private static String keeperOf(Verdict verdict) {
        return verdict.evidence().stream()
                .filter(it -> it.key().equals("keeper"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private void assertOnlyTheNewestLive() {
        assertThat(newest).hasSize(5).allMatch(world::isAlive).allMatch(it -> world.signalsTo(it.pid())
                .isEmpty());
        for (int pid = 10_000; pid < 10_128; pid++) {
            int worker = pid;
            assertThat(newest.stream().anyMatch(it -> it.pid() == worker))
                    .as("worker %d", pid)
                    .isEqualTo(world.host().entry(pid).isPresent());
        }
        assertThat(world.isAlive(dashboard)).isTrue();
        assertThat(world.signalsTo(dashboard.pid())).isEmpty();
    }
}
