package dev.hermesreaper.agent.state;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object on one line of pure ASCII, as state files hold them, read member by member: what is missing or of another
 * kind is an {@link IllegalArgumentException}, and no number is ever negative.
 */
public final class ObjectLine {

    private final Map<String, Object> members;

    private ObjectLine(Map<String, Object> members) {
        this.members = members;
    }

    /** Writes the members. */
    public interface Content {
        void writeTo(JsonWriter json) throws IOException;
    }

    /** The object of the members that {@code content} writes. */
    public static String write(Content content) {
        StringWriter text = new StringWriter(1024);
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            content.writeTo(json);
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ascii(text.toString());
    }

    /** Beyond ASCII there is something in strings only. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            if (character <= '~') {
                text.append(character);
            } else {
                text.append("\\u").append(HexFormat.of().toHexDigits(character));
            }
        }
        return text.toString();
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the line is none
     */
    public static ObjectLine read(String line) {
        try {
            JsonReader in = new JsonReader(new StringReader(line));
            in.setStrictness(Strictness.STRICT);
            ObjectLine object = object(in);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("something follows the object");
            }
            return object;
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("no JSON object", e);
        }
    }

    private static ObjectLine object(JsonReader in) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            members.put(name, value(in));
        }
        in.endObject();
        return new ObjectLine(members);
    }

    /** Texts, whole numbers, truths, lists and objects; nothing else is ever written. */
    private static Object value(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case STRING -> in.nextString();
            case NUMBER -> Long.valueOf(in.nextString());
            case BOOLEAN -> in.nextBoolean();
            case BEGIN_OBJECT -> object(in);
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

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public String text(String name) {
        return as(String.class, name);
    }

    public long number(String name) {
        long number = as(Long.class, name);
        if (number < 0) {
            throw new IllegalArgumentException(name + " " + number);
        }
        return number;
    }

    public boolean flag(String name) {
        return as(Boolean.class, name);
    }

    /** A number that fits an {@code int}. */
    public int count(String name) {
        long number = number(name);
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " " + number);
        }
        return (int) number;
    }

    public ObjectLine object(String name) {
        return as(ObjectLine.class, name);
    }

    public List<ObjectLine> objects(String name) {
        return all(ObjectLine.class, name);
    }

    public List<String> texts(String name) {
        return all(String.class, name);
    }

    /** All members, which are numbers. */
    public Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        members.keySet().forEach(name -> numbers.put(name, number(name)));
        return numbers;
    }

    private <T> List<T> all(Class<T> type, String name) {
        List<T> elements = new ArrayList<>();
        for (Object element : as(List.class, name)) {
            elements.add(as(type, element, name));
        }
        return elements;
    }

    private <T> T as(Class<T> type, String name) {
        Object value = Optional.ofNullable(members.get(name)).orElseThrow(() -> new IllegalArgumentException(name));
        return as(type, value, name);
    }

    private static <T> T as(Class<T> type, Object value, String name) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + " is no " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
