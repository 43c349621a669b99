package dev.hermesreaper.agent.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * An interpreter that can run the stand-ins.
 *
 * @param executable what Python calls itself: behind a version manager's {@code python3}, which is a shell script
 */
record Python(Path executable) {
    private static final String QUESTION = "import sys; sys.version_info >= (3, 8) and print(sys.executable)";
    private static final long ANSWER_TIMEOUT_SECONDS = 20;

    /**
     * The first suitable {@code python3} on PATH.
     *
     * @throws StageException if there is none
     */
    static Python find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "python3"))
                .filter(Files::isExecutable)
                .flatMap(candidate -> ask(candidate).stream())
                .findFirst()
                .orElseThrow(() -> new StageException("the demo needs python3 (3.8 or newer) on PATH; install it with"
                        + " your package manager, such as `apt install python3` or `brew install python`"));
    }

    private static Optional<Python> ask(Path candidate) {
        try {
            Process process = new ProcessBuilder(candidate.toString(), "-c", QUESTION)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!process.waitFor(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
                byte[] answer = process.getInputStream().readAllBytes();
                List<String> lines =
                        new String(answer, StandardCharsets.UTF_8).lines().toList();
                return lines.size() == 1 ? Optional.of(new Python(Path.of(lines.get(0)))) : Optional.empty();
            } finally {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageException("interrupted while looking for python3", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
