package dev.hermesreaper.agent.state;

import java.io.IOException;

/** A file does not hold what was written to it, or never was ours. The message says what is wrong, nothing else. */
class DamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }

    /** What to call the file when it is set aside. */
    String label() {
        return "corrupt";
    }

    /** The file is sound, and written by a newer version of this program: not ours to guess at. */
    static final class Newer extends DamagedException {

        private static final long serialVersionUID = 1L;

        Newer(String schema) {
            super("a newer version wrote it (" + schema + ")");
        }

        @Override
        String label() {
            return "newer";
        }
    }
}
