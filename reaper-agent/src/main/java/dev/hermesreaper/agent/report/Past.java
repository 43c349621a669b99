package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.regret.Observed;
import java.util.Optional;

/**
 * What is known beside what one look shows.
 *
 * @param observed decisions that were only observed
 * @param history how it went, where that was asked for
 */
public record Past(Observed observed, Optional<LeakHistory> history) {

    /** Nothing. */
    public static final Past NONE = new Past(Observed.NONE, Optional.empty());
}
