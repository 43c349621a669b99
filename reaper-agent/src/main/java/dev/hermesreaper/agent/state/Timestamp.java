package dev.hermesreaper.agent.state;

import java.time.Instant;

/**
 * An {@link Instant} as state files hold it, which is as {@link Instant#toString} writes it: {@code 2026-11-28T07:10:18Z},
 * with no decimals of the second, or three, six or nine. By plain arithmetic, because the JDK's formatter brings in some
 * hundred classes (6 ms) to read one date. Days are counted as Howard Hinnant does ("chrono-Compatible Low-Level Date
 * Algorithms"), from March on, so that a leap day ends a year. What has any other form is left to the JDK.
 */
public final class Timestamp {

    private static final int WHOLE_SECONDS = "2026-11-28T07:10:18".length();
    private static final int NANOS_DIGITS = 9;
    private static final int SECONDS_PER_DAY = 86_400;

    /** Of the years 0000 to 9999, which are written with four digits and without a sign. */
    private static final long FIRST_SECOND = -62_167_219_200L;

    static final long LAST_SECOND = 253_402_300_799L;

    /** Days from March 1st of the year 0 to 1970. */
    private static final int DAYS_TO_1970 = 719_468;

    private static final int DAYS_PER_CYCLE = 146_097;
    private static final int YEARS_PER_CYCLE = 400;

    // Where the digits of each field begin.
    private static final int MONTH = 5;
    private static final int DAY = 8;
    private static final int HOUR = 11;
    private static final int MINUTE = 14;
    private static final int SECOND = 17;

    private Timestamp() {}

    /** What {@link Instant#toString} says of {@code instant}. */
    public static String text(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            return instant.toString();
        }
        long day = Math.floorDiv(second, SECONDS_PER_DAY);
        int ofDay = (int) (second - day * SECONDS_PER_DAY);
        StringBuilder text = new StringBuilder(WHOLE_SECONDS + NANOS_DIGITS + 2);
        date(day, text);
        digits(text.append('T'), ofDay / 3600, 2);
        digits(text.append(':'), ofDay / 60 % 60, 2);
        digits(text.append(':'), ofDay % 60, 2);
        int nano = instant.getNano();
        if (nano != 0) {
            text.append('.');
            if (nano % 1_000_000 == 0) {
                digits(text, nano / 1_000_000, 3);
            } else if (nano % 1_000 == 0) {
                digits(text, nano / 1_000, 6);
            } else {
                digits(text, nano, NANOS_DIGITS);
            }
        }
        return text.append('Z').toString();
    }

    /** Counted in years that begin in March, so that a leap day is the last of its year. */
    private static void date(long sinceEpoch, StringBuilder to) {
        int days = (int) sinceEpoch + DAYS_TO_1970 + DAYS_PER_CYCLE; // the year 0 begins before its March
        int cycle = days / DAYS_PER_CYCLE;
        int ofCycle = days % DAYS_PER_CYCLE;
        int yearOfCycle = (ofCycle - ofCycle / 1460 + ofCycle / 36_524 - ofCycle / (DAYS_PER_CYCLE - 1)) / 365;
        int ofYear = ofCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
        int fromMarch = (5 * ofYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        int year = (cycle - 1) * YEARS_PER_CYCLE + yearOfCycle + (month <= 2 ? 1 : 0);
        digits(to, year, 4);
        digits(to.append('-'), month, 2);
        digits(to.append('-'), ofYear - (153 * fromMarch + 2) / 5 + 1, 2);
    }

    private static void digits(StringBuilder to, int number, int length) {
        int end = to.length() + length;
        to.setLength(end);
        for (int at = end - 1, left = number; at >= end - length; at--, left /= 10) {
            to.setCharAt(at, (char) ('0' + left % 10));
        }
    }

    /**
     * The instant that {@code text} says.
     *
     * @throws java.time.format.DateTimeParseException if it says none, as {@link Instant#parse} does
     */
    public static Instant parse(String text) {
        int year = digits(text, 0, 4);
        int month = digits(text, MONTH, 2);
        int day = digits(text, DAY, 2);
        int hour = digits(text, HOUR, 2);
        int minute = digits(text, MINUTE, 2);
        int second = digits(text, SECOND, 2);
        int nano = nano(text);
        boolean plain = year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= lengthOf(month, year)
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 59
                && nano >= 0
                && text.charAt(MONTH - 1) == '-'
                && text.charAt(DAY - 1) == '-'
                && text.charAt(HOUR - 1) == 'T'
                && text.charAt(MINUTE - 1) == ':'
                && text.charAt(SECOND - 1) == ':';
        if (!plain) {
            return Instant.parse(text);
        }
        int ofDay = hour * 3600 + minute * 60 + second;
        return Instant.ofEpochSecond((long) days(year, month, day) * SECONDS_PER_DAY + ofDay, nano);
    }

    /** Days since 1970. */
    private static int days(int year, int month, int day) {
        int years = (month <= 2 ? year - 1 : year) + YEARS_PER_CYCLE; // never negative
        int ofCycle = years % YEARS_PER_CYCLE;
        int fromMarch = month <= 2 ? month + 9 : month - 3;
        int ofYear = (153 * fromMarch + 2) / 5 + day - 1;
        int cycles = years / YEARS_PER_CYCLE - 1;
        return cycles * DAYS_PER_CYCLE + ofCycle * 365 + ofCycle / 4 - ofCycle / 100 + ofYear - DAYS_TO_1970;
    }

    private static int lengthOf(int month, int year) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % YEARS_PER_CYCLE == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** The nanoseconds at the end; -1 if it does not end as it should. */
    private static int nano(String text) {
        int decimals = text.length() - WHOLE_SECONDS - 2;
        if (!text.endsWith("Z")) {
            return -1;
        }
        if (decimals == -1) {
            return 0;
        }
        boolean known = decimals == 3 || decimals == 6 || decimals == NANOS_DIGITS;
        if (!known || text.charAt(WHOLE_SECONDS) != '.') {
            return -1;
        }
        int number = digits(text, WHOLE_SECONDS + 1, decimals);
        return number < 0 ? -1 : decimals == 3 ? number * 1_000_000 : decimals == 6 ? number * 1_000 : number;
    }

    /** The number these digits make; -1 if they are none. */
    private static int digits(String text, int from, int length) {
        if (from + length > text.length()) {
            return -1;
        }
        int number = 0;
        for (int at = from; at < from + length; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }
}
