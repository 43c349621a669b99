package dev.hermesreaper.agent.process;

import java.util.HexFormat;

/**
 * {@link RawText} as text that JSON can hold, without loss. JSON has no bytes, and a lone surrogate makes strict readers
 * refuse the whole document, so a byte that is no UTF-8 is written as backslash, {@code x} and two lower-case hex digits,
 * 80 to ff. Backslashes that stand before such a byte, or before what merely reads like one, are doubled; every other text
 * stands as it is. Read back: before {@code x80} to {@code xff}, every two backslashes are one, and one that is left over
 * makes it a byte.
 */
public final class PortableText {

    private static final char FIRST_BYTE = 0xDC80;
    private static final char LAST_BYTE = 0xDCFF;
    private static final char REPLACEMENT = 0xFFFD;
    private static final int BYTE_LENGTH = 3;

    private PortableText() {}

    /** {@code raw}, portable. */
    public static String of(String raw) {
        StringBuilder result = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            int point = raw.codePointAt(i);
            int next = i + Character.charCount(point);
            if (point == '\\') {
                next = afterBackslashes(raw, i);
                boolean doubled = isByte(raw, next) || readsLikeByte(raw, next);
                result.append("\\".repeat(doubled ? 2 * (next - i) : next - i));
            } else if (point >= FIRST_BYTE && point <= LAST_BYTE) {
                result.append("\\x").append(HexFormat.of().toHexDigits((byte) point));
            } else if (Character.getType(point) == Character.SURROGATE) {
                result.append(REPLACEMENT);
            } else {
                result.appendCodePoint(point);
            }
            i = next;
        }
        return result.toString();
    }

    /** The raw text that {@code portable} was made of. */
    public static String toRaw(String portable) {
        StringBuilder result = new StringBuilder(portable.length());
        for (int i = 0; i < portable.length(); ) {
            if (portable.charAt(i) != '\\') {
                result.append(portable.charAt(i++));
                continue;
            }
            int next = afterBackslashes(portable, i);
            int backslashes = next - i;
            if (!readsLikeByte(portable, next)) {
                result.append("\\".repeat(backslashes));
            } else {
                result.append("\\".repeat(backslashes / 2));
                if (backslashes % 2 == 1) {
                    result.append((char) (0xDC00 + HexFormat.fromHexDigits(portable, next + 1, next + BYTE_LENGTH)));
                    next += BYTE_LENGTH;
                }
            }
            i = next;
        }
        return result.toString();
    }

    private static int afterBackslashes(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '\\') {
            at++;
        }
        return at;
    }

    private static boolean isByte(String text, int at) {
        return at < text.length() && text.charAt(at) >= FIRST_BYTE && text.charAt(at) <= LAST_BYTE;
    }

    private static boolean readsLikeByte(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == 'x'
                && "89abcdef".indexOf(text.charAt(at + 1)) >= 0
                && "0123456789abcdef".indexOf(text.charAt(at + 2)) >= 0;
    }
}
