package dev.hermesreaper.agent.host.linux;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Finds {@code Name: value} lines in files such as {@code /proc/PID/status} and {@code /proc/meminfo}. */
final class Fields {

    private Fields() {}

    /**
     * The first number on the line that begins with {@code name}; empty if there is no such line.
     *
     * <p>The process' own name is on such a line too, but with its newlines escaped by the kernel, so it cannot forge one.
     *
     * @param name the beginning of the line, e.g. {@code "Uid:"}
     */
    static OptionalLong number(ProcFs file, String name) {
        int at = valueOf(file, name);
        byte[] bytes = file.bytes();
        while (at >= 0 && at < file.length() && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        int digits = at;
        long value = 0;
        while (at >= 0 && at < file.length() && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        return at > digits ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** What follows {@code name} on its line; an empty text if there is no such line. */
    static String text(ProcFs file, String name) {
        int at = valueOf(file, name);
        if (at < 0) {
            return "";
        }
        int end = at;
        while (end < file.length() && file.bytes()[end] != '\n') {
            end++;
        }
        return new String(file.bytes(), at, end - at, StandardCharsets.ISO_8859_1).strip();
    }

    /** Whether the file begins with {@code text}, in ASCII. */
    static boolean begins(ProcFs file, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (i >= file.length() || file.bytes()[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the file is {@code word}, in ASCII, and perhaps the end of a line. */
    static boolean is(ProcFs file, String word) {
        int length = file.length();
        int end = length > 0 && file.bytes()[length - 1] == '\n' ? length - 1 : length;
        return end == word.length() && begins(file, word);
    }

    /** Whether more than one word stands on the line that begins with {@code name}. */
    static boolean hasSeveral(ProcFs file, String name) {
        byte[] bytes = file.bytes();
        boolean inWord = false;
        int words = 0;
        for (int i = valueOf(file, name); i >= 0 && i < file.length() && bytes[i] != '\n'; i++) {
            boolean blank = bytes[i] == ' ' || bytes[i] == '\t';
            words += !blank && !inWord ? 1 : 0;
            inWord = !blank;
        }
        return words > 1;
    }

    private static int valueOf(ProcFs file, String name) {
        byte[] bytes = file.bytes();
        int last = file.length() - name.length();
        for (int line = 0; line <= last; ) {
            int i = 0;
            while (i < name.length() && bytes[line + i] == name.charAt(i)) {
                i++;
            }
            if (i == name.length()) {
                return line + i;
            }
            while (line < last && bytes[line] != '\n') {
                line++;
            }
            line++;
        }
        return -1;
    }
}
