package dev.hermesreaper.agent.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The few words that units, plists and cron lines say: flags, and options whose value is an absolute path and the next
 * word, each at most once. Whatever else is said, every mistake included, is for picocli to understand, which takes half of a
 * cold sweep and some memory of the service to get to know.
 *
 * @param flags those that were said
 * @param files the values of the options that were said
 */
public record PlainWords(Set<String> flags, Map<String, Path> files) {

    public PlainWords {
        flags = Set.copyOf(flags);
        files = Map.copyOf(files);
    }

    /**
     * Reads {@code words}.
     *
     * @param flags all there are
     * @param options all there are
     * @return empty if anything else is among them
     */
    public static Optional<PlainWords> read(Set<String> flags, Set<String> options, List<String> words) {
        Set<String> said = new HashSet<>();
        Map<String, Path> files = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (options.contains(word) && i + 1 < words.size() && isPlain(words.get(i + 1))) {
                i++;
                if (files.put(word, Path.of(words.get(i))) != null) {
                    return Optional.empty();
                }
            } else if (!flags.contains(word) || !said.add(word)) {
                return Optional.empty();
            }
        }
        return Optional.of(new PlainWords(said, files));
    }

    /** An absolute path, and one that can be written in the encoding of this machine. */
    private static boolean isPlain(String path) {
        try {
            return path.startsWith("/") && Path.of(path).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
