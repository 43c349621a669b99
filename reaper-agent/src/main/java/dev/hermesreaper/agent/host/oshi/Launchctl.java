package dev.hermesreaper.agent.host.oshi;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            // A file, not a pipe: nobody has to read while it runs, so nobody waits longer for it than five seconds.
            Path said = Files.createTempFile("hermes-reaper-", ".said");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(said.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                return process.exitValue() == 0
                        ? Optional.of(new String(Files.readAllBytes(said), StandardCharsets.ISO_8859_1)
                                .lines()
                                .toList())
                        : Optional.empty();
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
