package dev.hermesreaper.agent.config;

import java.time.Duration;
import java.util.List;

/**
 * A duration as users write and read it: {@code 500ms}, {@code 10s}, {@code 1h30m}, {@code 2d}.
 *
 * <p>Units go from the largest to the smallest, each at most once, without spaces, signs or fractions. The unit of
 * finest grain is the millisecond.
 */
public final class DurationText {

    private static final List<Unit> UNITS = List.of(
            new Unit("d", 86_400_000),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1_000),
            new Unit("ms", 1));

    /** Ten years: longer than any machine runs, and far from every overflow. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    /** Digits beyond which a number of even the smallest unit is longer than {@link #LONGEST}. */
    private static final int MOST_DIGITS = 12;

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is not one or is longer than {@link #LONGEST}; the message names
     *     the text and, where there is one, the likely correction
     */
    public static Duration parse(String text) {
        var total = Duration.ZERO;
        int unitsFrom = 0;
        int at = 0;
        do {
            int digits = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            String number = text.substring(digits, at);
            int letters = at;
            while (at < text.length() && Character.isLetter(text.charAt(at))) {
                at++;
            }
            String unit = text.substring(letters, at);
            int index = indexOf(unit);
            if (number.isEmpty() || index < unitsFrom || hasLeadingZero(number)) {
                throw new IllegalArgumentException(explain(text, number, unit, index));
            }
            if (number.length() > MOST_DIGITS) {
                throw tooLong(text);
            }
            total = total.plus(Duration.ofMillis(UNITS.get(index).millis()).multipliedBy(Long.parseLong(number)));
            unitsFrom = index + 1;
        } while (at < text.length());
        if (total.compareTo(LONGEST) > 0) {
            throw tooLong(text);
        }
        return total;
    }

    /**
     * The shortest text that reads back as this duration, {@code 1h30m} for ninety minutes; what is below a
     * millisecond is cut off.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws ArithmeticException if it is longer than some 292 million years
     */
    public static String format(Duration duration) {
        return join(duration, UNITS.size(), "", "0s");
    }

    /**
     * For sentences and tables: the two largest units, {@code 7m 12s} or {@code 1d 22h}. What is below a second is only
     * shown of less than a minute.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws ArithmeticException if it is longer than some 292 million years
     */
    public static String spoken(Duration duration) {
        return join(duration, 2, " ", "0s");
    }

    private static String join(Duration duration, int atMost, String separator, String nothing) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("negative duration " + duration);
        }
        var text = new StringBuilder();
        // Every worker of every look is spoken of: Duration.dividedBy would go through BigDecimal each time.
        long rest = duration.toMillis();
        int largest = -1;
        for (int index = 0; index < UNITS.size(); index++) {
            Unit unit = UNITS.get(index);
            long count = rest / unit.millis();
            rest -= count * unit.millis();
            if (count > 0 && (largest < 0 || index - largest < atMost)) {
                text.append(text.length() == 0 ? "" : separator).append(count).append(unit.symbol());
                largest = largest < 0 ? index : largest;
            }
        }
        return text.length() == 0 ? nothing : text.toString();
    }

    private static String explain(String text, String number, String unit, int index) {
        String quoted = Found.quote(text);
        if (text.isEmpty()) {
            return "it is empty; write \"10s\"";
        }
        if (text.startsWith("-") || text.startsWith("+")) {
            return quoted + " has a sign; a duration has none";
        }
        if (text.chars().anyMatch(Character::isWhitespace)) {
            return quoted + " has a space in it; write \"1h30m\"";
        }
        if (text.contains(".") || text.contains(",")) {
            return quoted + " has a fraction; write \"1h30m\" for one and a half hours";
        }
        if (number.isEmpty()) {
            return quoted + " has a unit without a number; write \"10s\"";
        }
        if (unit.isEmpty()) {
            return quoted + " has no unit; write \"" + Found.cap(number) + "s\" for seconds";
        }
        if (hasLeadingZero(number)) {
            return quoted + " has a number with a leading zero";
        }
        if (index < 0) {
            return quoted + " has the unit " + Found.quote(unit) + "; the units are d, h, m, s and ms";
        }
        return quoted + " has its units out of order or twice; write them as in \"1d2h3m4s500ms\"";
    }

    private static IllegalArgumentException tooLong(String text) {
        return new IllegalArgumentException(Found.quote(text) + " is longer than " + format(LONGEST));
    }

    private static int indexOf(String symbol) {
        for (int index = 0; index < UNITS.size(); index++) {
            if (UNITS.get(index).symbol().equals(symbol)) {
                return index;
            }
        }
        return -1;
    }

    /** ASCII only: {@link Character#isDigit} would take Arabic or Thai digits as well. */
    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean hasLeadingZero(String number) {
        return number.length() > 1 && number.charAt(0) == '0';
    }

    private record Unit(String symbol, long millis) {}
}
