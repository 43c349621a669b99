package dev.hermesreaper.agent.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a maintainer needs to understand a machine, in one zip file, secrets redacted. */
public final class Bundle {

    /** Of a file that grows, so much of its end. */
    private static final int MOST_LINES = 500;

    /** What the kernel says about the machine; nothing of this names a user or a secret. */
    private static final List<String> MACHINE = List.of(
            "/proc/version",
            "/proc/uptime",
            "/proc/meminfo",
            "/proc/loadavg",
            "/proc/self/status",
            "/proc/self/limits",
            "/proc/self/cgroup",
            "/proc/sys/kernel/pid_max",
            "/proc/sys/kernel/yama/ptrace_scope",
            "/etc/os-release");

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Adds a text, redacted. */
    public Bundle add(String name, String text) {
        texts.put(name, Redaction.of(text));
        return this;
    }

    /**
     * Adds the end of a file, redacted; where it cannot be read, that. A link is not followed: the file may lie in another
     * user's directory, and who asks may be root.
     */
    public Bundle addFile(String name, Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return add(name, "is no regular file, and so was not read\n");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            List<String> lines = new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            List<String> last = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
            return add(name, String.join("\n", last) + "\n");
        } catch (IOException unreadable) {
            return add(name, "could not be read: " + unreadable.getClass().getSimpleName() + "\n");
        }
    }

    /** Adds what the kernel says. */
    public Bundle addMachine() {
        StringBuilder all = new StringBuilder();
        Surroundings surroundings = new Surroundings(Path.of("/"));
        for (String file : MACHINE) {
            all.append("== ")
                    .append(file)
                    .append('\n')
                    .append(surroundings.said(file))
                    .append('\n');
        }
        return add("machine.txt", all.toString());
    }

    /**
     * Writes it to a file that must not be there yet, readable by its user alone.
     *
     * @throws IOException if it cannot be written; then there is no such file
     */
    public void writeTo(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                zip.putNextEntry(new ZipEntry("hermes-reaper/" + text.getKey()));
                zip.write(text.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }
}
