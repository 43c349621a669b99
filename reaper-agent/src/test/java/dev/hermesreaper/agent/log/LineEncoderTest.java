package dev.hermesreaper.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

/** One event, one line, and no way for a value to look like anything but a value. */
class LineEncoderTest {

    private final LoggerContext context = new LoggerContext();

    private String line(LineEncoder encoder, String logger, String message, Object... pairs) {
        Logger log = context.getLogger(logger);
        LoggingEvent event = new LoggingEvent("", log, Level.WARN, message, null, null);
        event.setInstant(Instant.parse("2026-05-07T12:00:00.120Z"));
        for (int i = 0; i < pairs.length; i += 2) {
            event.addKeyValuePair(new KeyValuePair((String) pairs[i], pairs[i + 1]));
        }
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private String text(Object... pairs) {
        return line(new LineEncoder(false), "dev.hermesreaper.x", "worker.outcome", pairs);
    }

    private JsonObject json(Object... pairs) {
        LineEncoder encoder = new LineEncoder(false);
        encoder.json(true);
        String line = line(encoder, "dev.hermesreaper.x", "worker.outcome", pairs);
        assertThat(line.strip().lines()).hasSize(1);
        return new Gson().fromJson(line, JsonObject.class);
    }

    @Test
    void writesPairsInOrder() {
        assertThat(text(Keys.SWEEP, "7f3a", Keys.PID, 4711, Keys.DETAIL, "", Keys.SESSION, "a b"))
                .isEqualTo("2026-05-07T12:00:00.120Z WARN  event=worker.outcome sweep=7f3a pid=4711 detail=\"\""
                        + " session=\"a b\"\n");
    }

    @Test
    void writesOneJsonObject() {
        assertThat(json(Keys.PID, 4711, Keys.SESSION, "a \"b\""))
                .hasToString(
                        "{\"time\":\"2026-05-07T12:00:00.120Z\",\"level\":\"warn\",\"event\":\"worker.outcome\",\"pid\":4711,"
                                + "\"session\":\"a \\\"b\\\"\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k\n2026-05-07T12:00:01.000Z INFO  event=verdict.reap pid=1",
                "k\r\nevent=forged",
                "k\u2028event=forged",
                "k\u0085event=forged",
                "k\" event=forged pid=\"1",
                "k\\\" event=forged",
                "k\u001b[2Kevent=forged",
                "k\u202eevent=forged",
                "k\udc80\udcff event=forged",
                "k outcome=exited"
            })
    void noValueForgesALineOrAKey(String value) {
        String line = text(Keys.SESSION, value, Keys.OUTCOME, "survived");

        assertThat(line).endsWith(" outcome=survived\n").matches("[ -~\n]+");
        assertThat(line.strip()).doesNotContain("\n");
        String quoted = line.substring(line.indexOf("session=") + 8, line.lastIndexOf(" outcome="));
        assertThat(quoted).startsWith("\"").endsWith("\"");
        assertThat(quoted.substring(1, quoted.length() - 1).replace("\\\\", "").replace("\\\"", ""))
                .doesNotContain("\"");
        assertThat(json(Keys.SESSION, value).keySet()).containsExactly("time", "level", "event", "session");
    }

    @Test
    void cutsWhatIsTooLong() {
        assertThat(text(Keys.SESSION, "x".repeat(100_000)).length()).isLessThan(1100);
        assertThat(json(Keys.SESSION, "x".repeat(100_000)).get("session").getAsString())
                .hasSize(1001);
    }

    @Test
    void tellsTheJournalTheLevel() {
        assertThat(line(new LineEncoder(true), "dev.hermesreaper.x", "worker.outcome"))
                .startsWith("<4>2026-05-07");
    }

    @Test
    void whatALibrarySaysIsNoEventOfOurs() {
        assertThat(line(new LineEncoder(false), "some.library", "verdict.reap"))
                .isEqualTo("2026-05-07T12:00:00.120Z WARN  event=library.message message=verdict.reap\n");
        assertThat(line(new LineEncoder(false), "dev.hermesreaper.x", "no event\nat all"))
                .endsWith("event=library.message message=\"no event\\nat all\"\n");
    }
}
