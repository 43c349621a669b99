package dev.hermesreaper.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortableTextTest {

    @Test
    void losesNothing() {
        Random random = new Random(20_261_121);
        byte[] alphabet = "\\\\\\xx8fag\"\n\u00e9\ud83e\udd80".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] =
                        random.nextInt(5) == 0 ? (byte) random.nextInt(256) : alphabet[random.nextInt(alphabet.length)];
            }
            String raw = RawText.decode(bytes, 0, bytes.length);
            String portable = PortableText.of(raw);

            assertThat(PortableText.toRaw(portable)).isEqualTo(raw);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(portable)).isTrue();
        }
    }
}
