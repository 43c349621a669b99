package dev.hermesreaper.agent.state;

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
 * directory synced. Whoever reads it, or dies writing it, at any moment, leaves and finds the old content or the new. What
 * a power cut may leave of it is for each file to say, because every sync is waited for in every pass.
 *
 * <p>One writer at a time, which is what {@link PassLock} is for: two would share the file written beside it.
 */
final class Replacement {

    private final StateDirectory directory;
    private final Path file;
    private final Path beside;
    private final Survives survives;

    /** What is found after a power cut. */
    private enum Survives {
        /** Whatever the file system makes of it. */
        NOTHING,
        /** The old content or the new, whole. */
        EITHER,
        /** The new content. */
        NEW
    }

    /** Writes the new content, in few large pieces. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    Replacement(StateDirectory directory, String name) {
        this(directory, name, name + ".tmp", Survives.NEW);
    }

    /**
     * For a file that is written without the lock.
     *
     * @param beside a name no other process writes to
     */
    Replacement(StateDirectory directory, String name, String beside) {
        this(directory, name, beside, Survives.NEW);
    }

    /** For a file that is written often and need not survive a power cut. */
    static Replacement unsynced(StateDirectory directory, String name, String beside) {
        return new Replacement(directory, name, beside, Survives.NOTHING);
    }

    /** For a file of which a power cut may take back the last few seconds, but not more. */
    static Replacement ofEither(StateDirectory directory, String name) {
        return new Replacement(directory, name, name + ".tmp", Survives.EITHER);
    }

    private Replacement(StateDirectory directory, String name, String beside, Survives survives) {
        this.directory = directory;
        this.file = directory.file(name);
        this.beside = directory.file(beside);
        this.survives = survives;
    }

    /** The whole of it, made before. */
    private static final class Whole implements Content {

        private final byte[] content;

        Whole(byte[] content) {
            this.content = content;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(content);
        }
    }

    /** Replaces the file, or says why not; what was there before is then untouched. */
    Optional<String> write(byte[] content) {
        return write(new Whole(content));
    }

    /** Replaces the file, or says why not; what was there before is then untouched. */
    Optional<String> write(Content content) {
        try {
            Optional<String> refusal = directory.refusal(file);
            if (refusal.isEmpty()) {
                refusal = clean();
            }
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
            if (survives == Survives.NEW) {
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
            content.writeTo(Channels.newOutputStream(channel));
            if (survives != Survives.NOTHING) {
                channel.force(true);
            }
        }
    }

    /** Removes what a killed writer left; says why not where that is nothing a writer leaves. */
    Optional<String> clean() {
        try {
            if (Inode.at(beside).isEmpty()) {
                return Optional.empty();
            }
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
