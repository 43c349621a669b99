package dev.hermesreaper.agent.host.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What calls to the C library read from and write to, made once for each thread: what a call wrote is taken out before the
 * method that called returns.
 */
final class CallBuffers {

    /** As {@link ProcFs#number}. */
    private static final int MOST_DIGITS = 9;

    /** More than a path may have, so that every link is whole. */
    private final byte[] some = new byte[ProcFs.MOST_AT_ONCE];

    private final ByteBuffer inNativeOrder = ByteBuffer.wrap(some).order(ByteOrder.nativeOrder());
    private byte[] path = new byte[128];
    private int length;
    private int[] numbers = new int[64];
    private long[] inodes = new long[64];

    /** Where calls write what they read. */
    byte[] some() {
        return some;
    }

    /** The same, as the C of this machine lays out its numbers. */
    ByteBuffer inNativeOrder() {
        return inNativeOrder;
    }

    /** {@code text} as C wants it. */
    byte[] path(String text) {
        length = 0;
        append(text);
        return terminated();
    }

    /** {@code directory/number} as C wants it; no text is made on the way. */
    byte[] path(String directory, int number) {
        begin(directory, number);
        return terminated();
    }

    /** {@code directory/number/name}, likewise. */
    byte[] path(String directory, int number, String name) {
        begin(directory, number);
        append((byte) '/');
        append(name);
        return terminated();
    }

    private void begin(String directory, int number) {
        length = 0;
        append(directory);
        append((byte) '/');
        append(number);
    }

    /** The path made last. */
    String pathText() {
        return new String(path, 0, length - 1, StandardCharsets.UTF_8);
    }

    private byte[] terminated() {
        append((byte) 0);
        return path;
    }

    private void append(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character > '~') {
                for (byte each : text.substring(i).getBytes(StandardCharsets.UTF_8)) {
                    append(each);
                }
                return;
            }
            append((byte) character);
        }
    }

    /** @param number not negative */
    private void append(int number) {
        if (number >= 10) {
            append(number / 10);
        }
        append((byte) ('0' + number % 10));
    }

    private void append(byte each) {
        if (length == path.length) {
            path = Arrays.copyOf(path, length * 2);
        }
        path[length++] = each;
    }

    /** The decimal number whose digits begin there and end with a zero, -1 if that is none. */
    int number(int at) {
        int value = 0;
        int i = at;
        for (; i < at + MOST_DIGITS && some[i] >= '0' && some[i] <= '9'; i++) {
            value = value * 10 + (some[i] - '0');
        }
        return i > at && some[i] == 0 ? value : -1;
    }

    /** Keeps what is listed in its place. */
    void put(int at, int number, long inode) {
        if (at == numbers.length) {
            numbers = Arrays.copyOf(numbers, at * 2);
            inodes = Arrays.copyOf(inodes, at * 2);
        }
        numbers[at] = number;
        inodes[at] = inode;
    }

    /** The numbers of the first {@code count} that were listed. */
    int[] numbers(int count) {
        return Arrays.copyOf(numbers, count);
    }

    /** Their inodes. */
    long[] inodes(int count) {
        return Arrays.copyOf(inodes, count);
    }
}
