package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("min_age", "settle", "superseded", "superseded_idle");

    @ParameterizedTest
    @CsvSource({
        "minage, min_age",
        "min-age, min_age",
        "MIN_AGE, min_age",
        "'\"min_age\"', min_age",
        "setle, settle",
        "superceded, superseded",
        "superseded_idl, superseded_idle",
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Spelling.nearest(word, KNOWN)).contains(meant);
    }

    @Test
    void suggestsNothingForAWordLikeNone() {
        assertThat(Spelling.nearest("grace_period", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("x".repeat(200_000), KNOWN)).isEmpty();
    }
}
