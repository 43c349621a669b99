package dev.hermesreaper.agent.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One command, run in this JVM, without the configuration that this machine may have. */
record CommandRun(int status, String out, String err) {

    /** @param home where its user is at home */
    static CommandRun of(Path home, Map<String, String> variables, String... words) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HOME", home.toString());
        environment.put("HERMES_REAPER_CONFIG", emptyFile(home).toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = HermesReaper.run(
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        environment),
                words);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Path emptyFile(Path home) {
        try {
            return Files.writeString(home.resolve("empty.toml"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
