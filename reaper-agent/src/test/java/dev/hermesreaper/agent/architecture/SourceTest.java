package dev.hermesreaper.agent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that only the source can show: a class file has a {@code catch Throwable} for every try-with-resources. */
class SourceTest {

    private static final Path PROGRAM = Path.of("src/main/java");
    private static final Path CANARIES = Path.of("src/test/java/dev/hermesreaper/agent/architecture/canary");

    private static final Pattern CATCHES_THROWABLE = Pattern.compile("catch \\((final )?([\\w.]+ \\| )*Throwable\\b");
    private static final Pattern UNEXPLAINED_SUPPRESSION = Pattern.compile("@SuppressWarnings\\([^)]*\\)\\s*$");

    @Test
    void nobodyCatchesThrowable() throws IOException {
        assertThat(linesThatMatch(CATCHES_THROWABLE, CANARIES)).isNotEmpty();
        assertThat(linesThatMatch(CATCHES_THROWABLE, PROGRAM)).isEmpty();
    }

    @Test
    void aSuppressedWarningSaysWhy() throws IOException {
        assertThat(linesThatMatch(UNEXPLAINED_SUPPRESSION, CANARIES)).isNotEmpty();
        assertThat(linesThatMatch(UNEXPLAINED_SUPPRESSION, PROGRAM)).isEmpty();
    }

    private static List<String> linesThatMatch(Pattern pattern, Path root) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(it -> it.toString().endsWith(".java"))::iterator) {
                for (String line : Files.readAllLines(file)) {
                    if (pattern.matcher(line).find()) {
                        found.add(file + ": " + line.strip());
                    }
                }
            }
        }
        return found;
    }
}
