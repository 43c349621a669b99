package dev.hermesreaper.agent.record;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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

    /** Said of a session that its user ended; nobody but a user writes these. */
    private static final Set<String> USERS_WORDS = Set.of("tui_close", "cli_close", "session_reset", "profile_deleted");

    /** Said by Hermes when some runtime of a session went away; a resume takes it back. */
    private static final Set<String> HERMES_WORDS = Set.of(
            "agent_close",
            "ws_orphan_reap",
            "ws_disconnect",
            "idle_timeout",
            "lru_evict",
            "startup_orphan_reap",
            "superseded_by_resume",
            "tui_shutdown");

    /** What an end on record means. */
    public enum End {
        /** There is none. */
        NONE,
        /** The user ended the session. */
        BY_USER,
        /** Hermes noticed that nobody was there, and takes it back when somebody comes. */
        BY_HERMES,
        /** The session goes on under another key, or what the word means is not known. */
        OTHER
    }

    /** What its end means, if it has one. */
    public End end() {
        if (endedAt.isEmpty()) {
            return End.NONE;
        }
        String word = endReason.orElse("");
        return USERS_WORDS.contains(word) ? End.BY_USER : HERMES_WORDS.contains(word) ? End.BY_HERMES : End.OTHER;
    }

    /** Whether this session goes on under another key: Hermes compressed it. */
    boolean isCompressed() {
        return endedAt.isPresent() && endReason.filter(COMPRESSION::equals).isPresent();
    }
}
