package dev.hermesreaper.agent.state;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The CRC-32C of some bytes, by which a state file tells what was cut or changed from what is sound.
 *
 * <p>The JDK's is faster than anything but builds tables of 8 KiB before its first byte, 0.9 ms in a JVM that has just
 * started and mostly has a few hundred bytes to sum up. So it is left for more than a few: the first piece decides.
 */
final class Checksum {

    private static final int FEW = 4096;

    /** Castagnoli's polynomial 0x1EDC6F41, its bits in reverse. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int[] OF_HALF_BYTE = ofHalfBytes();

    private boolean begun;
    private int register = -1;

    @Nullable
    private CRC32C ofMany;

    private static int[] ofHalfBytes() {
        int[] all = new int[16];
        for (int half = 0; half < all.length; half++) {
            int register = half;
            for (int bit = 0; bit < 4; bit++) {
                register = (register & 1) == 0 ? register >>> 1 : register >>> 1 ^ POLYNOMIAL;
            }
            all[half] = register;
        }
        return all;
    }

    void add(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        if (!begun && to - from > FEW) {
            ofMany = new CRC32C();
        }
        begun = true;
        if (ofMany != null) {
            ofMany.update(bytes, from, to - from);
            return;
        }
        int[] table = OF_HALF_BYTE;
        int sum = register;
        for (int at = from; at < to; at++) {
            sum ^= bytes[at] & 0xFF;
            sum = sum >>> 4 ^ table[sum & 0xF];
            sum = sum >>> 4 ^ table[sum & 0xF];
        }
        register = sum;
    }

    /** Of all that was added so far, in eight hexadecimal digits. */
    String digits() {
        long value = ofMany == null ? ~register & 0xFFFF_FFFFL : ofMany.getValue();
        return Long.toHexString(value | 1L << 32).substring(1);
    }
}
