package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.sweep.ChurnModel.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Random churn, and sweeps meanwhile: nobody is signalled that somebody uses, and no leak is left in the end. Few rounds in
 * the gate, {@code -Dreaper.rounds=500} for all; {@code -Dreaper.seed=N} makes the choices of an earlier run again, as far
 * as the machine's timing lets it.
 */
@EnabledOnOs(OS.LINUX)
class ChurnIT {

    private static final int ROUNDS = Integer.getInteger("reaper.rounds", 40);
    private static final long SEED = Long.getLong("reaper.seed", new Random().nextLong());
    private static final int MOST_SWEEPS = 40;
    private static final int SWEEPS_OF_ONE_MEMORY = 10;

    @TempDir
    private Path directory;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger sweeps = new AtomicInteger();
    private final Semaphore swept = new Semaphore(0);

    @Test
    void endsEveryLeakAndNobodyWhoIsUsedWhateverHappensMeanwhile() throws Exception {
        System.out.printf("churn: %d rounds, -Dreaper.seed=%d%n", ROUNDS, SEED);
        try (Arena arena = new Arena();
                RecordedHome home = new RecordedHome(directory.resolve("home")).does("create()")) {
            arena.set("JUDGE_SETTLE", "300ms")
                    .set("JUDGE_SUPERSEDED_IDLE", "600ms")
                    .set("JUDGE_SUPERSEDED_IDLE_ATTACHED", "600ms")
                    .set("JUDGE_SESSION_GRACE", "1s")
                    .set("JUDGE_ABANDONED_IDLE", "1500ms");
            MeddledHost machine = new MeddledHost(ThisMachine.keeping(Lookout.VARIABLES));
            arena.onMachine(real -> machine.host());
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < ROUNDS + Churn.CAST; i++) {
                keys.add(arena.key("s" + i));
            }
            Churn churn = new Churn(arena, home, machine, new Random(SEED), keys);

            churn.begin();
            Thread sweeper = new Thread(() -> sweepAllTheWhile(arena), "sweeper");
            sweeper.start();
            for (int round = 0; round < ROUNDS && failure.get() == null; round++) {
                churn.round();
                awaitASweep();
            }
            over.set(true);
            sweeper.join();
            if (failure.get() instanceof TestAbortedException aborted) {
                throw aborted; // not by the thread that JUnit would ask
            }
            assertThat(failure.get()).isNull();
            finish(arena, churn.model());
        }
    }

    /** A whole one, and the rest of the one that is under way. */
    private void awaitASweep() throws InterruptedException {
        swept.drainPermits();
        swept.tryAcquire(2, 30, TimeUnit.SECONDS);
    }

    private void sweepAllTheWhile(Arena arena) {
        try {
            while (!over.get()) {
                arena.sweep();
                sweeps.incrementAndGet();
                swept.release();
            }
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            failure.set(e);
        }
    }

    /** Nothing happens any more; nobody remembers who was seen at work. */
    private void finish(Arena arena, ChurnModel model) throws InterruptedException {
        Set<Worker> left = new HashSet<>(leaks(model));
        Optional<SweepResult> last = Optional.empty();
        for (int i = 0; i < MOST_SWEEPS && !left.isEmpty(); i++) {
            if (i % SWEEPS_OF_ONE_MEMORY == 0) {
                arena.forget(); // and again: the first look may still see somebody at work, who is kept for that
            }
            last = Optional.of(arena.sweep());
            left.iterator().next().process.awaitGone(Duration.ofMillis(200));
            left = leaks(model);
        }
        System.out.printf(
                "churn: %d workers, %d sweeps meanwhile, %d right signals, wrong %s, left %s%n",
                model.workers.size(), sweeps.get(), model.rightSignals(), model.wrong(), left);
        assertThat(model.wrong()).as("signalled wrongly, -Dreaper.seed=" + SEED).isEmpty();
        assertThat(model.rightSignals()).as("signals at all").isPositive();
        String verdicts = last.map(SweepResult::verdicts).map(Object::toString).orElse("");
        assertThat(left).as("leaked, -Dreaper.seed=" + SEED + " " + verdicts).isEmpty();
        for (Worker worker : model.workers) {
            boolean used = !model.isFairGame(worker) && worker.isThere();
            if (used) {
                assertThat(worker.process.standing().isGone())
                        .as("used: " + worker)
                        .isFalse();
            }
            if (!worker.closed && !worker.signalled) {
                // SIGPIPE comes from its own answer to a gateway that is gone.
                assertThat(arena.signalsTo(worker.process))
                        .as(worker.toString())
                        .allMatch(it -> it.endsWith(" PIPE"));
            }
        }
    }

    private static Set<Worker> leaks(ChurnModel model) {
        Set<Worker> leaks = new HashSet<>();
        for (Worker worker : model.workers) {
            if (!worker.gone && worker.process.standing().isGone()) {
                model.changing(() -> worker.gone = true);
            }
        }
        for (Worker worker : model.workers) {
            if (!worker.gone && model.isFairGame(worker)) {
                leaks.add(worker);
            }
        }
        return leaks;
    }
}
