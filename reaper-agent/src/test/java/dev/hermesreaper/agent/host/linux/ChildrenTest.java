package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChildrenTest {

    /** One process with one thread, whose children are listed as said, one list after another and then the last for ever. */
    private static Children listed(String... lists) {
        Deque<String> left = new ArrayDeque<>(List.of(lists));
        return new Children(new ProcFs("/nowhere") {
            @Override
            int[] numbers(String directory) {
                return new int[] {7};
            }

            @Override
            void readFile(String path, boolean toTheEnd) {
                byte[] bytes = (left.size() > 1 ? left.remove() : left.element()).getBytes(StandardCharsets.US_ASCII);
                take(bytes, bytes.length);
            }
        });
    }

    @Test
    void hasNone() {
        assertThat(listed("").of(7)).isEmpty();
    }

    @Test
    void hasThoseThatAreListed() {
        assertThat(listed("8 9 ").of(7)).containsExactly(8, 9);
    }

    /** The kernel may leave out a live one while another exits: whoever was seen once is looked at. */
    @Test
    void keepsWhoeverWasSeenInOneOfTheLists() {
        assertThat(listed("8 9 ", "8 ", "8 10 ").of(7)).containsExactlyInAnyOrder(8, 9, 10);
    }

    @Test
    void keepsTheLastOneThatExitsBetweenTwoReadings() {
        assertThat(listed("8 ", "").of(7)).containsExactly(8);
    }
}
