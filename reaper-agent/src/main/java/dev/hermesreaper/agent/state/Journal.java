package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A file of the state directory that grows by whole lines and is rotated when it is full: {@code NAME} becomes {@code
 * NAME.1}, that {@code NAME.2}, and so on. A line is one {@code write(2)} with {@code O_APPEND}; one that could not be
 * written whole is taken back, and one that a killed writer left unfinished ends where the next begins.
 *
 * <p>The file is opened and examined for every line: the directory may be removed, or something planted, while a pass
 * runs. One writer at a time, the holder of the pass's lock.
 */
public final class Journal {

    /** Rotated files are numbered up to here. */
    static final int HIGHEST_NUMBER = 100;

    /** Bytes of a line without its end; a reader passes over what is longer. */
    public static final int LONGEST_LINE = 1 << 14;

    private static final Set<OpenOption> APPEND =
            Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final StateDirectory directory;
    private final PassLock lock;
    private final String name;
    private final Limits limits;
    private final Path file;

    /**
     * When to rotate.
     *
     * @param maxSizeBytes a line that would make the file longer begins a new one
     * @param keep how many rotated files are kept; with none, a full file is dropped
     */
    public record Limits(long maxSizeBytes, int keep) {
        public Limits {
            if (maxSizeBytes <= 0 || keep < 0 || keep > HIGHEST_NUMBER) {
                throw new IllegalArgumentException("maxSizeBytes " + maxSizeBytes + ", keep " + keep);
            }
        }
    }

    /**
     * @param lock held on {@code directory} whenever something is appended
     */
    public Journal(StateDirectory directory, PassLock lock, String name, Limits limits) {
        this.directory = directory;
        this.lock = lock;
        this.name = name;
        this.limits = limits;
        this.file = directory.file(name);
    }

    /**
     * Appends one line. An interruption is left for the caller to notice, and loses no line.
     *
     * @param line ASCII, without a line end, at most {@link #LONGEST_LINE}
     * @param durable whether it must have reached the disk on return
     * @return what went wrong, e.g. a full disk, in words for the operator; empty if all is well
     */
    public Optional<String> append(String line, boolean durable) {
        lock.requireHeldOn(directory);
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return attempt(line, durable);
                } catch (ClosedByInterruptException e) {
                    // Channels give up at an interruption. Once more: the line may stand there twice then.
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<String> attempt(String line, boolean durable) throws ClosedByInterruptException {
        try {
            Optional<String> refusal = directory.refusal(file);
            if (refusal.isPresent()) {
                return refusal;
            }
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
            Optional<String> unrotated =
                    size() > 0 && size() + bytes.length > limits.maxSizeBytes() ? rotate() : none();
            write(bytes, durable);
            return unrotated;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return Optional.of("cannot write %s: %s".formatted(file, StateDirectory.why(e)));
        }
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private long size() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void write(byte[] line, boolean durable) throws IOException {
        boolean unfinished = endsUnfinished();
        long before;
        try (FileChannel channel = FileChannel.open(file, APPEND, StateDirectory.PRIVATE_FILE)) {
            before = channel.size();
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
            if (unfinished) {
                bytes.put((byte) '\n');
            }
            write(channel, bytes.put(line).flip(), before);
            if (durable) {
                channel.force(false);
            }
        }
        if (durable && before == 0) {
            directory.sync();
        }
    }

    /** Writes all of {@code bytes}, or nothing: on a full disk the beginning of a line may fit. */
    private static void write(FileChannel channel, ByteBuffer bytes, long before) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    /** Whether a killed writer left the beginning of a line. */
    private boolean endsUnfinished() throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * The last whole line, byte by byte as characters 0 to 255, without reading what stands before it; empty where there is
     * none, or it cannot be read.
     */
    public Optional<String> last() {
        try {
            if (directory.refusal(file).isPresent()) {
                return Optional.empty();
            }
            try (FileChannel channel = FileChannel.open(file, READ)) {
                ByteBuffer tail = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST_LINE + 2L));
                while (tail.hasRemaining() && channel.read(tail, channel.size() - tail.remaining()) > 0) {
                    // until the end
                }
                return lastLine(new String(tail.array(), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> lastLine(String tail) {
        int end = tail.lastIndexOf('\n');
        return end <= 0 ? Optional.empty() : Optional.of(tail.substring(tail.lastIndexOf('\n', end - 1) + 1, end));
    }

    /**
     * Makes room at number 1, from the top down, so that a crash in between loses nothing: it leaves a number unused, and
     * the next rotation fills it. Says why where it cannot; the file then grows on.
     */
    private Optional<String> rotate() {
        try {
            int free = 1;
            while (free <= limits.keep() && Inode.at(numbered(free)).isPresent()) {
                free++;
            }
            int last = Math.min(free, limits.keep());
            for (int number = 1; number <= last; number++) {
                Optional<String> refusal = directory.refusal(numbered(number));
                if (refusal.isPresent()) {
                    return refusal.map(why -> file + " is full and cannot be rotated: " + why);
                }
            }
            for (int number = last; number > 0; number--) {
                Path from = number == 1 ? file : numbered(number - 1);
                Files.move(from, numbered(number), StandardCopyOption.ATOMIC_MOVE);
            }
            dropAbove();
            directory.sync();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("%s is full and cannot be rotated: %s".formatted(file, StateDirectory.why(e)));
        }
    }

    /** Removes what is beyond the number to be kept, which may have been larger once. */
    private void dropAbove() throws IOException {
        if (limits.keep() == 0) {
            Files.deleteIfExists(file);
        }
        for (int number = limits.keep() + 1; number <= HIGHEST_NUMBER; number++) {
            if (directory.refusal(numbered(number)).isEmpty()) {
                Files.deleteIfExists(numbered(number));
            }
        }
    }

    private Path numbered(int number) {
        return directory.file(name + "." + number);
    }
}
