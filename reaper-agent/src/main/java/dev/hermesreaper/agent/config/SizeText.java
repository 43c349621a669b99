package dev.hermesreaper.agent.config;

import java.util.List;
import java.util.Locale;

/**
 * A number of bytes as users write and read it: {@code 512B}, {@code 64KiB}, {@code 64MiB}, {@code 2GiB}.
 *
 * <p>A whole number and one unit of the powers of 1024, without a space. {@code MB} is refused, because half of its
 * readers take it for something else.
 */
public final class SizeText {

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

    /** Bits by which one unit is larger than the one before it. */
    private static final int STEP = 10;

    /** Twelve digits of GiB are still below 2^70; checked against overflow before shifting. */
    private static final int MOST_DIGITS = 12;

    private SizeText() {}

    /**
     * Reads a size in bytes.
     *
     * @throws IllegalArgumentException if the text is not one or exceeds what a {@code long} holds; the message names
     *     the text and the likely correction
     */
    public static long parse(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String number = text.substring(0, at);
        String unit = text.substring(at);
        int index = UNITS.indexOf(unit);
        if (number.isEmpty() || index < 0 || (number.length() > 1 && number.startsWith("0"))) {
            throw new IllegalArgumentException(explain(text, number, unit));
        }
        if (number.length() > MOST_DIGITS || Long.parseLong(number) > Long.MAX_VALUE >> (STEP * index)) {
            throw new IllegalArgumentException(Found.quote(text) + " is too large");
        }
        return Long.parseLong(number) << (STEP * index);
    }

    /**
     * The shortest text that reads back as exactly this many bytes.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static String format(long bytes) {
        requireNotNegative(bytes);
        int index = 0;
        long count = bytes;
        while (count != 0 && count % (1L << STEP) == 0 && index < UNITS.size() - 1) {
            count >>= STEP;
            index++;
        }
        return count + UNITS.get(index);
    }

    /**
     * For sentences and tables: {@code 94.8 MiB}, rounded to a tenth of the largest unit that fits.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static String spoken(long bytes) {
        requireNotNegative(bytes);
        int index = 0;
        double count = bytes;
        // 1023.95 would be printed as 1024.0 of the smaller unit
        while (count >= (1 << STEP) - 0.05 && index < UNITS.size() - 1) {
            count /= 1 << STEP;
            index++;
        }
        return index == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", count, UNITS.get(index));
    }

    private static String explain(String text, String number, String unit) {
        String quoted = Found.quote(text);
        if (text.isEmpty()) {
            return "it is empty; write \"64MiB\"";
        }
        if (number.isEmpty()) {
            return quoted + " does not start with a number; write \"64MiB\"";
        }
        if (unit.isEmpty()) {
            return quoted + " has no unit; write \"" + Found.cap(number) + "B\" for bytes";
        }
        if (unit.startsWith(".") || unit.startsWith(",")) {
            return quoted + " has a fraction; write it in the next smaller unit";
        }
        for (String known : UNITS) {
            String letter = known.substring(0, 1);
            if (unit.strip().toUpperCase(Locale.ROOT).startsWith(letter)) {
                return quoted + " has the unit " + Found.quote(unit) + "; write \"" + Found.cap(number) + known + "\"";
            }
        }
        return quoted + " has the unit " + Found.quote(unit) + "; the units are " + String.join(", ", UNITS);
    }

    private static void requireNotNegative(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size " + bytes);
        }
    }
}
