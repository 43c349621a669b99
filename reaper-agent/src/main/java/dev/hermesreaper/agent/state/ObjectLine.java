package dev.hermesreaper.agent.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object on one line of pure ASCII, as state files hold them, read member by member: what is missing or of another
 * kind is an {@link IllegalArgumentException}, and no number is ever negative.
 */
public final class ObjectLine {

    private final Map<String, Object> members;

    ObjectLine(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the line is none
     */
    public static ObjectLine read(String line) {
        return ObjectScanner.read(line);
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
        for (String name : members.keySet()) {
            numbers.put(name, number(name));
        }
        return numbers;
    }

    /** A list of lists of texts and numbers. */
    List<List<?>> lists(String name) {
        List<List<?>> lists = new ArrayList<>();
        for (Object element : as(List.class, name)) {
            lists.add(as(List.class, element, name));
        }
        return lists;
    }

    /** A number of which one below zero is as good as zero. */
    long numberOrZero(String name) {
        return Math.max(0, as(Long.class, name));
    }

    private <T> List<T> all(Class<T> type, String name) {
        List<T> elements = new ArrayList<>();
        for (Object element : as(List.class, name)) {
            elements.add(as(type, element, name));
        }
        return elements;
    }

    private <T> T as(Class<T> type, String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return as(type, value, name);
    }

    private static <T> T as(Class<T> type, Object value, String name) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + " is no " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
