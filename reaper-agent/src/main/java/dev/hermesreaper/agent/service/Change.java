package dev.hermesreaper.agent.service;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** One file as it is to be. No record, since those compare arrays by identity. */
public final class Change {

    private final Path file;
    private final Optional<byte[]> before;
    private final byte[] after;
    private final String shownBefore;
    private final String shownAfter;

    /**
     * @param before its bytes now; empty if there is none
     * @param after its bytes then
     * @param shownBefore the text that stands for {@code before}, which may be binary
     * @param shownAfter the text that stands for {@code after}
     */
    Change(Path file, Optional<byte[]> before, byte[] after, String shownBefore, String shownAfter) {
        this.file = file;
        this.before = before;
        this.after = after.clone();
        this.shownBefore = shownBefore;
        this.shownAfter = shownAfter;
    }

    static Change of(Path file, Optional<byte[]> before, String after) {
        String shown =
                before.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
        return new Change(file, before, after.getBytes(StandardCharsets.UTF_8), shown, after);
    }

    public Path file() {
        return file;
    }

    Optional<byte[]> before() {
        return before;
    }

    byte[] after() {
        return after.clone();
    }

    /** Whether the file is so already. */
    public boolean isNothing() {
        return before.filter(bytes -> Arrays.equals(bytes, after)).isPresent();
    }

    /** What differs, line by line: {@code +} comes, {@code -} goes. */
    public String diff() {
        return file + "\n"
                + Diff.between(shownBefore.lines().toList(), shownAfter.lines().toList());
    }
}
