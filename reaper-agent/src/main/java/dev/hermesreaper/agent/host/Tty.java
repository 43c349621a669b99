package dev.hermesreaper.agent.host;

import java.util.Optional;

/** The terminal this program talks to, as far as more is asked of it than to take text. */
public interface Tty {

    /**
     * How large a screen is.
     *
     * @param columns characters of a line
     * @param rows lines
     */
    record Size(int columns, int rows) {}

    /** Its size now ({@code TIOCGWINSZ}); empty where it cannot be told. */
    Optional<Size> size();

    /** From now on each key is given at once, and not shown. Ctrl-C goes on to end the program. */
    boolean takeKeys();

    /** As it was before {@link #takeKeys}. */
    void restore();
}
