package dev.hermesreaper.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plists we ship, against the keys and types of launchd.plist(5) that we use. launchd ignores what it does not know. */
class PlistSchemaTest {

    private static final Path PLISTS = Path.of("..", "launchd");

    private static final Map<String, Predicate<NSObject>> KEYS = Map.ofEntries(
            Map.entry("Label", PlistSchemaTest::text),
            Map.entry("ProgramArguments", PlistSchemaTest::texts),
            Map.entry(
                    "KeepAlive",
                    it -> flag(it)
                            || (it instanceof NSDictionary when
                                    && problems(when, Map.of("SuccessfulExit", PlistSchemaTest::flag))
                                            .isEmpty())),
            Map.entry("RunAtLoad", PlistSchemaTest::flag),
            Map.entry("StartInterval", PlistSchemaTest::number),
            Map.entry("ThrottleInterval", PlistSchemaTest::number),
            Map.entry("ExitTimeOut", PlistSchemaTest::number),
            Map.entry(
                    "ProcessType",
                    it -> text(it)
                            && List.of("Background", "Standard", "Adaptive", "Interactive")
                                    .contains(it.toString())),
            Map.entry("LowPriorityIO", PlistSchemaTest::flag),
            Map.entry("Nice", PlistSchemaTest::number),
            Map.entry("Umask", PlistSchemaTest::number),
            Map.entry("SoftResourceLimits", PlistSchemaTest::limits),
            Map.entry("HardResourceLimits", PlistSchemaTest::limits),
            Map.entry("StandardOutPath", PlistSchemaTest::text),
            Map.entry("StandardErrorPath", PlistSchemaTest::text));

    private static boolean text(NSObject it) {
        return it instanceof NSString;
    }

    private static boolean flag(NSObject it) {
        return it instanceof NSNumber number && number.isBoolean();
    }

    private static boolean number(NSObject it) {
        return it instanceof NSNumber number && number.isInteger() && number.longValue() >= 0;
    }

    private static boolean texts(NSObject it) {
        return it instanceof NSArray array
                && array.count() > 0
                && Stream.of(array.getArray()).allMatch(PlistSchemaTest::text);
    }

    private static boolean limits(NSObject it) {
        return it instanceof NSDictionary limits
                && problems(limits, Map.of("NumberOfFiles", PlistSchemaTest::number))
                        .isEmpty();
    }

    private static List<String> problems(NSDictionary of, Map<String, Predicate<NSObject>> keys) {
        List<String> problems = new ArrayList<>();
        of.forEach((key, value) -> {
            if (!keys.containsKey(key)) {
                problems.add(key + " is no key we know");
            } else if (!keys.get(key).test(value)) {
                problems.add(key + " has a wrong value or type: " + value.toXMLPropertyList());
            }
        });
        return problems;
    }

    private static List<String> problems(String text) throws Exception {
        return problems((NSDictionary) PropertyListParser.parse(text.getBytes(StandardCharsets.UTF_8)), KEYS);
    }

    private static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(PLISTS)) {
            return files.filter(it -> it.toString().endsWith(".plist")).sorted().toList();
        }
    }

    @Test
    void everyPlistHasOnlyKnownKeysOfTheRightType() throws Exception {
        assertThat(shipped()).hasSize(4);
        for (Path file : shipped()) {
            String text = Files.readString(file);

            assertThat(problems(text)).as(file.toString()).isEmpty();
            Plist plist = Plist.parse(file, text.getBytes(StandardCharsets.UTF_8));
            assertThat(plist.label() + ".plist").isEqualTo(file.getFileName().toString());
            assertThat(text)
                    .as("launchd expands neither")
                    .doesNotContain("<string>~")
                    .doesNotContain("<string>$");
        }
    }

    @Test
    void agentsRaiseTheirLimitsAndTheDaemonSetsNone() throws Exception {
        for (Path file : shipped()) {
            boolean isDaemon = file.endsWith("dev.hermesreaper.daemon.plist");
            assertThat(Plist.parse(file, Files.readAllBytes(file))
                            .shortcomings()
                            .isEmpty())
                    .as(file.toString())
                    .isEqualTo(!isDaemon);
            assertThat(Files.readString(file).contains("<key>NumberOfFiles")).isEqualTo(!isDaemon);
        }
    }

    @Test
    void aWrongKeyOrTypeIsFound() throws Exception {
        String good = Files.readString(PLISTS.resolve("dev.hermesreaper.reaper.plist"));

        assertThat(problems(good.replace("ThrottleInterval", "ThrottleIntervall")))
                .hasSize(1);
        assertThat(problems(good.replace("<integer>8192</integer>", "<string>8192</string>")))
                .hasSize(1);
        assertThat(problems(good.replace("NumberOfFiles", "NumberOfFile"))).hasSize(2);
        assertThat(problems(good.replace("<string>Background</string>", "<true/>")))
                .hasSize(1);
        assertThat(problems(good.replace(
                        "<key>RunAtLoad</key>\n\t<true/>", "<key>RunAtLoad</key>\n\t<string>yes</string>")))
                .hasSize(1);
    }
}
