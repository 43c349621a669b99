package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A short file of {@link SealedLine}s that is replaced as a whole: whoever reads it, or dies writing it, leaves and finds
 * the old content or the new. Lines that are not sound are left out and said.
 */
public final class SealedFile {

    private static final long LONGEST = 8L << 20;

    private final StateDirectory directory;
    private final String name;
    private final int version;

    /**
     * What could be read.
     *
     * @param lines the sound ones, in order
     * @param problem why others are missing, with the file's name, for the operator; empty if all is well, which it also
     *     is if there never was a file
     */
    public record Read(List<String> lines, Optional<String> problem) {
        public Read {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param version what the lines of this version begin with
     */
    public SealedFile(StateDirectory directory, String name, int version) {
        this.directory = directory;
        this.name = name;
        this.version = version;
    }

    /** Reads it and changes nothing. Needs no lock. */
    public Read read() {
        if (!directory.isUsable()) {
            return new Read(List.of(), directory.problem());
        }
        try {
            Optional<String> refusal = directory.refusal(directory.file(name));
            return refusal.isPresent() ? new Read(List.of(), refusal) : sound(text());
        } catch (IOException e) {
            return new Read(
                    List.of(),
                    Optional.of("cannot read %s: %s".formatted(directory.file(name), StateDirectory.why(e))));
        }
    }

    private String text() throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.file(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                InputStream in = Channels.newInputStream(channel)) {
            if (channel.size() > LONGEST) {
                throw new DamagedException("it has " + channel.size() + " bytes, far more than it needs");
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private Read sound(String text) {
        if (text.isEmpty()) {
            return new Read(List.of(), Optional.empty());
        }
        List<String> lines = new ArrayList<>();
        int others = 0;
        for (String line : text.lines().toList()) {
            if (SealedLine.judge(line, version) == SealedLine.Kind.SOUND) {
                lines.add(line);
            } else {
                others++;
            }
        }
        return new Read(
                lines,
                others == 0
                        ? Optional.empty()
                        : Optional.of("%s: %d of %d lines are damaged or of a newer version and were not used"
                                .formatted(directory.file(name), others, others + lines.size())));
    }

    /**
     * Replaces what it holds.
     *
     * @param lock held on this directory
     * @param objects JSON objects to be sealed, a line each
     * @return why it could not be written, e.g. a full disk; what it held before then still stands
     */
    public Optional<String> write(PassLock lock, List<String> objects) {
        lock.requireHeldOn(directory);
        StringBuilder text = new StringBuilder();
        for (String object : objects) {
            text.append(SealedLine.seal(object)).append('\n');
        }
        return new Replacement(directory, name).write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
