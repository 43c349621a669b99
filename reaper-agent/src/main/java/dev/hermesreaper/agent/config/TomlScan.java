package dev.hermesreaper.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a TOML text just far enough to know on which line every key stands, and to find what toml4j 0.7.2 swallows in
 * silence: {@code key =} without a value (the key vanishes, so its default would apply), {@code 007} (read as 7), a
 * missing or doubled comma in an array, {@code 1+2} in one (read as two numbers), control characters, and nearly
 * anything inside an inline table. Inline tables and multi-line strings, which no setting needs, are refused whole.
 * Whatever else is wrong is left for toml4j to find.
 */
final class TomlScan {

    /** Arrays within each other; toml4j descends recursively and would run out of stack. */
    private static final int DEEPEST = 8;

    /** Digits of an integer that surely fits 64 bits; toml4j's complaint about a longer one names neither line nor key. */
    private static final int MOST_DIGITS = 18;

    private final String text;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int at;
    private int line = 1;
    private String section = "";
    private String key = "";
    private boolean isThrough = true;

    private TomlScan(String text) {
        this.text = text;
    }

    static TomlScan of(String text) {
        var scan = new TomlScan(text);
        scan.characters();
        if (scan.faults.isEmpty()) {
            scan.statements();
        } else {
            scan.isThrough = false;
        }
        return scan;
    }

    /** Whether the whole text was scanned, so that toml4j, too, can be trusted to come through it. */
    boolean isThrough() {
        return isThrough;
    }

    /** What is wrong on which line, in the order of the text. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** The line of every section and key, the key with its section: {@code judge}, {@code judge.min_age}. */
    Map<String, Integer> lines() {
        return Map.copyOf(lines);
    }

    private void characters() {
        int number = 1;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '\n') {
                number++;
            } else if (Character.isISOControl(character) && character != '\t' && !isLineEnd(index)) {
                String shown = String.format("U+%04X", (int) character);
                faults.add(new Fault(number, "found the control character " + shown + ", expected text; delete it"));
            }
        }
    }

    private boolean isLineEnd(int index) {
        return text.charAt(index) == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n';
    }

    private void statements() {
        while (skipToText()) {
            if (peek() == '[') {
                header();
            } else {
                assignment();
            }
            skipLine();
        }
    }

    private void header() {
        int start = at;
        while (at < text.length() && peek() != '\n' && peek() != '#') {
            next();
        }
        section = text.substring(start, at).replace('[', ' ').replace(']', ' ').strip();
        lines.putIfAbsent(section, line);
    }

    private void assignment() {
        int start = at;
        while (at < text.length() && peek() != '\n' && peek() != '=') {
            next();
        }
        if (at == text.length() || peek() == '\n') {
            return; // a line without "=" is toml4j's to refuse
        }
        key = text.substring(start, at).strip();
        lines.putIfAbsent(section.isEmpty() ? key : section + "." + key, line);
        next();
        while (at < text.length() && (peek() == ' ' || peek() == '\t')) {
            next();
        }
        if (at == text.length() || peek() == '\n' || peek() == '\r' || peek() == '#') {
            fault("found no value, expected one after \"=\"; write one, or put # before the line for the default");
        } else {
            value(0);
        }
    }

    private void value(int depth) {
        char first = peek();
        if (depth > DEEPEST) {
            stop("found arrays within each other, expected a plain value");
        } else if (first == '"' || first == '\'') {
            string(first);
        } else if (first == '[') {
            array(depth);
        } else if (first == '{') {
            stop("found an inline table, expected a plain value; write a section on a line of its own: [name]");
        } else {
            word(depth > 0);
        }
    }

    private void array(int depth) {
        next();
        boolean hasElement = false;
        while (skipToText() && peek() != ']') {
            if (peek() == ',') {
                if (!hasElement) {
                    fault("found nothing before a comma, expected an element of the array; delete the comma");
                }
                hasElement = false;
                next();
            } else {
                if (hasElement) {
                    fault("found two elements of an array in a row, expected a comma between them");
                }
                value(depth + 1);
                hasElement = true;
            }
        }
        if (at < text.length()) {
            next();
        }
    }

    private void string(char quote) {
        if (text.startsWith(String.valueOf(quote).repeat(3), at)) {
            stop("found a multi-line string, expected one between single quotation marks, on one line");
            return; // toml4j disagrees with the standard about where it would end
        }
        do {
            boolean isEscape = quote == '"' && peek() == '\\';
            next();
            if (isEscape && at < text.length()) {
                escape();
            }
        } while (at < text.length() && peek() != quote && peek() != '\n'); // without an end, toml4j refuses it
        if (at < text.length() && peek() == quote) {
            next();
        }
    }

    /** What follows a backslash; toml4j parses the code of a character as a number, which may have a sign. */
    private void escape() {
        boolean isCode = peek() == 'u' || peek() == 'U';
        next();
        if (isCode && at < text.length() && (peek() == '+' || peek() == '-')) {
            fault("found a sign in the code of a character, expected hexadecimal digits after \\u");
        }
    }

    /** A number, a boolean, a date, or something that is none of them and toml4j's to refuse. */
    private void word(boolean isElement) {
        int start = at;
        do {
            next();
        } while (at < text.length() && " \t\r\n,=[]{}#\"'".indexOf(peek()) < 0);
        String word = text.substring(start, at);
        String digits = word.startsWith("+") || word.startsWith("-") ? word.substring(1) : word;
        boolean isInteger = digits.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '_');
        if (isInteger && digits.length() > 1 && digits.startsWith("0")) {
            fault("found " + Found.cap(word) + ", expected a number without leading zeros");
        } else if (isInteger && digits.length() > MOST_DIGITS) {
            fault("found " + Found.cap(word) + ", expected an integer; this one is too large for any setting");
        } else if (isElement && !isInteger && !word.equals("true") && !word.equals("false")) {
            fault("found " + Found.plain(word) + " in an array, expected a string in quotes or an integer");
        } else if (word.chars().anyMatch(Character::isWhitespace)) {
            fault("found a space that is none of ASCII in " + Found.quote(word) + ", expected a plain value");
        }
    }

    /** Moves on to what is neither space nor comment; false at the end of the text. */
    private boolean skipToText() {
        while (at < text.length()) {
            if (peek() == '#') {
                skipLine();
            } else if (" \t\r\n".indexOf(peek()) >= 0) {
                next();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipLine() {
        while (at < text.length() && peek() != '\n') {
            next();
        }
    }

    private char peek() {
        return text.charAt(at);
    }

    private void next() {
        if (peek() == '\n') {
            line++;
        }
        at++;
    }

    /** Gives up on the rest of the text. */
    private void stop(String what) {
        fault(what);
        at = text.length();
        isThrough = false;
    }

    private void fault(String what) {
        String label = section.isEmpty() ? key : "[" + section + "] " + key;
        faults.add(new Fault(line, Found.plain(label) + ": " + what));
    }

    /** Something wrong, on a line counted from 1. */
    record Fault(int line, String what) {}
}
