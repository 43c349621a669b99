package dev.hermesreaper.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where an answer goes: the terminal, or a file that is there completely or not at all. */
final class Answer {

    private final Terminal terminal;
    private final Optional<Path> file;

    Answer(Terminal terminal, Optional<Path> file) {
        this.terminal = terminal;
        this.file = file.map(Path::toAbsolutePath);
    }

    /**
     * Gives it.
     *
     * @throws UnwritableException if the file cannot be written; whatever was there before still is
     */
    void give(String text) {
        String ended = text.endsWith("\n") ? text : text + "\n";
        if (file.isEmpty()) {
            terminal.out().print(ended);
            terminal.out().flush();
            return;
        }
        Path target = file.get();
        Path beside = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.writeString(beside, ended, StandardCharsets.UTF_8);
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            discard(beside);
            throw new UnwritableException(
                    "cannot write " + target + " (" + failure.getClass().getSimpleName()
                            + "); name a file in a directory that is there and that you may write to",
                    failure);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException alsoFailed) {
            // Nothing was written where the answer belongs; that is what the caller is told.
        }
    }
}
