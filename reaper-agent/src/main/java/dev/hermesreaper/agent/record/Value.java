package dev.hermesreaper.agent.record;

import java.time.Instant;

/** One value of a column. SQLite lets any column hold anything, so each is examined before it is believed. */
record Value(Object raw, String column) {

    /** Before Hermes, after its lifetime: a time outside is none, e.g. milliseconds, or an infinite one. */
    private static final double EARLIEST = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();

    private static final double LATEST = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

    /** Unix seconds, as Python's {@code time.time()} writes them. */
    Instant instant() throws UnreadableException {
        double seconds = seconds();
        if (!(seconds >= EARLIEST && seconds < LATEST)) {
            throw new UnreadableException("%s is no time Hermes could have written".formatted(column));
        }
        double whole = Math.floor(seconds);
        return Instant.ofEpochSecond((long) whole, (long) ((seconds - whole) * 1e9));
    }

    double seconds() throws UnreadableException {
        if (raw instanceof Number number) {
            return number.doubleValue();
        }
        throw new UnreadableException(column + " is not a number");
    }

    String text() throws UnreadableException {
        if (raw instanceof String text) {
            return text;
        }
        throw new UnreadableException(column + " is not text");
    }

    /** A pid; 0 where it cannot be one. */
    int pid() throws UnreadableException {
        double number = seconds();
        return number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number) ? (int) number : 0;
    }
}
