package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads bytes of a fixed layout, of which a bounded part is held at a time, and sums them up: what must stand there, and
 * numbers between.
 */
final class LayoutReader {

    private static final int BLOCK = 1 << 15;

    private static final int MOST_DIGITS = 19;

    private final InputStream in;
    private final int most;
    private final Checksum checksum = new Checksum();

    /** Ended by a 0, which no layout has: so a byte is looked at without asking whether there is one. */
    private final byte[] block = new byte[BLOCK + 1];

    private int begin;
    private int at;
    private int end;
    private boolean atEnd;

    /**
     * @param most bytes of the longest line, with its end
     */
    LayoutReader(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** Begins a line. */
    void begin() throws IOException {
        if (!atEnd && end - at < most) {
            fill();
        }
        begin = at;
    }

    private void fill() throws IOException {
        checksum.add(block, 0, at);
        System.arraycopy(block, at, block, 0, end - at);
        end -= at;
        at = 0;
        while (!atEnd && end < BLOCK) {
            int more = in.read(block, end, BLOCK - end);
            atEnd = more < 0;
            end += Math.max(0, more);
        }
        block[end] = 0;
    }

    /** Goes on behind {@code bytes} if they come next. */
    boolean skips(byte[] bytes) {
        byte[] here = block;
        int from = at;
        for (int i = 0; i < bytes.length; i++) {
            if (here[from + i] != bytes[i]) {
                return false;
            }
        }
        at = from + bytes.length;
        return true;
    }

    /** Whether {@code next} comes next, without going on. */
    boolean isAt(char next) {
        return block[at] == next;
    }

    /** A whole number from 0 on, without zeros that lead; -1 if none comes next. */
    long number() {
        byte[] here = block;
        int from = at;
        int next = from;
        long number = 0;
        int digit = here[next] - '0';
        while (digit >= 0 && digit <= 9) {
            number = 10 * number + digit; // below zero where 19 digits are too much
            next++;
            digit = here[next] - '0';
        }
        int digits = next - from;
        if (digits == 0 || digits > MOST_DIGITS || number < 0 || (digits > 1 && here[from] == '0')) {
            return -1;
        }
        at = next;
        return number;
    }

    /** Printable ASCII up to what JSON ends or escapes a text with; may be of no length. */
    String text() {
        int from = at;
        while (block[at] >= ' ' && block[at] <= '~' && block[at] != '"' && block[at] != '\\') {
            at++;
        }
        return new String(block, from, at - from, StandardCharsets.ISO_8859_1);
    }

    /** Where the next byte comes from; holds until the next {@link #begin}. */
    int place() {
        return at;
    }

    /** What was read from {@code place} on. */
    byte[] since(int place) {
        return Arrays.copyOfRange(block, place, at);
    }

    /** Of all that was read so far; nothing is begun after that. */
    String checksum() {
        checksum.add(block, 0, at);
        return checksum.digits();
    }

    boolean isAtEnd() throws IOException {
        return at == end && (atEnd || in.read() < 0);
    }

    /** The line that was begun, as far as it may be long, byte by byte as characters 0 to 255. */
    String line() {
        int lineEnd = begin;
        while (lineEnd < end && lineEnd - begin < most - 1 && block[lineEnd] != '\n') {
            lineEnd++;
        }
        return new String(block, begin, lineEnd - begin, StandardCharsets.ISO_8859_1);
    }

    /** What is wrong with the line that was begun, where it is not {@code kind}. */
    DamagedException damage(String kind) {
        int lineEnd = begin + line().length();
        if (lineEnd == end) {
            return new DamagedException("its end is missing");
        }
        return new DamagedException(block[lineEnd] == '\n' ? "a line of it is no " + kind : "a line of it is too long");
    }

    /** How many bytes were read since {@link #begin}. */
    int length() {
        return at - begin;
    }
}
