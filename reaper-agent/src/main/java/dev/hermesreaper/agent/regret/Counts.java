package dev.hermesreaper.agent.regret;

/**
 * What became of all decisions that were only observed, since the state directory was made. Those that a later pass
 * ended itself are in {@code observed} only.
 *
 * @param observed how many were taken
 * @param regrets how many of those processes did work later
 * @param confirmed how many of them ended, and no look saw them do any before
 * @param lost how many were not followed to their end: the machine restarted, or there were too many to watch
 */
public record Counts(long observed, long regrets, long confirmed, long lost) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts other) {
        return new Counts(
                observed + other.observed, regrets + other.regrets, confirmed + other.confirmed, lost + other.lost);
    }
}
