package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.reap.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * What came of an act.
 *
 * @param outcome the word of an {@link Outcome}, or {@link #INTERRUPTED}, {@link #UNDER_WAY}, {@link #REGRET} or {@link
 *     #CONFIRMED}
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

    /** It would have been ended, but the pass only observed. */
    public static final String OBSERVED = Outcome.OBSERVED.word();

    /** It would have been ended earlier, and did work since. */
    public static final String REGRET = "regret";

    /** It would have been ended earlier, and has ended without having done any work since. */
    public static final String CONFIRMED = "confirmed";

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

    /** Of an act without signals. */
    public static Ending none(String word) {
        return new Ending(word, "", List.of(), Duration.ZERO, MemoryUse.UNREADABLE, List.of(), 0);
    }

    /** Whether nothing was done to the process: a decision that was only observed, or what came of it. */
    public boolean isObservation() {
        return outcome.equals(OBSERVED) || outcome.equals(REGRET) || outcome.equals(CONFIRMED);
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
