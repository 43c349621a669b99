package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0s, PT0S, 0s",
        "0d, PT0S, 0s",
        "500ms, PT0.5S, 500ms",
        "10s, PT10S, 10s",
        "90s, PT90S, 1m30s",
        "1h30m, PT1H30M, 1h30m",
        "90m, PT1H30M, 1h30m",
        "1h90m, PT2H30M, 2h30m",
        "2d, PT48H, 2d",
        "1d2h3m4s5ms, PT26H3M4.005S, 1d2h3m4s5ms",
        "1500ms, PT1.5S, 1s500ms",
        "3650d, PT87600H, 3650d",
        "315360000000ms, PT87600H, 3650d",
    })
    void readsUnitsFromTheLargestToTheSmallest(String text, Duration duration, String normal) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.format(duration)).isEqualTo(normal);
        assertThat(DurationText.parse(normal)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "60|has no unit; write \"60s\"",
                "1h30|has no unit",
                "-5s|has a sign",
                "+5s|has a sign",
                "1.5h|has a fraction",
                "1,5h|has a fraction",
                "10 s|has a space",
                "1h 30m|has a space",
                "s|a unit without a number",
                "h1|a unit without a number",
                "1w|units are d, h, m, s and ms",
                "10S|units are d, h, m, s and ms",
                "5min|units are d, h, m, s and ms",
                "10us|units are d, h, m, s and ms",
                "007s|leading zero",
                "1h00m|leading zero",
                "30m1h|out of order or twice",
                "1h1h|out of order or twice",
                "5ms1s|out of order or twice",
                "3651d|longer than 3650d",
                "3650d1ms|longer than 3650d",
                "999999999999d|longer than 3650d",
                "99999999999999999999s|longer than 3650d",
                "\u0661\u0660s|a unit without a number",
                "PT5S|a unit without a number",
                "10s;|has a unit without a number",
            })
    void saysWhatIsWrongWithATextThatIsNone(String text, String expected) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining(expected);
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> DurationText.parse("")).hasMessageContaining("empty");
    }

    @Test
    void cutsOffWhatIsBelowAMillisecond() {
        assertThat(DurationText.format(Duration.ofNanos(1_999_999))).isEqualTo("1ms");
        assertThat(DurationText.format(Duration.ofNanos(1))).isEqualTo("0s");
    }

    @Test
    void refusesToWriteANegativeDuration() {
        assertThatThrownBy(() -> DurationText.format(Duration.ofMillis(-1))).hasMessageContaining("negative");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT12.5S, 12s 500ms",
        "PT7M12.9S, 7m 12s",
        "PT1H0M5S, 1h",
        "PT46H30M, 1d 22h",
        "PT48H, 2d",
        "PT48H59M, 2d",
    })
    void speaksInItsTwoLargestUnits(Duration duration, String spoken) {
        assertThat(DurationText.spoken(duration)).isEqualTo(spoken);
    }
}
