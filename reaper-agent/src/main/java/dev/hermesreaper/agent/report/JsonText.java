package dev.hermesreaper.agent.report;

import com.google.gson.stream.JsonWriter;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.PortableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * JSON as it grows. Fields stand in the order in which they are written, what is absent is {@code null}. The text is pure
 * ASCII, everything else escaped, so that it is the same in any locale and does nothing to a terminal.
 *
 * <p>A text a process chose ({@link #raw}) may hold bytes that are no UTF-8; it is written as {@link PortableText}.
 */
final class JsonText {

    private final StringBuilder text = new StringBuilder();
    private final JsonWriter json = new JsonWriter(new Ascii());

    /** Something that writes to this text; there is nobody to fail. */
    private interface Step {
        void write() throws IOException;
    }

    /** What is written inside an object or array. */
    interface Content {
        void write();
    }

    /** What is written for one element of a list. */
    interface Element<T> {
        void write(T element);
    }

    JsonText() {
        json.setIndent("  ");
        json.setSerializeNulls(true);
    }

    JsonText object(Content content) {
        step(json::beginObject);
        content.write();
        step(json::endObject);
        return this;
    }

    /** Begins an object that {@link #end} ends: for a text that is taken away as it grows. */
    JsonText begin() {
        step(json::beginObject);
        return this;
    }

    JsonText end() {
        step(json::endObject);
        return this;
    }

    JsonText beginArray(String name) {
        step(() -> json.name(name).beginArray());
        return this;
    }

    JsonText endArray() {
        step(json::endArray);
        return this;
    }

    /** What was written since the last time; {@link #toString} is without it from then on. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    JsonText object(String name, Content content) {
        step(() -> json.name(name));
        return object(content);
    }

    <T> JsonText array(String name, Iterable<T> elements, Element<T> element) {
        step(() -> json.name(name).beginArray());
        elements.forEach(element::write);
        step(json::endArray);
        return this;
    }

    /** A text of our own, or one made printable before. */
    JsonText text(String name, String value) {
        step(() -> json.name(name).value(value));
        return this;
    }

    JsonText text(String name, Optional<String> value) {
        return value.map(it -> text(name, it)).orElseGet(() -> none(name));
    }

    JsonText texts(String name, List<String> values) {
        return array(name, values, value -> step(() -> json.value(value)));
    }

    /** A text as a process chose it, losslessly. */
    JsonText raw(String name, Optional<String> value) {
        return value.map(it -> text(name, lossless(it))).orElseGet(() -> none(name));
    }

    JsonText flag(String name, boolean value) {
        step(() -> json.name(name).value(value));
        return this;
    }

    JsonText number(String name, long value) {
        step(() -> json.name(name).value(value));
        return this;
    }

    /** A number that is only known where {@code known}. */
    JsonText number(String name, boolean known, long value) {
        return known ? number(name, value) : none(name);
    }

    JsonText number(String name, Optional<Integer> value) {
        return value.map(it -> number(name, it)).orElseGet(() -> none(name));
    }

    /** A number with three decimals. */
    JsonText decimal(String name, double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        step(() -> json.name(name).value(rounded.scale() < 0 ? rounded.setScale(0) : rounded));
        return this;
    }

    /** Seconds, to the millisecond. */
    JsonText seconds(String name, Duration value) {
        BigDecimal seconds = BigDecimal.valueOf(value.toMillis(), 3).stripTrailingZeros();
        step(() -> json.name(name).value(seconds.scale() < 0 ? seconds.setScale(0) : seconds));
        return this;
    }

    JsonText seconds(String name, Optional<Duration> value) {
        return value.map(it -> seconds(name, it)).orElseGet(() -> none(name));
    }

    /** ISO 8601, UTC, to the millisecond. */
    JsonText time(String name, Instant value) {
        return text(name, value.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    JsonText evidence(List<Evidence> evidence) {
        return array(
                "evidence",
                evidence,
                it -> object(
                        () -> text("key", it.key()).text("value", it.value()).text("source", it.source())));
    }

    /** The operator's pause: until when, by whom; {@code null} where there is none. */
    JsonText pause(Optional<Pause> pause) {
        return pause.map(it -> object("paused", () -> raw("by", it.by())
                        .text("since", it.since().map(Instant::toString))
                        .text("until", it.until().map(Instant::toString))
                        .raw("problem", it.problem())))
                .orElseGet(() -> none("paused"));
    }

    JsonText none(String name) {
        step(() -> json.name(name).nullValue());
        return this;
    }

    @Override
    public String toString() {
        return text + "\n";
    }

    private static void step(Step step) {
        try {
            step.write();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String lossless(String raw) {
        return PortableText.of(raw);
    }

    /** Escapes whatever is not printable ASCII; outside of strings JSON has nothing of that but line ends. */
    private final class Ascii extends Writer {

        @Override
        public void write(char[] characters, int from, int length) {
            for (int i = from; i < from + length; i++) {
                char character = characters[i];
                if (character == '\n' || (character >= ' ' && character <= '~')) {
                    text.append(character);
                } else {
                    text.append("\\u").append(HexFormat.of().toHexDigits(character));
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
