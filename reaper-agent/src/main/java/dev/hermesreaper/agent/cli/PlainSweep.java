package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.PlainWords;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the words that cron lines and timers start a sweep with, without picocli. */
final class PlainSweep {

    private static final String DRY_RUN = "--dry-run";
    private static final String QUIET = "--quiet";
    private static final String CONFIG = "--config";
    private static final String STATE_DIRECTORY = "--state-dir";

    private PlainSweep() {}

    /** The sweep that {@code args} ask for; empty if picocli is to read them. */
    static Optional<SweepCommand> read(Terminal terminal, String... args) {
        if (args.length == 0 || !args[0].equals("sweep")) {
            return Optional.empty();
        }
        List<String> words = List.of(args).subList(1, args.length);
        Optional<PlainWords> read = PlainWords.read(Set.of(DRY_RUN, QUIET), Set.of(CONFIG, STATE_DIRECTORY), words);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        PlainWords said = read.get();
        RootCommand root = RootCommand.plain(
                terminal, said.files().get(CONFIG), said.files().get(STATE_DIRECTORY));
        return Optional.of(SweepCommand.plain(
                root, said.flags().contains(DRY_RUN), said.flags().contains(QUIET)));
    }
}
