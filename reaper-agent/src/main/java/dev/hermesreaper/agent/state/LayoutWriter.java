package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes bytes of a fixed layout, block by block, and sums them up: what always stands there, and numbers between. Copies
 * bytes instead of appending characters, because a cron line's JVM ends before it has compiled any of this.
 */
final class LayoutWriter {

    private static final int BLOCK = 1 << 14;

    private final OutputStream out;
    private final Checksum checksum = new Checksum();
    private final byte[] block = new byte[BLOCK];
    private int length;

    LayoutWriter(OutputStream out) {
        this.out = out;
    }

    /** Makes room for what is at most {@code atMost} bytes long, all of which then stands in one block. */
    void begin(int atMost) throws IOException {
        if (atMost > block.length - length) {
            flush();
        }
    }

    void bytes(byte[] bytes) {
        System.arraycopy(bytes, 0, block, length, bytes.length);
        length += bytes.length;
    }

    /** @param number not the least there is, which has no positive */
    void number(long number) {
        long left = number;
        if (left < 0) {
            block[length++] = '-';
            left = -left;
        }
        int end = length + 1;
        for (long rest = left / 10; rest > 0; rest /= 10) {
            end++;
        }
        for (int at = end - 1; at >= length; at--) {
            long tenth = left / 10;
            block[at] = (byte) ('0' + (left - tenth * 10));
            left = tenth;
        }
        length = end;
    }

    /** Where the next byte goes; holds until the next {@link #begin}. */
    int place() {
        return length;
    }

    /** What was written from {@code place} on. */
    byte[] since(int place) {
        return Arrays.copyOfRange(block, place, length);
    }

    /** Of all that was written so far. */
    String checksum() throws IOException {
        flush();
        return checksum.digits();
    }

    void flush() throws IOException {
        checksum.add(block, 0, length);
        out.write(block, 0, length);
        length = 0;
    }
}
