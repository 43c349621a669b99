package dev.hermesreaper.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of gateways that come and go, in less than a minute: nothing grows. */
class DayIT {

    private static final int ALIVE_AT_ONCE = 5;
    private static final long LEDGER_BYTES = 64 << 10;
    private static final int LEDGERS = 3;

    @TempDir
    private Path state;

    private final World world = new World().reaperRunsAs(OwnUser.uid());
    private final Deque<FakeProcess> gateways = new ArrayDeque<>();
    private final List<Integer> remembered = new ArrayList<>();
    private final List<Integer> watched = new ArrayList<>();
    private final List<Long> heap = new ArrayList<>();
    private final Map<String, Long> largest = new TreeMap<>();
    private int pid = 1000;
    private int workers;
    private int ended;
    private Duration measuredAt = Duration.ZERO;

    /** Once a minute one more gateway with three workers, and the oldest one dies. */
    private void churn() {
        FakeProcess gateway = world.dashboard(pid++).startedAgo("0s");
        gateways.add(gateway);
        for (int i = 0; i < 3; i++) {
            FakeProcess worker =
                    world.worker(pid++).of("s" + pid).ownedBy(gateway).startedAgo("0s");
            workers++;
            if (i == 1) {
                worker.ignoresTerm();
            }
        }
        if (gateways.size() > ALIVE_AT_ONCE) {
            world.exit(gateways.remove());
        }
        world.in("1m", this::churn);
    }

    private void measure(SweepResult result, Vitals vitals) {
        ended += (int) result.reaped();
        remembered.add(result.judgement().sightings().all().size());
        watched.add(vitals.watched().size());
        weigh();
        if (world.elapsed().minus(measuredAt).compareTo(Duration.ofHours(1)) > 0) {
            measuredAt = world.elapsed();
            System.gc();
            heap.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
    }

    /** What is kept on disk, by the name of the file. */
    private void weigh() {
        try (Stream<Path> files = Files.list(state)) {
            for (Path file : files.toList()) {
                largest.merge(file.getFileName().toString(), Files.size(file), Math::max);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nothingGrowsInADay() {
        int threads = Thread.activeCount();
        Witness meter = new Witness() {
            @Override
            public void passed(SweepResult result, Vitals vitals) {
                measure(result, vitals);
            }
        };
        Shift shift = new Shift(world)
                .forgetful()
                .and(meter)
                .state(state)
                .set("REAP_USERS", "*")
                .set("LEDGER_MAX_SIZE", "64KiB")
                .set("LEDGER_KEEP", "2");
        churn();

        shift.run("24h");

        assertThat(workers).isEqualTo(3 * 24 * 60);
        assertThat(ended).isBetween(workers - 3 * (ALIVE_AT_ONCE + 3), workers);
        assertThat(remembered).allMatch(size -> size <= 4 * (ALIVE_AT_ONCE + 3));
        assertThat(watched).allMatch(size -> size <= ALIVE_AT_ONCE + 1);
        assertThat(largest.keySet().stream().filter(it -> it.startsWith("ledger.jsonl")))
                .hasSize(LEDGERS);
        assertThat(largest).allSatisfy((file, bytes) -> assertThat(bytes).isLessThanOrEqualTo(bound(file)));
        assertThat(world.held()).isZero();
        assertThat(Thread.activeCount()).isEqualTo(threads);
        long early = heap.get(2);
        assertThat(heap.get(heap.size() - 1) - early)
                .as("bytes of heap after each hour: %s", heap)
                .isLessThan(4L << 20);
    }

    /** Samples are rotated by sizes of their own. */
    private static long bound(String file) {
        return file.startsWith("samples") ? 1 << 20 : LEDGER_BYTES;
    }
}
