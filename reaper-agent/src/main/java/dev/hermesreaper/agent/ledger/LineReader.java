package dev.hermesreaper.agent.ledger;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.PortableText;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link LedgerLine} writes. What is not exactly that is damage, or of a newer version; neither is guessed at. */
final class LineReader {

    private static final int LONGEST_VERSION = 6;
    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private final Map<String, Object> members;

    /** What a line turned out to be. */
    enum Kind {
        ENTRY,
        DAMAGED,
        NEWER
    }

    /**
     * One line, read.
     *
     * @param entry where it is one
     */
    record Line(Kind kind, Optional<Entry> entry) {
        private static final Line DAMAGED = new Line(Kind.DAMAGED, Optional.empty());
        private static final Line NEWER = new Line(Kind.NEWER, Optional.empty());
    }

    private LineReader(Map<String, Object> members) {
        this.members = members;
    }

    static Line read(String line) {
        int checksum = line.length()
                - LedgerLine.CHECKSUM_BEGINS.length()
                - LedgerLine.CHECKSUM_DIGITS
                - LedgerLine.ENDS.length();
        if (checksum < 0
                || !line.startsWith(LedgerLine.VERSION_BEGINS)
                || !line.startsWith(LedgerLine.CHECKSUM_BEGINS, checksum)
                || !line.endsWith(LedgerLine.checksum(line.substring(0, checksum)) + LedgerLine.ENDS)) {
            return Line.DAMAGED;
        }
        int version = version(line);
        if (version != LedgerLine.VERSION) {
            return version > LedgerLine.VERSION ? Line.NEWER : Line.DAMAGED;
        }
        try {
            JsonReader in = new JsonReader(new StringReader(line));
            in.setStrictness(Strictness.STRICT);
            Map<String, Object> members = object(in);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                return Line.DAMAGED;
            }
            return new Line(Kind.ENTRY, Optional.of(new LineReader(members).entry()));
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return Line.DAMAGED;
        } catch (ArithmeticException | DateTimeException e) {
            return Line.DAMAGED;
        }
    }

    private static Map<String, Object> object(JsonReader in) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            members.put(name, value(in));
        }
        in.endObject();
        return members;
    }

    /** A text or a number as text, a truth, a list or an object; nothing else is ever written. */
    private static Object value(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case STRING -> in.nextString();
            case NUMBER -> Long.valueOf(in.nextString());
            case BOOLEAN -> in.nextBoolean();
            case BEGIN_OBJECT -> new LineReader(object(in));
            case BEGIN_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                in.beginArray();
                while (in.hasNext()) {
                    elements.add(value(in));
                }
                in.endArray();
                yield elements;
            }
            default -> throw new IllegalStateException("nothing we write");
        };
    }

    /** The version of a line that begins with one; 0 where that is no number. */
    private static int version(String line) {
        int from = LedgerLine.VERSION_BEGINS.length();
        int to = from;
        while (to < line.length() && line.charAt(to) >= '0' && line.charAt(to) <= '9') {
            to++;
        }
        boolean number = to > from && to - from <= LONGEST_VERSION && line.startsWith(",", to);
        return number ? Integer.parseInt(line.substring(from, to)) : 0;
    }

    private Entry entry() {
        boolean intent =
                switch (word("kind")) {
                    case "intent" -> true;
                    case "outcome" -> false;
                    default -> throw new IllegalArgumentException("kind");
                };
        return new Entry(
                at(),
                word("sweep"),
                new ProcessIdentity(word("bootId"), pid(), number("startTicks")),
                PortableText.toRaw(text("session")),
                word("reason"),
                intent ? grounds() : List.of(),
                intent ? Optional.empty() : Optional.of(ending()));
    }

    /** Within what can be shown as a date in every zone. */
    private Instant at() {
        Instant at = Instant.parse(word("at"));
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
            throw new IllegalArgumentException("at");
        }
        return at;
    }

    private Ending ending() {
        return new Ending(
                word("outcome"),
                word("detail"),
                list("signals").stream()
                        .map(it -> harmless(as(String.class, it)))
                        .toList(),
                Duration.ofMillis(number("tookMillis")),
                new MemoryUse(as(Boolean.class, member("memoryRead")), number("residentBytes"), number("swapBytes")),
                objects("descendants").stream()
                        .map(it -> new Ending.Descendant(it.pid(), it.number("startTicks"), it.word("outcome")))
                        .toList(),
                Math.toIntExact(number("descendantCount")));
    }

    private List<Ground> grounds() {
        return objects("evidence").stream()
                .map(it -> new Ground(it.word("key"), it.word("value"), it.word("source")))
                .toList();
    }

    private Object member(String name) {
        return Optional.ofNullable(members.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("not a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private List<?> list(String name) {
        return as(List.class, member(name));
    }

    private List<LineReader> objects(String name) {
        return list(name).stream().map(it -> as(LineReader.class, it)).toList();
    }

    private String text(String name) {
        return as(String.class, member(name));
    }

    /** A text that was printable when it was written. */
    private String word(String name) {
        return harmless(text(name));
    }

    private static String harmless(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a control character");
        }
        return text;
    }

    private long number(String name) {
        long number = as(Long.class, member(name));
        if (number < 0) {
            throw new IllegalArgumentException(name);
        }
        return number;
    }

    private int pid() {
        return Math.toIntExact(number("pid"));
    }
}
