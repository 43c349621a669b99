package dev.hermesreaper.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of log lines are those of docs/logs.md: operators search for them. */
class LogWordsTest {

    private static final Pattern EVENT = Pattern.compile("\\.log\\(\\s*\"([^\"]+)\"");
    private static final Pattern LITERAL_KEY = Pattern.compile("addKeyValue\\(\\s*\"([^\"]+)\"");
    private static final Pattern DOCUMENTED_EVENT = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z_]+)` \\|");
    private static final Pattern DOCUMENTED_KEY = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    private static String document() throws IOException {
        return Files.readString(Path.of("../docs/logs.md"));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The source of both modules. */
    private static String source() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("../reaper-agent", "../reaper-daemon")) {
            try (Stream<Path> found = Files.walk(Path.of(module, "src/main/java"))) {
                found.filter(it -> it.toString().endsWith(".java")).forEach(files::add);
            }
        }
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file));
        }
        return text.toString();
    }

    @Test
    void theDocumentNamesEveryKey() throws IOException {
        Set<String> keys = Arrays.stream(Keys.class.getFields())
                .map(LogWordsTest::value)
                .collect(Collectors.toCollection(TreeSet::new));
        keys.addAll(Set.of("event", "message", "time", "level"));

        assertThat(all(DOCUMENTED_KEY, document())).isEqualTo(keys);
    }

    @Test
    void theDocumentNamesEveryEvent() throws IOException {
        Set<String> events = all(EVENT, source());
        events.add("library.message");

        assertThat(all(DOCUMENTED_EVENT, document())).isEqualTo(events);
    }

    @Test
    void noLineHasAKeyThatIsNotInTheTable() throws IOException {
        Set<String> keys =
                Arrays.stream(Keys.class.getFields()).map(LogWordsTest::value).collect(Collectors.toSet());

        assertThat(keys).containsAll(all(LITERAL_KEY, source()));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
