package dev.hermesreaper.agent.host.oshi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.oshi.OpenEnds.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be told of libproc without a Mac: how its answers lie in memory, and whom of its kind we believe. */
class LibProcTest {

    private static final End READER = new End(8, true, 0xa1, 0xb2);
    private static final End WRITER = new End(9, true, 0xb2, 0xa1);
    private static final End ALONE = new End(8, true, 0xa1, 0);
    private static final End OLD = new End(3, true, 0x77, 0x78);
    private static final End SOCKET = new End(4, false, 0, 0);

    @Test
    void readsItsAnswersAsMacOsLaysThemOut() {
        LibProc.Kernel kernel = new LibProc.Kernel() {
            @Override
            public int processInfo(int pid, int flavor, byte[] room) {
                if (pid != 500 || flavor != 1) {
                    return 0;
                }
                if (room == null) {
                    return 160;
                }
                ByteBuffer answer = ByteBuffer.wrap(room).order(ByteOrder.LITTLE_ENDIAN);
                answer.putInt(0)
                        .putInt(6)
                        .putInt(1)
                        .putInt(1)
                        .putInt(7)
                        .putInt(6)
                        .putInt(9)
                        .putInt(2);
                return answer.position();
            }

            @Override
            public int processes(int which, int of, byte[] room) {
                if (which != 6 || of != 500) {
                    return 0;
                }
                if (room == null) {
                    return 8;
                }
                ByteBuffer.wrap(room).order(ByteOrder.LITTLE_ENDIAN).putInt(501).putInt(502);
                return 8;
            }

            @Override
            public int descriptorInfo(int pid, int descriptor, int flavor, byte[] room) {
                if (flavor != 6 || descriptor != 0 || room.length != 184) {
                    return 0; // 7 was closed meanwhile
                }
                ByteBuffer.wrap(room)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(160, 0xa1)
                        .putLong(168, 0xb2);
                return 184;
            }
        };

        assertThat(new LibProc(kernel).of(500))
                .hasValue(List.of(
                        new End(0, true, 0xa1, 0xb2),
                        new End(1, false, 0, 0),
                        new End(7, false, 0, 0),
                        new End(9, false, 0, 0)));
        assertThat(new LibProc(kernel).of(501)).as("another user's").isEmpty();
        assertThat(new LibProc(kernel).children(500)).containsExactly(501, 502);
        assertThat(new LibProc(kernel).children(501)).isEmpty();
    }

    @Test
    void believesOneThatShowsAPipeOfOursOpenAndDeserted() throws IOException {
        assertThat(believes(List.of(OLD, SOCKET), List.of(OLD, READER, WRITER), List.of(OLD, SOCKET, ALONE)))
                .isTrue();
    }

    @Test
    void doesNotBelieveOneThatShowsNothing() throws IOException {
        assertThat(believes(List.of(OLD), List.of(OLD), List.of(OLD))).isFalse();
    }

    @Test
    void doesNotBelieveOneWhoseEndsDoNotKnowEachOther() throws IOException {
        End stranger = new End(9, true, 0xb2, 0xc3);

        assertThat(believes(List.of(), List.of(READER, stranger), List.of(ALONE)))
                .isFalse();
        assertThat(believes(List.of(), List.of(new End(8, true, 0, 0), new End(9, true, 0, 0)), List.of()))
                .as("all zero")
                .isFalse();
    }

    /** It would call every orphan's pipe held, or worse, every held one deserted. */
    @Test
    void doesNotBelieveOneThatDoesNotNoticeThatTheWriterIsGone() throws IOException {
        assertThat(believes(List.of(), List.of(READER, WRITER), List.of(READER)))
                .isFalse();
        assertThat(believes(List.of(), List.of(ALONE, WRITER), List.of(ALONE))).isFalse();
    }

    @Test
    void isNotThereOnLinuxAndSaysNothing() {
        assertThat(LibProc.ofThisMachine()).isEmpty();
    }

    private static boolean believes(List<End> before, List<End> open, List<End> closed) throws IOException {
        Deque<List<End>> answers = new ArrayDeque<>(List.of(before, open, closed));
        return LibProc.tellsTheTruth(
                new OpenEnds() {
                    @Override
                    public Optional<List<End>> of(int pid) {
                        return Optional.of(answers.removeFirst());
                    }

                    @Override
                    public List<Integer> children(int pid) {
                        return List.of();
                    }
                },
                1);
    }
}
