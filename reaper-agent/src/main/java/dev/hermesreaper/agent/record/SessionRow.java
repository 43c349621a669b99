package dev.hermesreaper.agent.record;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of Hermes' table {@code sessions}. All times are the wall clock of whoever wrote them.
 *
 * @param key the session's id
 * @param startedAt when it began
 * @param endedAt when it was ended; empty while it is open, and for ever if its runtime died without a word
 * @param endReason Hermes' word for the end, e.g. {@code tui_close}
 * @param lastActivityAt the latest of its start, its messages and its heartbeat column; its end is no activity
 */
public record SessionRow(
        String key, Instant startedAt, Optional<Instant> endedAt, Optional<String> endReason, Instant lastActivityAt) {

    static final String COMPRESSION = "compression";

    /** Whether this session goes on under another key: Hermes compressed it. */
    boolean isCompressed() {
        return endedAt.isPresent() && endReason.filter(COMPRESSION::equals).isPresent();
    }
}
