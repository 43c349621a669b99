package dev.hermesreaper.agent.process;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text as the kernel keeps it: bytes of no particular encoding. Decoding keeps every byte apart (as Python's
 * {@code surrogateescape}, PEP 383, does), so two names are equal only if their bytes are; printing makes any of it
 * harmless to a terminal, a log line or a table.
 */
public final class RawText {

    private static final char ESCAPED_BYTE = 0xDC00;
    private static final int PRINTED_AT_MOST = 200;

    private RawText() {}

    /** Decodes UTF-8; a byte {@code b} that is none becomes the lone surrogate U+DC00 + b. */
    public static String decode(byte[] bytes, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = bytes[i] >= 0;
        }
        if (ascii) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPED_BYTE + (in.get() & 0xFF)));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    /** One line, at most 200 characters, without control, format or undecodable characters: those are shown as escapes. */
    public static String printable(String text) {
        return printable(text, PRINTED_AT_MOST);
    }

    /** As {@link #printable(String)}, cut after {@code atMost} characters with an ellipsis. */
    public static String printable(String text, int atMost) {
        if (text.length() <= atMost && isPlain(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), atMost) + 8);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            String shown = shown(point);
            if (line.length() + shown.length() > atMost) {
                return line.append('…').toString();
            }
            line.append(shown);
        }
        return line.toString();
    }

    /** Whether it is shown as it stands, as nearly all of it is: ASCII without control characters and backslashes. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~' || character == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The first {@code atMost} characters, with an ellipsis where there are more. */
    public static String cut(String text, int atMost) {
        return text.length() <= atMost
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, atMost))) + '…';
    }

    /** Whether {@code text} does nothing to a terminal, a log line or a table as it stands. */
    public static boolean isPrintable(String text) {
        return text.codePoints().allMatch(RawText::isHarmless);
    }

    private static String shown(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default -> isHarmless(point) ? Character.toString(point) : escaped(point);
        };
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escaped(int point) {
        if (point >= ESCAPED_BYTE + 0x80 && point <= ESCAPED_BYTE + 0xFF) {
            return "\\x%02x".formatted(point - ESCAPED_BYTE);
        }
        return point < 0x100 ? "\\x%02x".formatted(point) : "\\u{%x}".formatted(point);
    }
}
