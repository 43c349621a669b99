package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes to the ledger what a pass that only observes would have ended, once for every process, and what came of that
 * decision. No signal hangs on these lines, so none is waited for.
 */
public final class ObservedActs {

    private final Journal journal;
    private final String sweepId;
    private final Consumer<String> complaints;

    /**
     * @param journal the one named {@link LedgerFile#NAME}
     * @param complaints is told what cannot be recorded
     */
    public ObservedActs(Journal journal, String sweepId, Consumer<String> complaints) {
        this.journal = journal;
        this.sweepId = sweepId;
        this.complaints = complaints;
    }

    /**
     * One line of what is on record.
     *
     * @param at wall clock
     * @param identity who
     * @param sessionKey the session it works for; empty for gateways
     * @param reason the word of the reason it would have been ended for
     * @param outcome {@link Ending#OBSERVED}, {@link Ending#REGRET} or {@link Ending#CONFIRMED}
     * @param memory what it held when it was decided
     * @param grounds what it rests on
     */
    public record Line(
            Instant at,
            ProcessIdentity identity,
            String sessionKey,
            String reason,
            String outcome,
            MemoryUse memory,
            List<Ground> grounds) {
        public Line {
            grounds = List.copyOf(grounds);
        }
    }

    /** Records it; false if it could not be, which was then said. */
    public boolean record(Line line) {
        Entry intent = entry(line, line.grounds(), Optional.empty());
        Ending ending = new Ending(line.outcome(), "", List.of(), Duration.ZERO, line.memory(), List.of(), 0);
        return append(intent) && append(entry(line, List.of(), Optional.of(ending)));
    }

    private Entry entry(Line line, List<Ground> grounds, Optional<Ending> ending) {
        return new Entry(line.at(), sweepId, line.identity(), line.sessionKey(), line.reason(), grounds, ending);
    }

    private boolean append(Entry entry) {
        Optional<String> problem = journal.append(LedgerLine.write(entry), false);
        problem.ifPresent(complaints);
        return problem.isEmpty();
    }
}
