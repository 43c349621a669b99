package dev.hermesreaper.agent.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code systemctl}, {@code launchctl} and their like. Tests hand in another. */
@FunctionalInterface
public interface Programs {

    /**
     * Runs one to its end.
     *
     * @return what it said; status 127 if it is not there, 124 if it took longer than a minute and was ended
     */
    Answer run(List<String> words);

    /**
     * What a program said.
     *
     * @param out standard output, and standard error after it
     */
    record Answer(int status, String out) {

        boolean isFine() {
            return status == 0;
        }

        /** What it said, line by line; nothing if it failed. */
        public List<String> lines() {
            return isFine() ? out.lines().toList() : List.of();
        }

        /** The last thing it said, which is usually what went wrong. */
        String lastLine() {
            String text = out.strip();
            return text.substring(text.lastIndexOf('\n') + 1);
        }
    }

    /** Those of this machine, with {@code environment} on top of ours; English, so that it can be read. */
    static Programs ofThisMachine(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("LC_ALL", "C.UTF-8");
        return words -> {
            try {
                // A file, not a pipe: nobody has to read while it runs.
                Path said = Files.createTempFile("hermes-reaper-", ".said");
                try {
                    ProcessBuilder builder = new ProcessBuilder(words);
                    builder.environment().putAll(all);
                    builder.redirectErrorStream(true);
                    builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
                    builder.redirectOutput(said.toFile());
                    Process process = builder.start();
                    if (!process.waitFor(1, TimeUnit.MINUTES)) {
                        process.destroyForcibly();
                        return new Answer(124, words.get(0) + " did not answer for a minute");
                    }
                    return new Answer(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
                } finally {
                    Files.deleteIfExists(said);
                }
            } catch (IOException missing) {
                return new Answer(127, words.get(0) + " cannot be run: " + missing.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer(130, "interrupted");
            }
        };
    }
}
