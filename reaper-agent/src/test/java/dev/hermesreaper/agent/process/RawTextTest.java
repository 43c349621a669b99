package dev.hermesreaper.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTextTest {
    private static String decode(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return RawText.decode(bytes, 0, bytes.length);
    }

    @Test
    void utf8IsText() {
        byte[] bytes = "schlüssel 鍵 🔑".getBytes(StandardCharsets.UTF_8);

        assertThat(RawText.decode(bytes, 0, bytes.length)).isEqualTo("schlüssel 鍵 🔑");
    }

    @Test
    void onlyTheRangeAskedForIsDecoded() {
        byte[] bytes = "xkeyx".getBytes(StandardCharsets.UTF_8);

        assertThat(RawText.decode(bytes, 1, 4)).isEqualTo("key");
        assertThat(RawText.decode(bytes, 2, 2)).isEmpty();
    }

    @Test
    void everySingleByteStaysApart() {
        Set<String> seen = new HashSet<>();
        for (int b = 0; b < 256; b++) {
            assertThat(seen.add(decode(b))).as("byte %x", b).isTrue();
        }
    }

    @Test
    void brokenSequencesStayApartByteByByte() {
        assertThat(decode(0xC3, 0x28)).isEqualTo("\udcc3(");
        assertThat(decode(0xE9)).isNotEqualTo(decode(0xEA));
        assertThat(decode(0xF0, 0x9F, 0x92)).isEqualTo("\udcf0\udc9f\udc92");
        assertThat(decode('a', 0xFF, 'b')).isEqualTo("a\udcffb");
    }

    @Test
    void anEncodedSurrogateIsNotMistakenForAnEscapedByte() {
        assertThat(decode(0xED, 0xB3, 0xA9)).isNotEqualTo(decode(0xE9)).isEqualTo("\udced\udcb3\udca9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"plain text|plain text", "tab\\|tab\\\\", "é 鍵|é 鍵"})
    void printsWhatIsHarmlessAndDoublesBackslashes(String text, String printed) {
        assertThat(RawText.printable(text)).isEqualTo(printed);
    }

    @Test
    void printsControlsAsEscapes() {
        assertThat(RawText.printable("a\nb\rc\td")).isEqualTo("a\\nb\\rc\\td");
        assertThat(RawText.printable("\u001b[31m")).isEqualTo("\\x1b[31m");
        assertThat(RawText.printable("\u009b")).isEqualTo("\\x9b");
        assertThat(RawText.printable("\u202e\u2028\u200b\ufeff"))
                .doesNotContain("\u202e", "\u2028", "\u200b", "\ufeff");
        assertThat(RawText.printable("\udcff")).isEqualTo("\\xff");
        assertThat(RawText.printable("\ud800")).isEqualTo("\\u{d800}");
    }

    @Test
    void anEscapeCannotBeForged() {
        assertThat(RawText.printable("\\n")).isNotEqualTo(RawText.printable("\n"));
    }

    @Test
    void isCutAfter200CharactersAndNeverInsideAnEscape() {
        assertThat(RawText.printable("x".repeat(200))).hasSize(200);
        assertThat(RawText.printable("x".repeat(201))).hasSize(201).endsWith("x…");
        assertThat(RawText.printable("x".repeat(199) + "\nyy")).isEqualTo("x".repeat(199) + "…");
        assertThat(RawText.printable("abc", 2)).isEqualTo("ab…");
    }
}
