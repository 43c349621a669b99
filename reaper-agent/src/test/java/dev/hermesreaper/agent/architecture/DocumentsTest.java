package dev.hermesreaper.agent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of this program's parts is so. */
class DocumentsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|.*\\| (.+) \\|$");
    private static final Pattern WORD = Pattern.compile("`([a-z.]+)`");
    private static final Pattern NAMED_TEST =
            Pattern.compile("\\b([A-Z]\\w+(?:IT|Test|Contract))\\.([a-z]\\w+)(…?)", Pattern.UNICODE_CHARACTER_CLASS);

    @Test
    void theTableOfPackagesIsThatOfTheArrows() throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        for (MatchResult row : found(ROW, Files.readString(Path.of("../docs/architecture.md")))) {
            written.put(row.group(1), packagesIn(row.group(1), row.group(2)));
        }

        assertThat(written).isEqualTo(new TreeMap<>(Arrows.ALLOWED));
    }

    private static Set<String> packagesIn(String of, String column) {
        Set<String> named = found(WORD, column).stream()
                .map(it -> it.group(1))
                .filter(Arrows.ALLOWED::containsKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!column.startsWith("everything but")) {
            return named;
        }
        Set<String> others = new TreeSet<>(Arrows.ALLOWED.keySet());
        others.removeAll(named);
        others.remove(of);
        return others;
    }

    @Test
    void everyTestThatADocumentNamesIsThere() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (Path file : below("../reaper-agent/src/test/java", "../reaper-daemon/src/test/java")) {
            tests.merge(file.getFileName().toString(), Files.readString(file), String::concat);
        }
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : below("../docs", "../README.md", "../CONTRIBUTING.md")) {
            for (MatchResult it : found(NAMED_TEST, Files.readString(document))) {
                named++;
                String method = " " + it.group(2) + (it.group(3).isEmpty() ? "(" : "");
                if (!tests.getOrDefault(it.group(1) + ".java", "").contains(method)) {
                    missing.add(document + ": " + it.group());
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).as("names found at all").isGreaterThan(10);
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    /** All documents and sources there. */
    private static List<Path> below(String... places) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : places) {
            try (Stream<Path> all = Files.walk(Path.of(place))) {
                all.filter(it -> it.toString().endsWith(".md") || it.toString().endsWith(".java"))
                        .forEach(files::add);
            }
        }
        return files;
    }
}
