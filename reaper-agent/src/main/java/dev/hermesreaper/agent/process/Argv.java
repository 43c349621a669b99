package dev.hermesreaper.agent.process;

import java.util.ArrayList;
import java.util.List;

/**
 * The words a process was started with. Words that could not be read are {@link #UNREADABLE}, which is not the same as a
 * process without any (a kernel thread, a zombie).
 *
 * @param readable false where the kernel refused to show them
 * @param words decoded by {@link RawText}, so that any byte survives
 */
public record Argv(boolean readable, List<String> words) {

    /** Somebody else's, or a process that is exiting: nothing may follow from what is not seen here. */
    public static final Argv UNREADABLE = new Argv(false, List.of());

    public Argv {
        words = List.copyOf(words);
    }

    /** The words of a readable command line. */
    public static Argv of(String... words) {
        return new Argv(true, List.of(words));
    }

    /**
     * Splits {@code /proc/PID/cmdline}: words end with NUL, the last one may lack it where the process rewrote its title.
     *
     * @param bytes the file's bytes; only the first {@code length} count
     * @param length number of valid bytes
     */
    public static Argv parse(byte[] bytes, int length) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                words.add(RawText.decode(bytes, from, i));
                from = i + 1;
            }
        }
        if (from < length) {
            words.add(RawText.decode(bytes, from, length));
        }
        return new Argv(true, words);
    }

    /** Whether there is nothing to go by: unreadable, or no words at all. */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** The first word, or an empty text where there is none. */
    public String command() {
        return words.isEmpty() ? "" : words.get(0);
    }
}
