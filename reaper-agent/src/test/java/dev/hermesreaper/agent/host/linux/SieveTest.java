package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.host.linux.ProcFs.Listed;
import dev.hermesreaper.agent.host.linux.Sieve.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SieveTest {

    /** So many that a second thread helps, where there is a second processor. */
    private static final int[] MANY = IntStream.rangeClosed(1, 5000).toArray();

    private static final Duration NOW = Duration.ofHours(5);

    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

    /** Processes without files. */
    private final class Imagined extends ProcFs {

        private final IntFunction<String> commandLine;

        Imagined(IntFunction<String> commandLine) {
            super("/nowhere");
            this.commandLine = commandLine;
        }

        @Override
        ProcFs another() {
            return new Imagined(commandLine);
        }

        @Override
        void readFile(String path, boolean toTheEnd) {
            readers.add(Thread.currentThread());
            byte[] bytes =
                    commandLine.apply(Integer.parseInt(path.split("/")[2])).getBytes(StandardCharsets.UTF_8);
            take(bytes, bytes.length);
        }
    }

    /** Where inode numbers are not told. */
    private static Listed listed(int... pids) {
        return new Listed(pids, new long[pids.length]);
    }

    private static Sieve sieve() {
        return new Sieve(new Traces(List.of("tui_gateway")), new Shares());
    }

    private static String everySeventhIsAWorker(int pid) {
        return pid % 7 == 0
                ? "python\0-m\0tui_gateway.slash_worker\0"
                : pid % 11 == 0 ? "\0\0" : "sleep\0" + pid + "\0";
    }

    private static Finding[] expected() {
        return Arrays.stream(MANY)
                .mapToObj(pid -> pid % 7 == 0 ? Finding.TRACE : pid % 11 == 0 ? Finding.HIDDEN : Finding.NOTHING)
                .toArray(Finding[]::new);
    }

    @Test
    void tellsOfManyWhatTheirCommandLinesSayInTheirOrder() {
        Sieve sieve = sieve();
        for (int time = 0; time < 50; time++) {
            assertThat(sieve.sift(listed(MANY), new Imagined(SieveTest::everySeventhIsAWorker), NOW))
                    .isEqualTo(expected());
        }
        assertThat(readers.size() > 1)
                .as("another thread helps where there is another processor")
                .isEqualTo(Runtime.getRuntime().availableProcessors() > 1);
    }

    @Test
    void readsFewAlone() {
        sieve().sift(listed(1, 2, 3), new Imagined(SieveTest::everySeventhIsAWorker), NOW);

        assertThat(readers).containsExactly(Thread.currentThread());
    }

    /** What a helper that broke down did not read is read all the same, and none of it taken for a stranger. */
    @Test
    void missesNobodyWhereItsHelperBreaksDown() {
        Thread here = Thread.currentThread();
        IntFunction<String> breaking = pid -> {
            if (Thread.currentThread() != here) {
                throw new IllegalStateException("broken on purpose");
            }
            return everySeventhIsAWorker(pid);
        };

        for (int time = 0; time < 50; time++) {
            assertThat(sieve().sift(listed(MANY), new Imagined(breaking), NOW)).isEqualTo(expected());
        }
    }

    @Test
    void tellsWhatBreaksItselfDown() {
        Imagined broken = new Imagined(pid -> {
            throw new IllegalStateException("broken on purpose");
        });

        assertThatThrownBy(() -> sieve().sift(listed(MANY), broken, NOW)).hasMessage("broken on purpose");
    }

    @Test
    void leavesAnInterruptionToWhoeverWaitsNext() {
        Thread.currentThread().interrupt();

        assertThat(sieve().sift(listed(MANY), new Imagined(SieveTest::everySeventhIsAWorker), NOW))
                .isEqualTo(expected());
        assertThat(Thread.interrupted()).isTrue();
    }

    private final List<Integer> read = new ArrayList<>();

    private Finding[] sift(Sieve sieve, Duration now, Listed listed) {
        read.clear();
        return sieve.sift(
                listed,
                new Imagined(pid -> {
                    read.add(pid);
                    return everySeventhIsAWorker(pid);
                }),
                now);
    }

    @Test
    void readsThoseOfNoInterestOnceInAMoment() {
        Sieve sieve = sieve();
        Listed listed = new Listed(new int[] {5, 6, 7, 11}, new long[] {50, 60, 70, 110});
        Finding[] first = sift(sieve, NOW, listed);
        assertThat(read).containsExactly(5, 6, 7, 11);

        assertThat(sift(sieve, NOW.plusSeconds(5), listed)).isEqualTo(first);
        assertThat(read).as("the worker, and who hides").containsExactly(7, 11);
    }

    @Test
    void readsANewProcessWithAnOldPid() {
        Sieve sieve = sieve();
        sift(sieve, NOW, new Listed(new int[] {5, 6}, new long[] {50, 60}));

        sift(sieve, NOW.plusSeconds(5), new Listed(new int[] {4, 5, 6}, new long[] {40, 50, 61}));
        assertThat(read).containsExactly(4, 6);

        sift(sieve, NOW.plusSeconds(6), new Listed(new int[] {4, 5, 6}, new long[] {40, 50, 61}));
        assertThat(read).isEmpty();
    }

    /** One may have become another program since. */
    @Test
    void readsAllAgainAfterAMoment() {
        Sieve sieve = sieve();
        Listed listed = new Listed(new int[] {5, 6}, new long[] {50, 60});
        sift(sieve, NOW, listed);

        for (int seconds = 5; seconds < 20; seconds += 5) {
            sift(sieve, NOW.plusSeconds(seconds), listed);
            assertThat(read).as("%d s later", seconds).isEmpty();
        }
        sift(sieve, NOW.plus(Sieve.FRESH), listed);
        assertThat(read).containsExactly(5, 6);
        sift(sieve, NOW.plusSeconds(25), listed);
        assertThat(read).isEmpty();
        sift(sieve, NOW.minusSeconds(1), listed);
        assertThat(read).as("a clock that went back").containsExactly(5, 6);
    }

    @Test
    void readsAllEachTimeWhereInodesAreNotTold() {
        Sieve sieve = sieve();
        sift(sieve, NOW, listed(5, 6));

        sift(sieve, NOW.plusSeconds(1), listed(5, 6));

        assertThat(read).containsExactly(5, 6);
    }
}
