package dev.hermesreaper.agent.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks for records of one home, an hour after {@link HermesHome#EPOCH}; process 42 lives since that, and no other. */
final class Asking {

    static final Instant EPOCH = Instant.ofEpochSecond(HermesHome.EPOCH);
    static final Instant NOW = EPOCH.plusSeconds(3600);
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ProcessStarts PROCESSES = pid -> pid == 42 ? Optional.of(EPOCH) : Optional.empty();

    private final SessionRecords records;
    private final Path scratch;
    private final int ownerUid;

    Asking(Path scratch, int ownerUid) throws IOException {
        this.scratch = Files.createDirectories(scratch);
        this.records = new SessionRecords(scratch);
        this.ownerUid = ownerUid;
    }

    /** Asks as the owner of the homes. */
    static Asking in(Path directory) throws IOException {
        return new Asking(directory.resolve("scratch"), (Integer) Files.getAttribute(directory, "unix:uid"));
    }

    SessionRecord about(String key, HermesHome home) throws InterruptedException {
        return about(key, home, PATIENCE);
    }

    SessionRecord about(String key, HermesHome home, Duration atMost) throws InterruptedException {
        Map<String, SessionRecord> answer =
                records.read(new RecordQuestion(home.path(), ownerUid, Set.of(key), NOW), PROCESSES, atMost);
        return answer.get(key);
    }

    /** What lies in the directory of private copies. */
    long leftBehind() throws IOException {
        try (Stream<Path> left = Files.list(scratch)) {
            return left.count();
        }
    }

    static Instant at(double seconds) {
        return EPOCH.plusMillis(Math.round(seconds * 1000));
    }
}
