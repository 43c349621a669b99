package dev.hermesreaper.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is above and below whom in a reading that took time. */
class ProcessTableTest {
    private static final ProcessEntry INIT = process(1, 0, 1, 'S');

    private static ProcessEntry process(int pid, int parentPid, long startTicks, char state) {
        return new ProcessEntry(
                new ProcessIdentity("boot", pid, startTicks),
                parentPid,
                state,
                1,
                1000,
                Argv.of("sh"),
                Executable.at("/bin/sh"),
                "sh");
    }

    private static ProcessTable table(ProcessEntry... entries) {
        Moment at = new Moment(Duration.ofDays(1), Duration.ofDays(1), Instant.EPOCH);
        return new ProcessTable(at, 100, entries.length, List.of(entries), List.of());
    }

    @Test
    void aParentThatIsYoungerHasARecycledPid() {
        ProcessEntry child = process(7, 8, 100, 'S');
        ProcessEntry younger = process(8, 1, 101, 'S');
        ProcessTable table = table(INIT, child, younger);

        assertThat(table.parentOf(child)).isEmpty();
        assertThat(table.childrenOf(younger)).isEmpty();
    }

    @Test
    void aParentOfTheSameClockTickIsOne() {
        ProcessEntry parent = process(7, 1, 100, 'S');
        ProcessEntry child = process(8, 7, 100, 'S');

        assertThat(table(INIT, parent, child).parentOf(child)).contains(parent);
    }

    @Test
    void aDeadParentIsNone() {
        ProcessEntry parent = process(7, 1, 100, 'Z');
        ProcessEntry child = process(8, 7, 101, 'S');

        assertThat(table(INIT, parent, child).parentOf(child)).isEmpty();
    }

    @Test
    void descendantsComeParentsFirst() {
        ProcessEntry parent = process(9, 1, 100, 'S');
        ProcessEntry child = process(8, 9, 101, 'S');
        ProcessEntry grandchild = process(7, 8, 102, 'S');

        assertThat(table(INIT, grandchild, child, parent).descendantsOf(INIT))
                .containsExactly(parent, child, grandchild);
    }

    /** One was read before its parent's pid changed hands, the other after that. */
    @Test
    void twoThatNameEachOtherAreBelowEachOtherOnce() {
        ProcessEntry one = process(7, 8, 100, 'S');
        ProcessEntry other = process(8, 7, 100, 'S');
        ProcessTable table = table(INIT, one, other);

        assertThat(table.descendantsOf(one)).containsExactly(other);
        assertThat(table.descendantsOf(other)).containsExactly(one);
    }
}
