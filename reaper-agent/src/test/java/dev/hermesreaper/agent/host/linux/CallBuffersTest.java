package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CallBuffersTest {

    private final CallBuffers buffers = new CallBuffers();

    /** As C reads it. */
    private static String upToZero(byte[] path) {
        int length = 0;
        while (path[length] != 0) {
            length++;
        }
        return new String(path, 0, length, StandardCharsets.UTF_8);
    }

    @Test
    void makesPathsOneAfterAnother() {
        assertThat(upToZero(buffers.path("/proc", 4194303, "task/4194303/stat")))
                .isEqualTo("/proc/4194303/task/4194303/stat");
        assertThat(upToZero(buffers.path("/proc/1/fd", 0))).isEqualTo("/proc/1/fd/0");
        assertThat(upToZero(buffers.path("/proc"))).isEqualTo("/proc");
        assertThat(buffers.pathText()).isEqualTo("/proc");
    }

    @Test
    void makesAPathOfAnyLength() {
        String directory = "/" + "d".repeat(3000);

        assertThat(upToZero(buffers.path(directory, 12))).isEqualTo(directory + "/12");
    }

    @Test
    void writesWhatIsBeyondAsciiAsUtf8() {
        assertThat(upToZero(buffers.path("/tmp/Größe 😀/proc", 9, "stat"))).isEqualTo("/tmp/Größe 😀/proc/9/stat");
    }

    @Test
    void keepsAsManyNumbersAsThereAre() {
        int[] many = IntStream.range(0, 1000).toArray();
        for (int number : many) {
            buffers.put(number, number, number * 10L);
        }

        assertThat(buffers.numbers(1000)).isEqualTo(many);
        assertThat(buffers.inodes(1000)[999]).isEqualTo(9990);
        assertThat(buffers.numbers(3)).containsExactly(0, 1, 2);
    }

    @Test
    void takesNumbersOnlyForNumbers() {
        byte[] names = "4711\0self\0007x\0001234567890\000".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(names, 0, buffers.some(), 0, names.length);

        assertThat(buffers.number(0)).isEqualTo(4711);
        assertThat(buffers.number(5)).isEqualTo(-1);
        assertThat(buffers.number(10)).isEqualTo(-1);
        assertThat(buffers.number(13)).as("ten digits").isEqualTo(-1);
    }
}
