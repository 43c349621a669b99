package dev.hermesreaper.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.google.gson.stream.JsonWriter;
import dev.hermesreaper.agent.process.RawText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * One line for one event, as {@code key=value} pairs or as one JSON object. A value can neither end its line nor begin a
 * key of its own: whatever is no plain word is put in quotes, its control and format characters are shown as escapes, and
 * it is cut after 1,000 characters.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final int LONGEST_VALUE = 1000;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/@%+-]+");
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z_.]*");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final boolean toJournal;
    private volatile boolean json;

    /**
     * @param toJournal whether systemd's journal reads this: it takes a line's level from {@code <N>} at its beginning
     */
    LineEncoder(boolean toJournal) {
        this.toJournal = toJournal;
    }

    void json(boolean wanted) {
        json = wanted;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = json ? json(event) : text(event);
        return ((toJournal ? priority(event.getLevel()) : "") + line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append("%-5s".formatted(event.getLevel()));
        pair(line, "event", name(event));
        if (isOurs(event)) {
            pairs(event).forEach(pair -> pair(line, pair.key, pair.value));
        } else {
            pair(line, "message", event.getFormattedMessage());
        }
        return line.toString();
    }

    private static void pair(StringBuilder line, String key, Object value) {
        String text = printable(value);
        line.append(' ').append(key).append('=');
        if (PLAIN.matcher(text).matches()) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\\\"")).append('"');
        }
    }

    private static String json(ILoggingEvent event) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = new JsonWriter(line)) {
            json.beginObject()
                    .name("time")
                    .value(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                    .name("level")
                    .value(event.getLevel().toString().toLowerCase(Locale.ROOT))
                    .name("event")
                    .value(name(event));
            if (isOurs(event)) {
                for (KeyValuePair pair : pairs(event)) {
                    json.name(pair.key);
                    value(json, pair.value);
                }
            } else {
                json.name("message").value(printable(event.getFormattedMessage()));
            }
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.toString();
    }

    private static void value(JsonWriter json, Object value) throws IOException {
        if (value instanceof Number number) {
            json.value(number);
        } else if (value instanceof Boolean flag) {
            json.value(flag);
        } else {
            json.value(printable(value));
        }
    }

    private static String printable(Object value) {
        return RawText.printable(String.valueOf(value), LONGEST_VALUE);
    }

    private static List<KeyValuePair> pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    /** What a library says is no event of ours, whatever it looks like. */
    private static boolean isOurs(ILoggingEvent event) {
        return event.getLoggerName().startsWith("dev.hermesreaper.")
                && EVENT.matcher(event.getMessage()).matches();
    }

    private static String name(ILoggingEvent event) {
        return isOurs(event) ? event.getMessage() : "library.message";
    }

    /** As {@code sd-daemon(3)} numbers them. */
    private static String priority(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "<3>";
            case Level.WARN_INT -> "<4>";
            case Level.INFO_INT -> "<6>";
            default -> "<7>";
        };
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
