package dev.hermesreaper.agent.record;

/**
 * A claim on a session that holds now: somebody says it is in use.
 *
 * @param kind which record says so
 * @param key the session it names: the one asked for, or another of its compression chain
 * @param holder who holds it, in Hermes' own words
 * @param source the file or table it stands in
 */
public record Lease(Kind kind, String key, String holder, String source) {

    /** Which record a lease stands in. */
    public enum Kind {
        /** An entry of {@code runtime/active_sessions.json} whose process lives. */
        ACTIVE_SESSION,
        /** A row of {@code session_turn_leases} that has not expired: a turn is under way. */
        TURN
    }
}
