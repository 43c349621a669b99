package dev.hermesreaper.agent.config;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The operator's word that nobody is to be signalled for a while.
 *
 * @param by who gave it; empty where that cannot be read
 * @param since when, by the wall clock of then; empty where that cannot be read
 * @param until when it ends, by the wall clock of now; empty where that is not known, and only resuming ends it
 * @param problem why it cannot be read, in words for the operator; empty if it can
 */
public record Pause(Optional<String> by, Optional<Instant> since, Optional<Instant> until, Optional<String> problem) {

    private static final DateTimeFormatter SPOKEN = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** One that was given, and can be read. */
    public static Pause of(String by, Instant since, Instant until) {
        return new Pause(Optional.of(by), Optional.of(since), Optional.of(until), Optional.empty());
    }

    /** One that may have been given: the file of it is there and cannot be believed. */
    public static Pause unreadable(String problem) {
        return new Pause(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(problem));
    }

    /** {@code paused until 2026-11-27 07:41:12 UTC by root}. */
    public String said() {
        return problem.map(why -> "paused until resumed, since it cannot be read for how long: " + why)
                .orElseGet(() -> "paused"
                        + until.map(it -> " until " + SPOKEN.format(it)).orElse(" until resumed")
                        + by.map(who -> " by " + who).orElse(""));
    }
}
