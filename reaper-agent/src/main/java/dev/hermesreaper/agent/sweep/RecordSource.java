package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.record.SessionRecord;
import java.util.Collection;
import java.util.Map;

/** Where session records come from. */
public interface RecordSource {

    /** Nothing is on record: whatever hangs on it is unknown. */
    RecordSource NONE = (look, workers, freshness) -> Map.of();

    /** How old an answer may be. */
    enum Freshness {
        /** A few minutes: nobody is signalled on it. */
        MINUTES,
        /** Read now. */
        NOW
    }

    /**
     * What is on record about the session of each of {@code workers}; nothing of those whose home or key is not known, or
     * for which time ran out. Takes 5 s at most.
     *
     * @param look the look that showed them, taken before
     */
    Map<ProcessIdentity, SessionRecord> of(Look look, Collection<SlashWorker> workers, Freshness freshness);
}
