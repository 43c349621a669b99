package dev.hermesreaper.agent.state;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads all lines of a {@link Journal}, oldest first, one at a time, and changes nothing. Needs no lock: all files are
 * opened before the first is read, the newest first, so one that is rotated meanwhile is met again under its next number,
 * and not missed.
 */
public class JournalReader {

    private static final int ATTEMPTS = 3;

    /** So often it begins anew because the journal was rotated while its files were opened. */
    private static final int ROTATIONS = 50;

    private final StateDirectory directory;
    private final String name;

    /** Is handed the lines. */
    public interface Lines {

        /** A whole line, byte by byte as characters 0 to 255. */
        void line(String bytes);

        /** One that is too long, or without an end. */
        void broken();
    }

    /**
     * What could be read.
     *
     * @param files how many files were
     * @param problems why others were not, in words for the operator
     */
    public record Read(int files, List<String> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    private record Opened(Path file, FileChannel channel) {}

    /** The journal {@code name} of {@code directory}. */
    public JournalReader(StateDirectory directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Happens before the file with this number is looked for; for tests that rotate in between. */
    void looksFor(int number) {}

    /** Hands over every line. */
    public Read read(Lines lines) {
        if (!directory.isUsable()) {
            return new Read(0, directory.problem().stream().toList());
        }
        List<String> problems = new ArrayList<>();
        Deque<Opened> oldestFirst = new ArrayDeque<>();
        try {
            openAll(oldestFirst, problems);
            for (Opened opened : oldestFirst) {
                read(opened, lines, problems);
            }
            return new Read(oldestFirst.size(), problems);
        } finally {
            oldestFirst.forEach(JournalReader::close);
        }
    }

    /** All files in order: rotated twice meanwhile, a younger one would be met under the number of an older one. */
    private void openAll(Deque<Opened> oldestFirst, List<String> problems) {
        List<Optional<Inode.Key>> newest = newest();
        for (int attempt = 0; ; attempt++) {
            Set<Inode.Key> seen = new HashSet<>();
            for (int number = 0; number <= Journal.HIGHEST_NUMBER; number++) {
                looksFor(number);
                open(file(number), seen, problems).ifPresent(oldestFirst::addFirst);
            }
            List<Optional<Inode.Key>> now = newest();
            if (now.equals(newest) || attempt >= ROTATIONS) {
                return;
            }
            newest = now;
            problems.clear();
            oldestFirst.forEach(JournalReader::close);
            oldestFirst.clear();
        }
    }

    /** The two newest files: while a rotation is under way there is no newest one, in the next as in this. */
    private List<Optional<Inode.Key>> newest() {
        return List.of(key(0), key(1));
    }

    private Path file(int number) {
        return directory.file(number == 0 ? name : name + "." + number);
    }

    private Optional<Inode.Key> key(int number) {
        try {
            return Inode.at(file(number)).map(Inode::key);
        } catch (IOException e) {
            return Optional.empty(); // opening it says why
        }
    }

    private Optional<Opened> open(Path file, Set<Inode.Key> seen, List<String> problems) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Inode.Key> before = Inode.at(file).map(Inode::key);
                if (before.isEmpty()) {
                    return Optional.empty();
                }
                Optional<String> refusal = directory.refusal(file);
                if (refusal.isPresent()) {
                    problems.add(refusal.get());
                    return Optional.empty();
                }
                Opened opened = new Opened(
                        file, FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
                boolean sure = before.equals(Inode.at(file).map(Inode::key));
                if (sure && seen.add(before.get())) {
                    return Optional.of(opened);
                }
                close(opened);
                if (sure) {
                    return Optional.empty();
                }
            }
            problems.add("%s changes faster than it can be opened".formatted(file));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // rotated away; it is met under its next number
        } catch (IOException e) {
            problems.add("cannot read %s: %s".formatted(file, StateDirectory.why(e)));
        }
        return Optional.empty();
    }

    private static void read(Opened opened, Lines lines, List<String> problems) {
        byte[] line = new byte[Journal.LONGEST_LINE];
        try {
            InputStream in = new BufferedInputStream(Channels.newInputStream(opened.channel()), 1 << 16);
            int length = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    if (length < line.length) {
                        line[length] = (byte) next;
                    }
                    length++;
                    continue;
                }
                hand(line, length, lines);
                length = 0;
            }
            if (length > 0) {
                lines.broken();
            }
        } catch (IOException e) {
            problems.add("cannot read %s to its end: %s".formatted(opened.file(), StateDirectory.why(e)));
        }
    }

    private static void hand(byte[] line, int length, Lines lines) {
        if (length > line.length) {
            lines.broken();
        } else {
            lines.line(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        }
    }

    private static void close(Opened opened) {
        try {
            opened.channel().close();
        } catch (IOException e) {
            // It was only read.
        }
    }
}
