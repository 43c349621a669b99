package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTextTest {

    @ParameterizedTest
    @CsvSource({
        "0B, 0, 0B",
        "0GiB, 0, 0B",
        "123B, 123, 123B",
        "1024B, 1024, 1KiB",
        "64KiB, 65536, 64KiB",
        "64MiB, 67108864, 64MiB",
        "1536MiB, 1610612736, 1536MiB",
        "2048MiB, 2147483648, 2GiB",
        "4096GiB, 4398046511104, 4096GiB",
    })
    void readsAWholeNumberAndAUnit(String text, long bytes, String normal) {
        assertThat(SizeText.parse(text)).isEqualTo(bytes);
        assertThat(SizeText.format(bytes)).isEqualTo(normal);
        assertThat(SizeText.parse(normal)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "64|no unit; write \"64B\"",
                "64MB|write \"64MiB\"",
                "64M|write \"64MiB\"",
                "64mib|write \"64MiB\"",
                "64k|write \"64KiB\"",
                "64 MiB|write \"64MiB\"",
                "1TiB|units are B, KiB, MiB, GiB",
                "1.5GiB|fraction",
                "-1B|does not start with a number",
                "MiB|does not start with a number",
                "999999999999GiB|too large",
                "9999999999999B|too large",
            })
    void saysWhatIsWrongWithATextThatIsNone(String text, String expected) {
        assertThatThrownBy(() -> SizeText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining(expected);
    }

    @Test
    void refusesNothingAndLessThanNothing() {
        assertThatThrownBy(() -> SizeText.parse("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> SizeText.format(-1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> SizeText.spoken(-1)).hasMessageContaining("negative");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "99403694, 94.8 MiB",
        "1048575, 1.0 MiB",
        "12455405158, 11.6 GiB",
        "5497558138880, 5120.0 GiB",
    })
    void speaksInTheLargestUnitThatFits(long bytes, String spoken) {
        assertThat(SizeText.spoken(bytes)).isEqualTo(spoken);
    }
}
