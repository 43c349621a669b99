package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells one content of a file from another without reading it: file system, inode, size and both times, as {@code stat(2)}
 * shows them. A file that is replaced as a whole gets another mark each time.
 *
 * @param facts those of the file; empty where there is none, or it may not be asked
 */
public record Mark(Map<String, Object> facts) {

    private static final String ASKED = "unix:dev,ino,size,lastModifiedTime,ctime";

    public Mark {
        facts = Map.copyOf(facts);
    }

    /** Spelled out: what a record brings along is put together when it is first asked, at half the cost of a look. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mark mark && facts.equals(mark.facts);
    }

    @Override
    public int hashCode() {
        return facts.hashCode();
    }

    /** The mark of {@code file} itself, a symbolic link not followed. */
    public static Mark of(Path file) {
        return of(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The mark of what {@code file} leads to. */
    public static Mark ofTarget(Path file) {
        return of(file, new LinkOption[0]);
    }

    private static Mark of(Path file, LinkOption... options) {
        try {
            return new Mark(Files.readAttributes(file, ASKED, options));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return new Mark(Map.of());
        }
    }
}
