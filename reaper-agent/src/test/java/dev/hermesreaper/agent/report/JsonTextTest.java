package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.process.RawText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    private static final Pattern ESCAPED = Pattern.compile("(\\\\+)x([89a-f][0-9a-f])");

    /** Texts that are easily taken for one another. */
    private static final List<String> ALIKE = List.of(
            "plain",
            "Grüße 東京 😀",
            "line\nbreak \"quote\" \u001b[31m \u202e",
            "a.*[b](c)+\\d|^$",
            "\\x80",
            "\\\\x80",
            "\\\\\\x80",
            "\\xzz",
            "\\x8",
            byteOf(0x80),
            "\\" + byteOf(0x80),
            "\\\\" + byteOf(0x80),
            byteOf(0x80) + "x81",
            byteOf(0x80) + byteOf(0xff) + "\\",
            "\\");

    private static String byteOf(int value) {
        byte[] bytes = {(byte) value};
        return RawText.decode(bytes, 0, 1);
    }

    /** As the documentation tells readers to do it. */
    private static String readBack(String text) {
        return ESCAPED.matcher(text).replaceAll(match -> {
            int backslashes = match.group(1).length();
            String half = "\\".repeat(backslashes / 2);
            String rest = backslashes % 2 == 0
                    ? "x" + match.group(2)
                    : Character.toString((char) (0xDC00 + Integer.parseInt(match.group(2), 16)));
            return Matcher.quoteReplacement(half + rest);
        });
    }

    @Test
    void keepsTextsApartAndReadableBack() {
        Set<String> written = new HashSet<>();
        for (String raw : ALIKE) {
            String lossless = JsonText.lossless(raw);

            assertThat(written.add(lossless)).as(lossless).isTrue();
            assertThat(readBack(lossless)).isEqualTo(raw);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(lossless)).isTrue();
        }
    }

    @Test
    void changesNothingThatIsUtf8AndNoEscape() {
        for (String raw : List.of("plain", "Grüße 東京 😀", "a.*[b](c)+\\d|^$", "\\xzz", "C:\\x\\y", "\\")) {
            assertThat(JsonText.lossless(raw)).isEqualTo(raw);
        }
    }

    @Test
    void writesAsciiThatAParserReadsBack() {
        String hostile = "a\nb\u001b[2J\u007f\u009b\u202eé😀\u2028\"\\";

        String json = new JsonText().object(() -> {}).toString();
        assertThat(json).isEqualTo("{}\n");
        JsonText text = new JsonText();
        text.object(() -> text.raw("key", Optional.of(hostile)));

        assertThat(text.toString()).matches("[\\n -~]*");
        assertThat(new Gson()
                        .fromJson(text.toString(), JsonObject.class)
                        .get("key")
                        .getAsString())
                .isEqualTo(hostile);
    }

    @Test
    void writesNumbersPlainly() {
        JsonText text = new JsonText();
        text.object(() -> text.seconds("whole", Duration.ofDays(115))
                .seconds("part", Duration.ofMillis(310))
                .seconds("none", Optional.empty())
                .number("big", 1L << 53));

        JsonObject json = new Gson().fromJson(text.toString(), JsonObject.class);
        assertThat(json.get("whole").toString()).isEqualTo("9936000");
        assertThat(json.get("part").toString()).isEqualTo("0.31");
        assertThat(json.get("none").isJsonNull()).isTrue();
        assertThat(json.get("big").toString()).isEqualTo("9007199254740992");
    }
}
