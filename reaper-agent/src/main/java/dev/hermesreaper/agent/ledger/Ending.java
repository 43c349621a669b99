package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.reap.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * What came of an act.
 *
 * @param outcome the word of an {@link Outcome}, or {@link #INTERRUPTED} or {@link #UNDER_WAY}
 * @param detail why, where the outcome alone does not say
 * @param signals what was sent, in order
 * @param took from the first signal to the outcome
 * @param memory what it held right before the first signal
 * @param descendants what became of the processes below it, the first 50
 * @param descendantCount how many there were
 */
public record Ending(
        String outcome,
        String detail,
        List<String> signals,
        Duration took,
        MemoryUse memory,
        List<Descendant> descendants,
        int descendantCount) {

    /** No outcome is on record: the pass was killed before it, or the line is lost. */
    public static final String INTERRUPTED = "interrupted";

    /** No outcome is on record yet: the pass still runs. */
    public static final String UNDER_WAY = "under-way";

    public Ending {
        signals = List.copyOf(signals);
        descendants = List.copyOf(descendants);
    }

    /**
     * One process that was below.
     *
     * @param outcome the word of an {@link Outcome}
     */
    public record Descendant(int pid, long startTicks, String outcome) {}

    static Ending none(String word) {
        return new Ending(word, "", List.of(), Duration.ZERO, MemoryUse.UNREADABLE, List.of(), 0);
    }

    /** Whether the process is proven gone because it was ended. */
    public boolean isReaped() {
        return outcome.equals(Outcome.EXITED.word()) || outcome.equals(Outcome.KILLED.word());
    }

    /** Bytes that ending it gave back: of a process proven gone only. */
    public long reclaimedBytes() {
        return isReaped() ? memory.totalBytes() : 0;
    }
}
