package dev.hermesreaper.agent.host.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for a few words in the bytes of a command line, without making anything of them. */
final class Traces {

    private final byte[][] words;

    Traces(List<String> words) {
        List<byte[]> bytes = new ArrayList<>();
        for (String word : words) {
            if (!word.isEmpty()) {
                bytes.add(word.getBytes(StandardCharsets.UTF_8));
            }
        }
        this.words = bytes.toArray(new byte[0][]);
    }

    /** Whether any of the words is in the file read last. */
    boolean areIn(ProcFs file) {
        byte[] bytes = file.bytes();
        int length = file.length();
        for (int i = 0; i < length; i++) {
            for (byte[] word : words) {
                if (bytes[i] == word[0] && i + word.length <= length && isAt(bytes, i, word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether {@code program} is one of the words. */
    boolean name(String program) {
        byte[] bytes = program.getBytes(StandardCharsets.UTF_8);
        return Arrays.stream(words).anyMatch(word -> Arrays.equals(word, bytes));
    }

    private static boolean isAt(byte[] bytes, int at, byte[] word) {
        for (int i = 1; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
