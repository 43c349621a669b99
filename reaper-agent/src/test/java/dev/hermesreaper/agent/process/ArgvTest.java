package dev.hermesreaper.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArgvTest {
    private static Argv parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Argv.parse(bytes, bytes.length);
    }

    @Test
    void wordsEndWithNul() {
        assertThat(parse("python3\0-m\0mod\0").words()).containsExactly("python3", "-m", "mod");
    }

    @Test
    void theLastOneMayLackIt() {
        assertThat(parse("hermes").words()).containsExactly("hermes");
        assertThat(parse("a\0b").words()).containsExactly("a", "b");
    }

    @Test
    void emptyWordsAreWords() {
        assertThat(parse("a\0\0b\0").words()).containsExactly("a", "", "b");
        assertThat(parse("hermes\0\0\0").words()).containsExactly("hermes", "", "");
    }

    @Test
    void spacesAndNewlinesAreNoEnds() {
        assertThat(parse("a b\nc\0d\0").words()).containsExactly("a b\nc", "d");
    }

    @Test
    void onlyValidBytesCount() {
        byte[] bytes = "a\0b\0stale\0".getBytes(StandardCharsets.UTF_8);

        assertThat(Argv.parse(bytes, 4).words()).containsExactly("a", "b");
    }

    @Test
    void nothingIsNotTheSameAsUnreadable() {
        assertThat(parse("").isEmpty()).isTrue();
        assertThat(parse("").readable()).isTrue();
        assertThat(Argv.UNREADABLE.isEmpty()).isTrue();
        assertThat(Argv.UNREADABLE).isNotEqualTo(parse(""));
        assertThat(Argv.UNREADABLE.command()).isEmpty();
        assertThat(Argv.of("x", "y").command()).isEqualTo("x");
    }
}
