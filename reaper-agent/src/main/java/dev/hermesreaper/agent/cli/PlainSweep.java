package dev.hermesreaper.agent.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the few words that cron lines and timers start a sweep with. Getting to know picocli takes half of such a sweep;
 * every other word, and every mistake, is left to it.
 */
final class PlainSweep {

    private static final String DRY_RUN = "--dry-run";
    private static final String QUIET = "--quiet";
    private static final String CONFIG = "--config";
    private static final String STATE_DIRECTORY = "--state-dir";

    private static final List<String> FLAGS = List.of(DRY_RUN, QUIET);
    private static final List<String> FILES = List.of(CONFIG, STATE_DIRECTORY);

    private PlainSweep() {}

    /** The sweep that {@code args} ask for; empty if picocli is to read them. */
    static Optional<SweepCommand> read(Terminal terminal, String... args) {
        if (args.length == 0 || !args[0].equals("sweep")) {
            return Optional.empty();
        }
        Set<String> flags = new HashSet<>();
        Map<String, Path> files = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            String word = args[i];
            if (FILES.contains(word) && i + 1 < args.length && isPlain(args[i + 1])) {
                i++;
                if (files.put(word, Path.of(args[i])) != null) {
                    return Optional.empty();
                }
            } else if (!FLAGS.contains(word) || !flags.add(word)) {
                return Optional.empty();
            }
        }
        RootCommand root = RootCommand.plain(terminal, files.get(CONFIG), files.get(STATE_DIRECTORY));
        return Optional.of(SweepCommand.plain(root, flags.contains(DRY_RUN), flags.contains(QUIET)));
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
