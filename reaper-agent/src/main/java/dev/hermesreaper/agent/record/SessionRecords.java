package dev.hermesreaper.agent.record;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Reads session records of homes, without a trace in them and in bounded time (ADR 0009). A home may lie on a file system
 * that never answers, so each is read on a thread of its own, and the asker waits no longer than it wants to. For a user
 * whose last reading has not come back there is no second one; others are not held up by it.
 *
 * <p>Remembers what it read of each home while its files look the same, so one instance is to be kept. Not thread-safe.
 */
public final class SessionRecords {

    /** Three times the interval in which a gateway says that it lives (60 s). */
    private static final Duration FRESH = Duration.ofMinutes(3);

    /** A clock may be ahead of the one that wrote a heartbeat, or behind. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private static final int MOST_HOMES = 64;

    private final Path scratch;
    private final Map<Integer, FutureTask<Reading>> lastOfUser = new HashMap<>();
    private final Map<Path, Reading.Cached> cached = new LinkedHashMap<>();

    /** @param scratch an existing directory of ours on a disk rather than in memory, for private copies */
    public SessionRecords(Path scratch) {
        this.scratch = scratch.toAbsolutePath();
    }

    /**
     * What is on record about the sessions asked for, now: one record for each key. What cannot be read in
     * {@code atMost} is unknown.
     *
     * @param processes says which lease holders live
     * @throws InterruptedException if interrupted while waiting
     */
    public Map<String, SessionRecord> read(RecordQuestion question, ProcessStarts processes, Duration atMost)
            throws InterruptedException {
        Reading reading = reading(question, atMost);
        reading.cached().ifPresent(it -> remember(question.home(), it));
        Map<String, SessionRecord> records = new HashMap<>();
        for (String key : question.keys()) {
            records.put(key, record(question, key, reading, processes));
        }
        return records;
    }

    private void remember(Path home, Reading.Cached content) {
        cached.remove(home);
        cached.put(home, content);
        if (cached.size() > MOST_HOMES) {
            cached.remove(cached.keySet().iterator().next());
        }
    }

    private Reading reading(RecordQuestion question, Duration atMost) throws InterruptedException {
        if (!Optional.ofNullable(lastOfUser.get(question.ownerUid()))
                .map(FutureTask::isDone)
                .orElse(true)) {
            return failed("an earlier reading for user %d has not come back".formatted(question.ownerUid()));
        }
        Deadline deadline = new Deadline();
        Optional<Reading.Cached> earlier = Optional.ofNullable(cached.get(question.home()));
        FutureTask<Reading> task = new FutureTask<>(() -> Reading.of(question, scratch, earlier, deadline));
        Thread reader = new Thread(task, "record-reader");
        reader.setDaemon(true);
        lastOfUser.put(question.ownerUid(), task);
        reader.start();
        try {
            return task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return failed("reading %s took longer than %d ms".formatted(question.home(), atMost.toMillis()));
        } catch (ExecutionException e) {
            // Also SQLite's own errors, e.g. out of memory: it is fed files that others wrote.
            return failed("reading %s failed: %s".formatted(question.home(), e.getCause()));
        } finally {
            deadline.expire();
        }
    }

    private static Reading failed(String why) {
        return new Reading(Optional.empty(), Optional.empty(), List.of(), List.of(why));
    }

    private static SessionRecord record(RecordQuestion question, String key, Reading reading, ProcessStarts processes) {
        String home = question.home().toString();
        Lineage lineage = reading.content()
                .flatMap(it -> Optional.ofNullable(it.lineages().get(key)))
                .orElse(Lineage.none(key));
        List<String> problems = new ArrayList<>(reading.problems());
        lineage.problem()
                .map(why -> "%s/%s: %s".formatted(home, PrivateCopy.DATABASE, why))
                .ifPresent(problems::add);
        List<Lease> leases = new ArrayList<>();
        String file = "%s/%s/%s".formatted(home, ActiveSessions.DIRECTORY, ActiveSessions.NAME);
        reading.claims().stream()
                .filter(claim -> lineage.keys().contains(claim.key()) && claim.holds(processes))
                .map(claim -> new Lease(Lease.Kind.ACTIVE_SESSION, claim.key(), "process " + claim.pid(), file))
                .forEach(leases::add);
        String table = home + "/" + PrivateCopy.DATABASE + " session_turn_leases";
        turns(reading)
                .filter(turn ->
                        lineage.keys().contains(turn.key()) && turn.expiresAt().isAfter(question.now()))
                .map(turn -> new Lease(Lease.Kind.TURN, turn.key(), turn.holder(), table))
                .forEach(leases::add);
        return new SessionRecord(
                home,
                key,
                problems,
                lineage.row(),
                lineage.tip(),
                leases,
                heartbeats(reading, question.now(), processes));
    }

    private static Stream<Content.TurnLease> turns(Reading reading) {
        return reading.content().stream().flatMap(it -> it.turns().stream());
    }

    private static List<Heartbeat> heartbeats(Reading reading, Instant now, ProcessStarts processes) {
        return reading.content().stream()
                .flatMap(it -> it.heartbeats().stream())
                .filter(it -> it.at().isAfter(now.minus(FRESH)))
                .filter(it -> processes
                        .startOf(it.pid())
                        .filter(start -> !start.isAfter(it.at().plus(CLOCKS_DIFFER)))
                        .isPresent())
                .toList();
    }
}
