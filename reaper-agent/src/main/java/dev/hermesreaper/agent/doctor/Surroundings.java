package dev.hermesreaper.agent.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the files of a Linux machine say about it. What cannot be read is not said. */
final class Surroundings {

    private static final Pattern HIDEPID = Pattern.compile("hidepid=([a-z0-9]+)");
    private static final Pattern PROC = Pattern.compile(" /proc [^\n]* - proc ([^\n]*)");
    private static final Set<String> OTHER_REAPERS = Set.of("devreap", "proc-janitor", "cc-reaper");

    private final Path root;

    /** @param root {@code /}, or a directory that stands for it */
    Surroundings(Path root) {
        this.root = root;
    }

    private Optional<String> text(String file) {
        try (var in = Files.newInputStream(root.resolve(file))) {
            // One read with one large buffer: files below /proc/sys answer no second one.
            byte[] buffer = new byte[1 << 16];
            int length = in.read(buffer);
            return Optional.of(new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** What an absolute path says; empty where it cannot be read. */
    String said(String file) {
        return text(file.substring(1)).orElse("(cannot be read)");
    }

    /** How {@code /proc} hides the processes of other users; empty where it does not. */
    Optional<String> hidepid() {
        Matcher mount = PROC.matcher(text("proc/self/mountinfo").orElse(""));
        Optional<String> options = Optional.empty();
        while (mount.find()) {
            options = Optional.ofNullable(mount.group(1)); // the last mount is the one that is seen
        }
        return options.map(HIDEPID::matcher)
                .filter(Matcher::find)
                .map(it -> it.group(1))
                .filter(it -> !it.equals("0") && !it.equals("off"));
    }

    /** Yama's restriction; 0 where there is none. */
    int ptraceScope() {
        String scope = text("proc/sys/kernel/yama/ptrace_scope").orElse("0").strip();
        return scope.matches("[0-3]") ? Integer.parseInt(scope) : 0;
    }

    /** Whether this process has a capability in force, by its number in {@code linux/capability.h}. */
    boolean may(int capability) {
        return text("proc/self/status")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> line.substring("CapEff:".length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >>> capability & 1) == 1);
    }

    /** How many files this process may have open. */
    Optional<Long> openFilesLimit() {
        return text("proc/self/limits")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.substring("Max open files".length()).strip().split("\\s+", 2)[0])
                .filter(limit -> limit.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .findFirst();
    }

    /** A line of cron that is no comment, and where it stands. */
    record CronLine(String where, String line) {

        /** Whether it does something on a machine with systemd. */
        boolean isInForce() {
            return !line.contains("[ -d /run/systemd/system ] ||");
        }
    }

    /** All of them that this user may read, besides {@code own}, the user's crontab. */
    List<CronLine> cronLines(String own) {
        List<CronLine> lines = new ArrayList<>();
        add(lines, "crontab -l", own);
        for (String place : List.of("etc/crontab", "etc/cron.d", "var/spool/cron/crontabs")) {
            Path path = root.resolve(place);
            try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
                files.filter(Files::isRegularFile)
                        .sorted()
                        .forEach(file -> add(
                                lines,
                                "/" + root.relativize(file),
                                text(root.relativize(file).toString()).orElse("")));
            } catch (IOException unreadable) {
                // Another user's, or not there: what is not ours to read is not ours to judge.
            }
        }
        return lines;
    }

    private static void add(List<CronLine> lines, String where, String text) {
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> lines.add(new CronLine(where, line)));
    }

    /** Other programs that end processes of agents, as "NAME (PID)". */
    List<String> otherReapers() {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(root.resolve("proc"))) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                String pid = String.valueOf(process.getFileName());
                String name = pid.matches("[0-9]+")
                        ? text("proc/" + pid + "/comm").orElse("").strip()
                        : "";
                if (OTHER_REAPERS.contains(name)) {
                    found.add(name + " (" + pid + ")");
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return found;
    }
}
