package dev.hermesreaper.agent.record;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/**
 * Which sessions of which home are asked for.
 *
 * @param home absolute, symbolic links resolved; none is followed any more when it is read
 * @param ownerUid whose home it is; nothing that belongs to anybody else is read there
 * @param keys session keys, opaque
 * @param now the wall clock, for leases and heartbeats
 */
public record RecordQuestion(Path home, int ownerUid, Set<String> keys, Instant now) {

    public RecordQuestion {
        keys = Set.copyOf(keys);
    }
}
