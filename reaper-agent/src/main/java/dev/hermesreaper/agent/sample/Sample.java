package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one pass saw, in short. Workers of other users, and dead ones, are not counted.
 *
 * @param at wall clock of the look
 * @param bootId the boot
 * @param sinceBoot time since boot, sleep included
 * @param verdicts how many workers by the word of their verdict
 * @param unknown how many of them are kept because something decisive could not be read
 * @param sessions how many sessions have workers
 * @param leakingSessions how many of them have leaked ones
 * @param oldestLeaked age of the oldest leaked worker; zero where there is none
 * @param memory what all workers hold
 * @param host the machine's memory
 * @param ended how many workers passes have ended since sampling began, or began anew
 * @param gateways those with most workers, at most {@value #MOST_GATEWAYS}
 * @param largest the sessions with most workers, at most {@value #MOST_SESSIONS}
 */
public record Sample(
        Instant at,
        String bootId,
        Duration sinceBoot,
        Map<String, Integer> verdicts,
        int unknown,
        int sessions,
        int leakingSessions,
        Duration oldestLeaked,
        MemoryUse memory,
        HostMemory host,
        long ended,
        List<GatewaySample> gateways,
        List<SessionSample> largest) {

    static final int MOST_GATEWAYS = 24;
    static final int MOST_SESSIONS = 8;

    public Sample {
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        gateways = List.copyOf(gateways);
        largest = List.copyOf(largest);
    }

    public int workers() {
        int workers = 0;
        for (int number : verdicts.values()) {
            workers += number;
        }
        return workers;
    }

    public int count(Decision decision) {
        return verdicts.getOrDefault(decision.word(), 0);
    }

    public int leaked() {
        return workers() - count(Decision.KEEP);
    }

    public Optional<GatewaySample> gateway(ProcessIdentity identity) {
        return gateways.stream()
                .filter(gateway -> gateway.identity().equals(identity))
                .findFirst();
    }

    /** This sample with what had been ended up to {@code earlier} added, so that every counter only grows. */
    public Sample after(Sample earlier) {
        Map<ProcessIdentity, Long> before = new HashMap<>();
        for (GatewaySample gateway : earlier.gateways) {
            before.put(gateway.identity(), gateway.ended());
        }
        List<GatewaySample> added = new ArrayList<>();
        for (GatewaySample gateway : gateways) {
            added.add(gateway.withEnded(before.getOrDefault(gateway.identity(), 0L)));
        }
        return new Sample(
                at,
                bootId,
                sinceBoot,
                verdicts,
                unknown,
                sessions,
                leakingSessions,
                oldestLeaked,
                memory,
                host,
                ended + earlier.ended,
                added,
                largest);
    }

    /** Time from {@code earlier} to this: by the clock that does not step where both are of one boot. */
    public Duration since(Sample earlier) {
        return bootId.equals(earlier.bootId) ? sinceBoot.minus(earlier.sinceBoot) : Duration.between(earlier.at, at);
    }
}
