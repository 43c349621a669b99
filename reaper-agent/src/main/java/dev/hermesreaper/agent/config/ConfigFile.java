package dev.hermesreaper.agent.config;

import com.moandjiezana.toml.Toml;
import dev.hermesreaper.agent.config.TomlScan.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One TOML file, read strictly: all its problems are found before any of its values is used.
 *
 * <p>toml4j parses, and nothing else: it drops unknown keys, wraps numbers and turns words into {@code false} when
 * asked to decode, and lets a key without a value vanish. So the text is scanned first and the map is walked here.
 */
final class ConfigFile {

    /** Far above any real configuration; what is larger is some other file. */
    static final int MOST_BYTES = 256 * 1024;

    private final Path path;
    private final List<Fault> faults = new ArrayList<>();
    private final Values values = new Values();

    private ConfigFile(Path path) {
        this.path = path;
    }

    /** Whether something is at this path, be it only a link to nowhere or something that may not be looked at. */
    static boolean isThere(Path path) {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        } catch (IOException e) {
            // ENOTDIR has no exception of its own here: somebody's file stands where a directory would
            return e.getMessage() == null || !e.getMessage().endsWith("Not a directory");
        }
    }

    /**
     * Reads a file that must be there.
     *
     * @param userId the number of the user we run as, who may own the file
     * @throws ConfigException if it cannot be read, could have been written by another user, or says something that is
     *     not understood
     */
    static Values read(Path path, long userId) {
        var file = new ConfigFile(path);
        try {
            file.decode(file.text(userId));
        } catch (NoSuchFileException e) {
            throw file.unreadable("no such file", "write one with: hermes-reaper config init");
        } catch (AccessDeniedException e) {
            throw file.unreadable("permission denied", "let uid " + userId + " read it and enter its directories");
        } catch (IOException e) {
            String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
            throw file.unreadable(String.valueOf(reason), "mend that, or name another file with --config");
        }
        if (!file.faults.isEmpty()) {
            throw new ConfigException(file.faults.stream()
                    .sorted(Comparator.comparingInt(Fault::line))
                    .map(fault -> file.where(fault.line()) + fault.what())
                    .toList());
        }
        return file.values;
    }

    private ConfigException unreadable(String why, String fix) {
        return new ConfigException(where(0) + "cannot be read: " + Found.visible(why) + "; " + fix);
    }

    private String text(long userId) throws IOException {
        // stat(2) never blocks; opening a FIFO would, so that comes after
        if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
            throw new ConfigException(where(0) + "found "
                    + (Files.isDirectory(path) ? "a directory" : "a pipe or device") + ", expected a regular file");
        }
        List<String> distrust = FileTrust.problems(path, userId);
        if (!distrust.isEmpty()) {
            throw new ConfigException(distrust.stream()
                    .map(problem -> "another user could change the configuration, " + problem)
                    .toList());
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new ConfigException(
                    where(0) + "found more than " + SizeText.format(MOST_BYTES) + ", expected a configuration file");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ConfigException(where(0) + "found bytes that are not UTF-8, expected text; save it as UTF-8");
        }
    }

    private void decode(String text) {
        TomlScan scan = TomlScan.of(text);
        faults.addAll(scan.faults());
        if (!scan.isThrough()) {
            return;
        }
        parse(text).forEach((name, value) -> section(name, value, scan.lines()));
        if (faults.isEmpty()) {
            Settings.ALL.values().forEach(setting -> missed(setting, scan.lines()));
        }
    }

    private Map<String, Object> parse(String text) {
        try {
            return new Toml().read(text).toMap();
        } catch (RuntimeException e) { // it throws five kinds, none of them its own
            String message = String.valueOf(e.getMessage());
            // Compiled here, where it is seldom wanted: nothing else at the start needs regular expressions.
            Matcher matcher = Pattern.compile("(?: of [^:]*)? on line (\\d+)").matcher(message);
            int line = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
            String what = matcher.replaceFirst("");
            if (line == 0 && !faults.isEmpty()) {
                return Map.of(); // most likely about what the scan has found
            }
            fault(line, "expected TOML: " + Found.plain(what.replace('\n', ' ').strip()));
            return Map.of();
        }
    }

    private void section(String section, Object value, Map<String, Integer> lines) {
        Set<String> sections = new LinkedHashSet<>();
        Settings.ALL.values().forEach(setting -> sections.add(setting.section()));
        int line = lines.getOrDefault(section, 0);
        if (!sections.contains(section)) {
            String hint = value instanceof Map ? near(section, sections, "[%s]") : belongs(section);
            String what = value instanceof Map ? "unknown section " : "unknown key ";
            fault(
                    line,
                    what + Found.plain(section) + ", expected one of the sections " + String.join(", ", sections)
                            + hint);
        } else if (value instanceof Map<?, ?> table) {
            table.forEach((key, element) -> key(section, (String) key, element, lines));
        } else {
            fault(
                    line,
                    section + ": found " + Found.describe(value) + ", expected the section [" + section
                            + "], once and in single brackets");
        }
    }

    private void key(String section, String key, Object value, Map<String, Integer> lines) {
        int line = lines.getOrDefault(section + "." + key, 0);
        Setting<?> setting = Settings.ALL.get(section + "." + key);
        if (setting == null) {
            List<String> keys = Settings.ALL.values().stream()
                    .filter(known -> known.section().equals(section))
                    .map(Setting::key)
                    .toList();
            String hint = belongs(key);
            fault(
                    line,
                    "unknown key " + Found.plain(key) + " in [" + section + "], expected one of "
                            + String.join(", ", keys) + (hint.isEmpty() ? near(key, keys, "%s") : hint));
            return;
        }
        try {
            values.put(setting, setting.read(value), new Origin(Origin.Kind.FILE, position(line)));
        } catch (IllegalArgumentException e) {
            fault(line, String.valueOf(e.getMessage()));
        }
    }

    /** The net under toml4j: a key that stands in the text and has not arrived here was swallowed in silence. */
    private void missed(Setting<?> setting, Map<String, Integer> lines) {
        int line = lines.getOrDefault(setting.name(), 0);
        if (line > 0 && !values.contains(setting)) {
            fault(
                    line,
                    setting.label() + ": found no value that could be read, expected "
                            + setting.kind().expected());
        }
    }

    /** One fault a line: what the scan found wrong, toml4j and the walk would only find again. */
    private void fault(int line, String what) {
        if (line == 0 || faults.stream().noneMatch(fault -> fault.line() == line)) {
            faults.add(new Fault(line, what));
        }
    }

    private static String belongs(String key) {
        List<String> owners = Settings.ALL.values().stream()
                .filter(setting -> setting.key().equals(key))
                .map(setting -> "[" + setting.section() + "]")
                .toList();
        return owners.isEmpty() ? "" : "; " + key + " belongs in " + String.join(" or ", owners);
    }

    private static String near(String word, Iterable<String> known, String form) {
        Optional<String> nearest = Spelling.nearest(word, known);
        return nearest.map(name -> "; did you mean " + String.format(form, name) + "?")
                .orElse("");
    }

    private String where(int line) {
        return Found.visible(position(line)) + ": ";
    }

    private String position(int line) {
        return line > 0 ? path + ":" + line : path.toString();
    }
}
