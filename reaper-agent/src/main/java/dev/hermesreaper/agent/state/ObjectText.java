package dev.hermesreaper.agent.state;

import java.time.Instant;

/**
 * A JSON object as it grows, on one line of pure ASCII, as state files hold them; {@link ObjectLine} reads it. Members
 * stand in the order in which they are written. Whatever begins must be ended, and nobody looks after that here.
 *
 * <p>A library's writer formats 128 escapes before its first byte, 3 ms of a start (ADR 0021). Reports, which nobody starts
 * every minute, go through {@code report.JsonText}.
 */
public final class ObjectText {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder(512);

    /** Whether something of the same object or list stands before what comes next. */
    private boolean follows;

    /** An object that has begun; {@link #end} ends it. */
    public ObjectText() {
        text.append('{');
    }

    public ObjectText beginObject() {
        return begin('{');
    }

    public ObjectText endObject() {
        return end('}');
    }

    public ObjectText beginArray() {
        return begin('[');
    }

    public ObjectText endArray() {
        return end(']');
    }

    /** A member's name; what is written next is its value. */
    public ObjectText name(String name) {
        value(name);
        text.append(':');
        follows = false;
        return this;
    }

    public ObjectText value(String value) {
        separate();
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                escape(character);
            } else {
                text.append(character);
            }
        }
        text.append('"');
        return this;
    }

    public ObjectText value(long value) {
        separate();
        text.append(value);
        return this;
    }

    public ObjectText value(boolean value) {
        separate();
        text.append(value);
        return this;
    }

    /** The wall clock, in UTC. */
    public ObjectText value(Instant value) {
        return value(Timestamp.text(value));
    }

    /** Ends the object; all of it. */
    public String end() {
        return endObject().text.toString();
    }

    private ObjectText begin(char bracket) {
        separate();
        text.append(bracket);
        follows = false;
        return this;
    }

    private ObjectText end(char bracket) {
        text.append(bracket);
        follows = true;
        return this;
    }

    private void separate() {
        if (follows) {
            text.append(',');
        }
        follows = true;
    }

    private void escape(char character) {
        text.append('\\');
        switch (character) {
            case '"', '\\' -> text.append(character);
            case '\t' -> text.append('t');
            case '\b' -> text.append('b');
            case '\n' -> text.append('n');
            case '\r' -> text.append('r');
            case '\f' -> text.append('f');
            default -> {
                text.append('u');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX.charAt(character >> shift & 0xF));
                }
            }
        }
    }
}
