package dev.hermesreaper.agent.host.oshi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.host.ExitWatch.Woken;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against a kernel that keeps filters and events as values. The real one was not at hand. */
class KqueueWatchTest {

    private static final Duration NONE = Duration.ZERO;

    private final FakeKernel kernel = new FakeKernel();
    private final Map<Integer, ProcessEntry> machine = new HashMap<>();
    private final KqueueWatch watch = new KqueueWatch(kernel, pid -> Optional.ofNullable(machine.get(pid)));

    @Test
    void writesAKeventAsMacOsLaysItOut() {
        Kqueue.Event event =
                new Kqueue.Event(0x1234, Kqueue.PROC, (short) (Kqueue.ADD | Kqueue.ONESHOT), Kqueue.NOTE_EXIT);

        assertThat(HexFormat.of().formatHex(event.bytes()))
                .isEqualTo("3412000000000000" + "fbff" + "1100" + "00000080" + "0000000000000000" + "0000000000000000");
        assertThat(Kqueue.Event.at(event.bytes(), 0)).isEqualTo(event);
    }

    @Test
    void isWokenByTheEndOfAProcessAndTellsItOnce() throws InterruptedException {
        ProcessEntry process = process(500, 1);
        assertThat(watch.watch(List.of(process))).isEmpty();
        assertThat(watch.await(NONE)).isEqualTo(Woken.TIME);

        kernel.exit(500);

        assertThat(watch.await(NONE)).isEqualTo(Woken.EXITED);
        watch.watch(List.of(process));
        assertThat(watch.await(NONE)).isEqualTo(Woken.TIME);
    }

    @Test
    void tellsAnEndThatCameBeforeItWatched() throws InterruptedException {
        ProcessEntry process = process(500, 1);
        machine.remove(500);
        kernel.exit(500);

        watch.watch(List.of(process));

        assertThat(watch.await(NONE)).isEqualTo(Woken.EXITED);
    }

    @Test
    void tellsAnEndWhereThePidHasChangedHands() throws InterruptedException {
        ProcessEntry before = process(500, 1);
        process(500, 2);

        watch.watch(List.of(before));

        assertThat(watch.await(NONE)).isEqualTo(Woken.EXITED);
    }

    @Test
    void isWokenByACallAlsoByAnEarlierOne() throws InterruptedException {
        watch.wake();

        assertThat(watch.await(Duration.ofHours(1))).isEqualTo(Woken.CALLED);
        assertThat(watch.await(NONE)).isEqualTo(Woken.TIME);
    }

    @Test
    void losesNoEndThatComesTogetherWithACall() throws InterruptedException {
        watch.watch(List.of(process(500, 1)));
        kernel.exit(500);
        watch.wake();

        assertThat(List.of(watch.await(NONE), watch.await(NONE))).containsExactly(Woken.CALLED, Woken.EXITED);
    }

    @Test
    void watchesNobodyItIsNotToldOf() throws InterruptedException {
        watch.watch(List.of(process(500, 1), process(501, 1)));
        watch.watch(List.of(process(501, 1)));

        kernel.exit(500);

        assertThat(watch.await(NONE)).isEqualTo(Woken.TIME);
        assertThat(kernel.filters).doesNotContainKey(500L);
    }

    @Test
    void goesOnAfterASignalCameIn() throws InterruptedException {
        watch.wake();
        kernel.answers.add(-Kqueue.EINTR);

        assertThat(watch.await(Duration.ofHours(1))).isEqualTo(Woken.CALLED);
    }

    @Test
    void saysWhoCannotBeWatched() {
        ProcessEntry process = process(500, 1);
        kernel.answers.add(-13);

        assertThat(watch.watch(List.of(process))).contains("cannot watch process 500: kevent: error 13");
    }

    @Test
    void failsWhereThereIsNoQueue() {
        kernel.queue = -24;

        assertThatThrownBy(() -> new KqueueWatch(kernel, pid -> Optional.empty()))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("error 24");
    }

    @Test
    void isNotWokenOnceClosed() {
        watch.close();
        watch.close();

        watch.wake();

        assertThat(kernel.closed).isEqualTo(1);
    }

    private ProcessEntry process(int pid, long startTicks) {
        ProcessEntry entry = new ProcessEntry(
                new ProcessIdentity("boot", pid, startTicks),
                1,
                'S',
                1,
                501,
                Argv.UNREADABLE,
                Executable.UNREADABLE,
                "python3");
        machine.put(pid, entry);
        kernel.start(pid);
        return entry;
    }

    /** Waits for nothing: what has not happened by then does not happen. */
    private static final class FakeKernel implements Kqueue.Kernel {

        private final Map<Long, Kqueue.Event> filters = new HashMap<>();
        private final List<Kqueue.Event> pending = new ArrayList<>();
        private final List<Long> alive = new ArrayList<>();
        private final Deque<Integer> answers = new ArrayDeque<>();
        private int queue = 7;
        private int closed;

        void start(int pid) {
            alive.add((long) pid);
        }

        void exit(long pid) {
            alive.removeIf(it -> it == pid);
            Optional.ofNullable(filters.remove(pid)).ifPresent(pending::add);
        }

        @Override
        public int kqueue() {
            return queue;
        }

        @Override
        public int kevent(int of, byte[] changes, byte[] events, Duration atMost) {
            assertThat(of).isEqualTo(queue);
            if (!answers.isEmpty()) {
                return answers.remove();
            }
            if (changes.length > 0) {
                return change(Kqueue.Event.at(changes, 0));
            }
            int count = Math.min(pending.size(), events.length / Kqueue.SIZE);
            for (int i = 0; i < count; i++) {
                System.arraycopy(pending.remove(0).bytes(), 0, events, i * Kqueue.SIZE, Kqueue.SIZE);
            }
            return count;
        }

        private int change(Kqueue.Event change) {
            if (change.filterFlags() == Kqueue.NOTE_TRIGGER) {
                if (pending.stream().noneMatch(it -> it.filter() == Kqueue.USER)) {
                    pending.add(change);
                }
            } else if (change.flags() == Kqueue.DELETE) {
                filters.remove(change.ident());
            } else if (change.filter() == Kqueue.PROC && !alive.contains(change.ident())) {
                return -Kqueue.ESRCH;
            } else {
                filters.put(change.ident(), change);
            }
            return 0;
        }

        @Override
        public void close(int of) {
            closed++;
        }
    }
}
