package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.Ending;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What acts come to, as they are told one by one. Decisions that were only observed are counted apart. */
final class HistoryTotals {

    private final Map<String, Sum> byReason = new TreeMap<>();
    private final Map<String, Long> byOutcome = new TreeMap<>();
    private Sum all = Sum.NONE;

    /**
     * Some acts, summed up.
     *
     * @param acts how many
     * @param reaped how many of them ended a process, which is proven gone
     * @param reclaimedBytes what those gave back
     */
    record Sum(long acts, long reaped, long reclaimedBytes) {
        private static final Sum NONE = new Sum(0, 0, 0);

        private Sum plus(Ending ending) {
            return new Sum(acts + 1, reaped + (ending.isReaped() ? 1 : 0), reclaimedBytes + ending.reclaimedBytes());
        }
    }

    void add(Act act) {
        byOutcome.merge(act.ending().outcome(), 1L, Long::sum);
        if (!act.ending().isObservation()) {
            all = all.plus(act.ending());
            byReason.put(
                    act.reason(), byReason.getOrDefault(act.reason(), Sum.NONE).plus(act.ending()));
        }
    }

    /** How many had this outcome. */
    long count(String outcome) {
        return byOutcome.getOrDefault(outcome, 0L);
    }

    boolean isEmpty() {
        return byOutcome.isEmpty();
    }

    Sum all() {
        return all;
    }

    Map<String, Sum> byReason() {
        return Collections.unmodifiableMap(byReason);
    }

    Map<String, Long> byOutcome() {
        return Collections.unmodifiableMap(byOutcome);
    }
}
