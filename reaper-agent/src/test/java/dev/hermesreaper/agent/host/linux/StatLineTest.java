package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatLineTest {

    /** An idle worker on Linux 6.18, its name left out. */
    private static final String REST =
            "S 16756 16753 15693 0 -1 4194304 1929 0 0 0 3 4 5 6 20 0 1 0 163642 16961536 3334 18446744073709551615"
                    + " 94815711100928 94815711101377 140734553326160 0 0 0 0 16781312 2 1 0 0 17 1 0 0 0 0 0\n";

    private static Optional<StatLine> parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return StatLine.parse(bytes, bytes.length);
    }

    @Test
    void readsTheFieldsOfAnOrdinaryProcess() {
        assertThat(parse("16797 (python3) " + REST))
                .contains(new StatLine("python3", 'S', 16756, 4194304, 3 + 4, 1, 163642));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a)", ")", "a\nb", "\n", "((", ") Z 1 (", "a) S 1 1 1 1", "1 (x) R 2 3"})
    void isNotFooledByAName(String name) {
        assertThat(parse("16797 (" + name + ") " + REST))
                .contains(new StatLine(name, 'S', 16756, 4194304, 7, 1, 163642));
    }

    @Test
    void keepsBytesOfNoEncodingApart() {
        assertThat(parse("1 (a\u00ff) " + REST).orElseThrow().comm()).isEqualTo("a\uDCFF");
        assertThat(parse("1 (a\u00fe) " + REST).orElseThrow().comm()).isEqualTo("a\uDCFE");
    }

    @Test
    void neverReadsHalfALine() {
        String line = "16797 (python3) " + REST;
        int end = line.indexOf("163642") + "163642".length();

        for (int length = 0; length <= end; length++) {
            assertThat(parse(line.substring(0, length))).as("%d bytes", length).isEmpty();
        }
        assertThat(parse(line.substring(0, end + 1))).isPresent();
    }

    @Test
    void tellsKernelThreadsAndTheDead() {
        String thread = "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 3 0 0 20 0 1 0 25 0 0 ";
        String zombie = "9 (python3) Z 7 7 7 0 -1 4228108 63 0 0 0 0 0 0 0 20 0 1 0 163716 0 0 ";
        String undead = "9 (python3) Z 7 7 7 0 -1 4228108 63 0 0 0 0 0 0 0 20 0 3 0 163716 0 0 ";

        assertThat(parse(thread).orElseThrow().isKernelThread()).isTrue();
        assertThat(parse("1 (python3) " + REST).orElseThrow().isKernelThread()).isFalse();
        assertThat(parse(zombie).orElseThrow().isDead()).isTrue();
        assertThat(parse(undead).orElseThrow().isDead()).isFalse();
    }
}
