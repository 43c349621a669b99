package dev.hermesreaper.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who else could decide what a command of the configuration does: whoever can write its program, or a file it names. Asked
 * each time before it is run.
 */
public final class CommandTrust {

    private CommandTrust() {}

    /**
     * Why {@code command} must not be run; empty if it may be. Every word that is the absolute path of a file is examined,
     * those of a line for the shell too, as far as blanks part them.
     *
     * @param userId the number of the user we run as
     */
    public static List<String> problems(List<String> command, long userId) {
        List<String> problems = new ArrayList<>();
        List<String> words = command.stream()
                .flatMap(it -> Arrays.stream(it.split("\\s+", -1)))
                .toList();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("/")) {
                problems.addAll(problems(words.get(i), userId, i == 0));
            }
        }
        return problems;
    }

    private static List<String> problems(String word, long userId, boolean isProgram) {
        try {
            Path file = Path.of(word);
            if (isProgram && !Files.isExecutable(file)) {
                return List.of(Found.visible(file.toString())
                        + (Files.exists(file) ? ": is not executable" : ": no such file")
                        + "; mend [notify] command");
            }
            return Files.isRegularFile(file) ? FileTrust.problems(file, userId) : List.of();
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (IOException | InvalidPathException e) {
            return List.of(Found.visible(word + ": cannot be looked at: " + e.getMessage()));
        }
    }
}
