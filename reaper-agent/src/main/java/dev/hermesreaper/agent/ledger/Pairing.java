package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts intents and outcomes of a pass together. Passes never overlap, so with the first line of the next one, what was left
 * open of the last one stays so; no more than one pass is held in memory.
 */
final class Pairing {

    private final Consumer<Act> acts;
    private final Map<ProcessIdentity, Entry> open = new LinkedHashMap<>();
    private final Set<ProcessIdentity> closed = new HashSet<>();
    private String sweepId = "";

    Pairing(Consumer<Act> acts) {
        this.acts = acts;
    }

    void take(Entry entry) {
        if (!entry.sweepId().equals(sweepId)) {
            close(Ending.INTERRUPTED);
            sweepId = entry.sweepId();
        }
        ProcessIdentity identity = entry.identity();
        if (closed.contains(identity)) {
            return; // a line that was written twice
        }
        if (entry.isIntent()) {
            open.putIfAbsent(identity, entry);
            return;
        }
        closed.add(identity);
        acts.accept(act(Optional.ofNullable(open.remove(identity)), entry));
    }

    /** Ends the pass; what has no outcome gets {@code word}. */
    void close(String word) {
        for (Entry intent : List.copyOf(open.values())) {
            acts.accept(new Act(
                    intent.at(),
                    Optional.empty(),
                    intent.sweepId(),
                    intent.identity(),
                    intent.sessionKey(),
                    intent.reason(),
                    intent.grounds(),
                    Ending.none(word)));
        }
        open.clear();
        closed.clear();
    }

    private static Act act(Optional<Entry> intent, Entry outcome) {
        return new Act(
                intent.map(Entry::at).orElse(outcome.at()),
                Optional.of(outcome.at()),
                outcome.sweepId(),
                outcome.identity(),
                outcome.sessionKey(),
                outcome.reason(),
                intent.map(Entry::grounds).orElse(List.of()),
                outcome.ending().orElseThrow());
    }
}
