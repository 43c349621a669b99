package dev.hermesreaper.agent.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a JSON object apart: texts, whole numbers, truths, lists and objects. Nothing else is ever written, so anything
 * else, and whatever strict JSON is not, is an {@link IllegalArgumentException}.
 */
final class ObjectScanner {

    /** Far beyond what any of ours has, and far from the end of the stack. */
    private static final int DEEPEST = 100;

    /** Ended by a 0, which JSON has nowhere: so a character is looked at without asking whether there is one. */
    private final char[] text;

    private int at;
    private int depth;

    private ObjectScanner(String line) {
        text = new char[line.length() + 1];
        line.getChars(0, line.length(), text, 0);
    }

    /** The object which is all there is in {@code line}. */
    static ObjectLine read(String line) {
        ObjectScanner scanner = new ObjectScanner(line);
        scanner.expect('{');
        ObjectLine object = scanner.object();
        scanner.skipBlanks();
        if (scanner.at != line.length()) {
            throw new IllegalArgumentException("something follows the object");
        }
        return object;
    }

    private ObjectLine object() {
        Map<String, Object> members = new LinkedHashMap<>();
        deeper();
        if (!skips('}')) {
            do {
                expect('"');
                String name = text();
                expect(':');
                members.put(name, value());
            } while (skips(','));
            expect('}');
        }
        depth--;
        return new ObjectLine(members);
    }

    private List<Object> list() {
        List<Object> elements = new ArrayList<>();
        deeper();
        if (!skips(']')) {
            do {
                elements.add(value());
            } while (skips(','));
            expect(']');
        }
        depth--;
        return elements;
    }

    private Object value() {
        skipBlanks();
        char first = text[at];
        if (first == '"') {
            at++;
            return text();
        }
        if (first == '{') {
            at++;
            return object();
        }
        if (first == '[') {
            at++;
            return list();
        }
        if (first == 't') {
            word("true");
            return true;
        }
        if (first == 'f') {
            word("false");
            return false;
        }
        return number();
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (text[at] != word.charAt(i)) {
                throw unlike();
            }
        }
    }

    /** Whole, without zeros that lead. */
    private Long number() {
        int from = at;
        if (text[at] == '-') {
            at++;
        }
        int digits = at;
        while (text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == digits || (text[digits] == '0' && at - digits > 1)) {
            throw unlike();
        }
        return Long.valueOf(new String(text, from, at - from));
    }

    /** The rest of a text, and what ends it. */
    private String text() {
        int from = at;
        while (text[at] != '"' && text[at] != '\\' && text[at] >= ' ') {
            at++;
        }
        if (text[at] == '"') {
            return new String(text, from, at++ - from);
        }
        StringBuilder escaped = new StringBuilder().append(text, from, at - from);
        while (text[at] != '"') {
            if (text[at] < ' ') {
                throw unlike();
            }
            char character = text[at++];
            escaped.append(character == '\\' ? escaped() : character);
        }
        at++;
        return escaped.toString();
    }

    private char escaped() {
        char escape = text[at++];
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'u' -> {
                int number = 0;
                for (int i = 0; i < 4; i++, at++) {
                    int digit = Character.digit(text[at], 16);
                    if (digit < 0 || text[at] > 'f') {
                        throw unlike();
                    }
                    number = number << 4 | digit;
                }
                yield (char) number;
            }
            default -> throw unlike();
        };
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("deeper than anything of ours");
        }
    }

    private void expect(char character) {
        if (!skips(character)) {
            throw unlike();
        }
    }

    private boolean skips(char character) {
        skipBlanks();
        if (text[at] != character) {
            return false;
        }
        at++;
        return true;
    }

    private void skipBlanks() {
        while (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
            at++;
        }
    }

    private IllegalArgumentException unlike() {
        return new IllegalArgumentException("no JSON object that we write, at character " + at);
    }
}
