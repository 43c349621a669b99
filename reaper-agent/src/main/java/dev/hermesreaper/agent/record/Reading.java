package dev.hermesreaper.agent.record;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one reading of one home brought.
 *
 * @param content of its database, empty where it could not be read
 * @param cached the same, to be used again while the files look the same; empty where that would not be safe
 * @param claims entries of its lease file
 * @param problems why something is missing
 */
record Reading(
        Optional<Content> content, Optional<Cached> cached, List<ActiveSessions.Claim> claims, List<String> problems) {

    /**
     * Times of files move in steps of up to 10 ms (the kernel's tick). Only after that is a file sure to look different
     * once it is written again.
     */
    private static final Duration SETTLED = Duration.ofMillis(100);

    /** How many keys are read again because earlier questions asked for them. */
    private static final int MOST_KEYS = 1_000;

    /** A content, and how the files looked that it is the content of. */
    record Cached(PrivateCopy.Shape shape, Content content) {

        boolean answers(PrivateCopy.Shape now, Set<String> keys) {
            return shape.equals(now) && content.lineages().keySet().containsAll(keys);
        }
    }

    /** Reads a home. Blocks for as long as its file system does. */
    static Reading of(RecordQuestion question, Path scratch, Optional<Cached> earlier, Deadline deadline) {
        try (HomeFiles home = HomeFiles.open(question.home(), question.ownerUid())) {
            Reading leases = leases(home);
            try {
                return leases.with(database(home, question, scratch, earlier, deadline));
            } catch (UnreadableException e) {
                return leases.with(e.why());
            }
        } catch (UnreadableException e) {
            return new Reading(Optional.empty(), Optional.empty(), List.of(), List.of(e.why()));
        }
    }

    private static Reading leases(HomeFiles home) {
        try {
            return new Reading(Optional.empty(), Optional.empty(), ActiveSessions.read(home), List.of());
        } catch (UnreadableException e) {
            return new Reading(Optional.empty(), Optional.empty(), List.of(), List.of(e.why()));
        }
    }

    private Reading with(Fresh fresh) {
        return new Reading(Optional.of(fresh.content()), fresh.cached(), claims, problems);
    }

    private Reading with(String problem) {
        List<String> all = problems.isEmpty() ? List.of(problem) : List.of(problems.get(0), problem);
        return new Reading(Optional.empty(), Optional.empty(), claims, all);
    }

    private record Fresh(Content content, Optional<Cached> cached) {}

    private static Fresh database(
            HomeFiles home, RecordQuestion question, Path in, Optional<Cached> earlier, Deadline deadline)
            throws UnreadableException {
        PrivateCopy.Shape now = PrivateCopy.shape(home);
        Optional<Cached> still = earlier.filter(it -> it.answers(now, question.keys()));
        if (still.isPresent()) {
            return new Fresh(still.get().content(), still);
        }
        try (Scratch scratch = Scratch.in(in, question.now())) {
            Optional<PrivateCopy.Shape> unchanged = new PrivateCopy(home, scratch.path(), deadline).take();
            Optional<Instant> copied = scratch.written(PrivateCopy.DATABASE);
            Content content = content(home, scratch, keys(question, earlier), deadline);
            return new Fresh(
                    content, unchanged.filter(it -> isSettled(it, copied)).map(it -> new Cached(it, content)));
        }
    }

    private static Content content(HomeFiles home, Scratch scratch, Set<String> keys, Deadline deadline)
            throws UnreadableException {
        try {
            return StateDatabase.read(scratch.file(PrivateCopy.DATABASE), keys, deadline);
        } catch (UnreadableException e) {
            throw new UnreadableException("%s: %s".formatted(home.path(PrivateCopy.DATABASE), e.why()));
        }
    }

    private static Set<String> keys(RecordQuestion question, Optional<Cached> earlier) {
        Set<String> keys = new HashSet<>(question.keys());
        earlier.map(it -> it.content().lineages().keySet())
                .filter(known -> known.size() + question.keys().size() <= MOST_KEYS)
                .ifPresent(keys::addAll);
        return keys;
    }

    private static boolean isSettled(PrivateCopy.Shape shape, Optional<Instant> copied) {
        Instant database = shape.database().changed().toInstant();
        Instant log = shape.log().map(it -> it.changed().toInstant()).orElse(database);
        Instant latest = log.isAfter(database) ? log : database;
        return copied.filter(at -> latest.plus(SETTLED).isBefore(at)).isPresent();
    }
}
