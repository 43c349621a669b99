package dev.hermesreaper.agent.host.oshi;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program that asks launchd. */
@FunctionalInterface
interface Launchctl {

    /** That of this machine. */
    Launchctl OF_THIS_MACHINE = Launchctl::run;

    /** What it prints for {@code words}; empty if it is not there, fails or takes longer than five seconds to end. */
    Optional<List<String>> lines(String... words);

    private static Optional<List<String>> run(String... words) {
        List<String> command = new ArrayList<>(List.of("/bin/launchctl"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                List<String> lines = out.lines().toList();
                boolean isFine = process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
                return isFine ? Optional.of(lines) : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
