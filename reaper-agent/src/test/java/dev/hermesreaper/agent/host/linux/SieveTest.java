package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.host.linux.Sieve.Finding;
import java.nio.charset.StandardCharsets;
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

    private static Sieve sieve() {
        return new Sieve(new Traces(List.of("tui_gateway")));
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
            assertThat(sieve.sift(MANY, new Imagined(SieveTest::everySeventhIsAWorker)))
                    .isEqualTo(expected());
        }
    }

    @Test
    void readsFewAlone() {
        sieve().sift(new int[] {1, 2, 3}, new Imagined(SieveTest::everySeventhIsAWorker));

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
            assertThat(sieve().sift(MANY, new Imagined(breaking))).isEqualTo(expected());
        }
    }

    @Test
    void tellsWhatBreaksItselfDown() {
        Imagined broken = new Imagined(pid -> {
            throw new IllegalStateException("broken on purpose");
        });

        assertThatThrownBy(() -> sieve().sift(MANY, broken)).hasMessage("broken on purpose");
    }

    @Test
    void leavesAnInterruptionToWhoeverWaitsNext() {
        Thread.currentThread().interrupt();

        assertThat(sieve().sift(MANY, new Imagined(SieveTest::everySeventhIsAWorker)))
                .isEqualTo(expected());
        assertThat(Thread.interrupted()).isTrue();
    }
}
