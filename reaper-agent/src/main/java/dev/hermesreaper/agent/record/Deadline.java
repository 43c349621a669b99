package dev.hermesreaper.agent.record;

/**
 * Whether the asker still waits. The reading thread asks at every step that can take long, and stops when nobody does: so
 * a reading ends in time without reading a clock.
 */
final class Deadline {

    private volatile boolean over;

    /** Says that nobody waits any more. */
    void expire() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** @throws UnreadableException if nobody waits any more */
    void check() throws UnreadableException {
        if (over) {
            throw new UnreadableException("reading took too long");
        }
    }
}
