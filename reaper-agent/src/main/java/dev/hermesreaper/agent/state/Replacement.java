package dev.hermesreaper.agent.state;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces one file of the state directory as a whole: written beside it, synced, renamed over it ({@code rename(2)}), the
 * directory synced. Whoever reads it, or dies writing it, at any moment, leaves and finds the old content or the new.
 *
 * <p>One writer at a time, which is what {@link PassLock} is for: two would share the file written beside it.
 */
final class Replacement {

    private final StateDirectory directory;
    private final Path file;
    private final Path beside;
    private final boolean synced;

    /** Writes the new content. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    Replacement(StateDirectory directory, String name) {
        this(directory, name, name + ".tmp", true);
    }

    /**
     * For a file that is written without the lock.
     *
     * @param beside a name no other process writes to
     */
    Replacement(StateDirectory directory, String name, String beside) {
        this(directory, name, beside, true);
    }

    /** For a file that is written often and need not survive a power cut. */
    static Replacement unsynced(StateDirectory directory, String name, String beside) {
        return new Replacement(directory, name, beside, false);
    }

    private Replacement(StateDirectory directory, String name, String beside, boolean synced) {
        this.directory = directory;
        this.file = directory.file(name);
        this.beside = directory.file(beside);
        this.synced = synced;
    }

    /** Replaces the file, or says why not; what was there before is then untouched. */
    Optional<String> write(Content content) {
        try {
            Optional<String> refusal = directory.refusal(file).or(this::clean);
            if (refusal.isPresent()) {
                return refusal;
            }
            try {
                writeBeside(content);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.deleteIfExists(beside);
                throw e;
            }
            if (synced) {
                directory.sync();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot write " + file + ": " + StateDirectory.why(e));
        }
    }

    private void writeBeside(Content content) throws IOException {
        Set<OpenOption> options =
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(beside, options, StateDirectory.PRIVATE_FILE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 13);
            content.writeTo(out);
            out.flush();
            if (synced) {
                channel.force(true);
            }
        }
    }

    /** Removes what a killed writer left; says why not where that is nothing a writer leaves. */
    Optional<String> clean() {
        try {
            Optional<String> refusal = directory.refusal(beside);
            if (refusal.isEmpty()) {
                Files.deleteIfExists(beside);
            }
            return refusal;
        } catch (IOException e) {
            return Optional.of("cannot remove " + beside + ": " + StateDirectory.why(e));
        }
    }
}
