package dev.hermesreaper.agent.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A copy of {@code state.db} and its write-ahead log in a directory of our own, as they were at one moment. SQLite leaves
 * {@code -wal} and {@code -shm} behind even where it opens a database read-only, so it is never let near the original.
 *
 * <p>A copy counts if nothing happened to the original meanwhile: the same files before and after, the database unchanged
 * in size, times and header (whose change counter moves with every transaction outside a log), and no transaction under way
 * in a rollback journal. The log alone may have grown: its frames are chained by checksums, so SQLite ends at the last whole
 * transaction of the copy. A log that was begun anew has another header.
 */
final class PrivateCopy {

    /**
     * The most of database and log together. Hermes' own databases are tens of megabytes; at half a gigabyte a copy
     * costs seconds, and would fill a small machine's {@code /tmp}.
     */
    static final long LARGEST_BYTES = 512L << 20;

    static final String DATABASE = "state.db";
    static final String LOG = DATABASE + "-wal";

    private static final String JOURNAL = DATABASE + "-journal";
    private static final int ATTEMPTS = 4;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int DATABASE_HEADER_BYTES = 100;
    private static final int LOG_HEADER_BYTES = 32;

    private final HomeFiles home;
    private final Path into;
    private final Deadline deadline;

    PrivateCopy(HomeFiles home, Path into, Deadline deadline) {
        this.home = home;
        this.into = into;
        this.deadline = deadline;
    }

    /** What the original looks like, its content aside. */
    record Shape(FileStamp database, Optional<FileStamp> log) {

        long bytes() {
            return database.size() + log.map(FileStamp::size).orElse(0L);
        }
    }

    private record Heads(ByteBuffer database, ByteBuffer log) {}

    /** How the original looks now. */
    static Shape shape(HomeFiles home) throws UnreadableException {
        FileStamp database =
                home.stamp(DATABASE).orElseThrow(() -> new UnreadableException("there is no " + home.path(DATABASE)));
        return new Shape(database, home.stamp(LOG).filter(log -> log.size() >= LOG_HEADER_BYTES));
    }

    /**
     * Copies database and log.
     *
     * @return how the original looked if nothing at all has happened to it; empty if its log grew meanwhile
     * @throws UnreadableException if it is too large, keeps changing, or the deadline is over
     */
    Optional<Shape> take() throws UnreadableException {
        String because = "kept changing while it was copied";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            deadline.check();
            Shape before = shape(home);
            requireRoom(before);
            Heads heads = heads(before);
            if (isJournalHot()) {
                because = "has a transaction under way in its journal, or one that died";
                continue;
            }
            copy(DATABASE, before.database().size());
            copyLog(before);
            Shape after = shape(home);
            if (hasHeld(before, after) && heads.equals(heads(after)) && !isJournalHot()) {
                return before.equals(after) ? Optional.of(before) : Optional.empty();
            }
        }
        throw new UnreadableException(home.path(DATABASE) + " " + because);
    }

    private static boolean hasHeld(Shape before, Shape after) {
        return before.database().equals(after.database())
                && before.log().map(FileStamp::inode).equals(after.log().map(FileStamp::inode))
                && before.bytes() <= after.bytes();
    }

    private Heads heads(Shape of) throws UnreadableException {
        ByteBuffer log = of.log().isPresent() ? home.head(LOG, LOG_HEADER_BYTES) : ByteBuffer.allocate(0);
        return new Heads(home.head(DATABASE, DATABASE_HEADER_BYTES), log);
    }

    /** A rollback journal with a header belongs to a transaction under way, or to one that died. */
    private boolean isJournalHot() throws UnreadableException {
        Optional<FileStamp> journal = home.stamp(JOURNAL);
        if (journal.isEmpty() || journal.get().size() == 0) {
            return false;
        }
        try {
            ByteBuffer head = home.head(JOURNAL, 1);
            return head.hasRemaining() && head.get() != 0;
        } catch (UnreadableException e) {
            if (home.stamp(JOURNAL).isEmpty()) {
                return true; // its transaction ended this very moment: look again
            }
            throw e;
        }
    }

    private void requireRoom(Shape of) throws UnreadableException {
        if (of.bytes() > LARGEST_BYTES) {
            throw new UnreadableException("%s and its log are %d MiB large, more than the %d MiB that are read"
                    .formatted(home.path(DATABASE), of.bytes() >> 20, LARGEST_BYTES >> 20));
        }
        try {
            if (Files.getFileStore(into).getUsableSpace() / 2 < of.bytes()) {
                throw new UnreadableException("no room for a copy of %s in %s".formatted(home.path(DATABASE), into));
            }
        } catch (IOException e) {
            throw new UnreadableException("cannot tell the room in %s: %s".formatted(into, HomeFiles.why(e)));
        }
    }

    private void copyLog(Shape of) throws UnreadableException {
        if (of.log().isPresent()) {
            copy(LOG, LARGEST_BYTES - of.database().size());
            return;
        }
        try {
            Files.deleteIfExists(into.resolve(LOG)); // of an earlier attempt
        } catch (IOException e) {
            throw new UnreadableException("cannot remove %s: %s".formatted(into.resolve(LOG), HomeFiles.why(e)));
        }
    }

    private void copy(String name, long atMost) throws UnreadableException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        long left = atMost;
        try (SeekableByteChannel from = home.open(name);
                FileChannel to = FileChannel.open(
                        into.resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (left > 0 && from.read(chunk.clear().limit((int) Math.min(left, CHUNK_BYTES))) > 0) {
                deadline.check();
                left -= chunk.flip().remaining();
                while (chunk.hasRemaining()) {
                    to.write(chunk);
                }
            }
        } catch (IOException e) {
            throw new UnreadableException("cannot copy %s: %s".formatted(home.path(name), HomeFiles.why(e)));
        }
    }
}
