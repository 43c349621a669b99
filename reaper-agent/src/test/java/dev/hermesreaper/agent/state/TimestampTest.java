package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private static void isWhatTheJdkSays(Instant instant) {
        assertThat(Timestamp.text(instant)).isEqualTo(instant.toString());
        assertThat(Timestamp.parse(instant.toString())).isEqualTo(instant);
    }

    @Test
    void everyDayOfTenThousandYears() {
        for (LocalDate day = LocalDate.of(0, 1, 1); day.getYear() < 10_000; day = day.plusDays(1)) {
            Instant midnight = day.atStartOfDay().toInstant(ZoneOffset.UTC);
            assertThat(Timestamp.text(midnight)).isEqualTo(day + "T00:00:00Z");
            assertThat(Timestamp.parse(day + "T00:00:00Z")).isEqualTo(midnight);
        }
    }

    @Test
    void anyMoment() {
        Random random = new Random(20_261_128);
        int[] units = {1, 1_000, 1_000_000, 10_000_000, 1_000_000_000};

        for (int i = 0; i < 20_000; i++) {
            int unit = units[random.nextInt(units.length)];
            isWhatTheJdkSays(Instant.ofEpochSecond(
                    random.nextLong(FIRST, LAST + 1), random.nextInt(1_000_000_000) / unit * (long) unit));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z",
                "0000-02-29T23:59:59.999Z",
                "-0001-12-31T23:59:59.999Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "1900-02-28T23:59:59Z",
                "2000-02-29T12:00:00.100Z",
                "2024-02-29T00:00:00.000001Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void theEdges(String text) {
        isWhatTheJdkSays(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-28t07:10:18z",
                "2026-11-28T07:10:18.5Z",
                "2026-11-28T07:10:18.12345678Z",
                "2026-11-28T24:00:00Z",
                "2026-12-31T23:59:60Z"
            })
    void whatTheJdkTakesButDoesNotWrite(String text) {
        assertThat(Timestamp.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026",
                "2026-11-28",
                "2026-11-28T07:10:18",
                "2026-11-28T07:10Z",
                "2026-11-28T07:10:18+0Z",
                "2026-11-28 07:10:18Z",
                "2026/11/28T07:10:18Z",
                "2026-11-28T07.10.18Z",
                "2026-00-28T07:10:18Z",
                "2026-13-28T07:10:18Z",
                "2026-11-00T07:10:18Z",
                "2026-11-31T07:10:18Z",
                "2026-02-29T07:10:18Z",
                "1900-02-29T07:10:18Z",
                "2026-11-28T25:10:18Z",
                "2026-11-28T07:60:18Z",
                "2026-11-28T07:10:61Z",
                "2026-11-28T07:10:18,123Z",
                "2026-11-28T07:10:18.12aZ",
                "2026-11-28T07:10:18.-12Z",
                "2026-11-28T07:10:18.1234567890Z",
                "-026-11-28T07:10:18Z",
                "+026-11-28T07:10:18Z",
                "2026-11-28T07:10:18ZZ",
                " 2026-11-28T07:10:18Z",
                "٢٠٢٦-11-28T07:10:18Z"
            })
    void whatIsNoMoment(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeParseException.class);
        assertThatThrownBy(() -> Timestamp.parse(text)).isInstanceOf(DateTimeParseException.class);
    }

    @Test
    void oneCharacterAmissIsWhatItIsForTheJdk() {
        Random random = new Random(7);
        String text = "2026-11-28T07:10:18.123456Z";

        for (int i = 0; i < 5_000; i++) {
            char[] amiss = text.toCharArray();
            amiss[random.nextInt(amiss.length)] = (char) (' ' + random.nextInt(95));
            String other = new String(amiss);
            assertThat(said(() -> Timestamp.parse(other))).as(other).isEqualTo(said(() -> Instant.parse(other)));
        }
    }

    private interface Parsing {
        Instant parse();
    }

    private static String said(Parsing parsing) {
        try {
            return parsing.parse().toString();
        } catch (DateTimeParseException e) {
            return "none";
        }
    }
}
