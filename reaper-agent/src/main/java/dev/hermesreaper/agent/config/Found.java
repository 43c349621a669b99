package dev.hermesreaper.agent.config;

import java.util.List;
import java.util.Map;

/**
 * What was found where something else was expected, as a message may show it: on one line, capped, with nothing in it
 * that a terminal or a log would act on.
 */
final class Found {

    private static final int CAP = 80;

    private Found() {}

    /** A value as toml4j hands it out: {@code string "60"}, {@code integer 60}, {@code a table}. */
    static String describe(Object value) {
        if (value instanceof String text) {
            return "string " + quote(text);
        }
        if (value instanceof Long number) {
            return "integer " + number;
        }
        if (value instanceof Boolean flag) {
            return "boolean " + flag;
        }
        if (value instanceof Number number) {
            return "number " + number;
        }
        if (value instanceof List<?> list) {
            return "an array of " + list.size();
        }
        return value instanceof Map<?, ?> ? "a table" : "a date";
    }

    /** The text as a TOML basic string, capped. */
    static String quote(String text) {
        return toml(cap(text));
    }

    /** The whole text as a TOML basic string. */
    static String toml(String text) {
        return '"' + visible(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** The text without quotes, capped. */
    static String plain(String text) {
        return visible(cap(text));
    }

    /** The text on one line, whole. */
    static String visible(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isInvisible(character)) {
                shown.append(String.format(character > 0xffff ? "\\U%08x" : "\\u%04x", character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    static String cap(String text) {
        return text.codePointCount(0, text.length()) <= CAP
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CAP)) + "…";
    }

    /** Control characters, and the format characters that can reorder or hide what follows them. */
    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
