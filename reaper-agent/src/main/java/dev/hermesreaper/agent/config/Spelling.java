package dev.hermesreaper.agent.config;

import java.util.Locale;
import java.util.Optional;

/** Which known name somebody probably meant. */
final class Spelling {

    private Spelling() {}

    /** The nearest of the known names, unless even that one is no more like the word than by chance. */
    static Optional<String> nearest(String word, Iterable<String> known) {
        String wanted = plain(word);
        int best = Math.max(2, wanted.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String name : known) {
            int distance = distance(wanted, plain(name));
            if (distance < best) {
                best = distance;
                nearest = Optional.of(name);
            }
        }
        return nearest;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace("\"", "").replace("'", "");
    }

    /** Levenshtein's: the fewest letters to insert, delete or replace. */
    private static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > right.length()) {
            return Integer.MAX_VALUE; // also keeps a hostile, endless name cheap
        }
        int[] row = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[right.length()];
    }
}
