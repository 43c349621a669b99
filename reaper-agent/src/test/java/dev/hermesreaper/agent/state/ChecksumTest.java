package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    @Test
    void isThatOfTheStandard() {
        assertThat(SealedLine.checksum("123456789")).isEqualTo("e3069283");
        assertThat(SealedLine.checksum("")).isEqualTo("00000000");
    }

    @Test
    void isThatOfTheJdkInPiecesOfAnyLength() {
        Random random = new Random(32);

        for (int round = 0; round < 500; round++) {
            Checksum ours = new Checksum();
            CRC32C theirs = new CRC32C();
            for (int pieces = random.nextInt(4); pieces >= 0; pieces--) {
                byte[] piece = new byte[random.nextInt(10_000)];
                random.nextBytes(piece);
                int from = piece.length / (1 + random.nextInt(20));
                ours.add(piece, from, piece.length);
                theirs.update(piece, from, piece.length - from);
            }
            assertThat(ours.digits()).isEqualTo("%08x".formatted(theirs.getValue()));
        }
    }

    @Test
    void keepsLeadingZeros() {
        int zeros = 0;
        for (int i = 0; i < 1000; i++) {
            String digits = SealedLine.checksum("line " + i);
            byte[] bytes = ("line " + i).getBytes(StandardCharsets.US_ASCII);
            CRC32C theirs = new CRC32C();
            theirs.update(bytes);
            assertThat(digits).isEqualTo("%08x".formatted(theirs.getValue()));
            zeros += digits.startsWith("0") ? 1 : 0;
        }
        assertThat(zeros).isPositive();
    }
}
