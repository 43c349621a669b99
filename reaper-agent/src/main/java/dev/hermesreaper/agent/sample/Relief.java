package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.process.HostMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Many workers went at once, and what the machine got back.
 *
 * @param at wall clock of the reading after it
 * @param workersBefore how many there were
 * @param workersAfter how many were left
 * @param ended how many of them passes ended
 * @param before the machine's memory before
 * @param after the machine's memory after
 */
public record Relief(Instant at, int workersBefore, int workersAfter, long ended, HostMemory before, HostMemory after) {

    private static final int MANY = 3;
    private static final double SHARE = 0.2;

    /** All of them, oldest first: falls by at least three workers and a fifth of them. */
    public static List<Relief> in(List<Sample> samples) {
        List<Relief> found = new ArrayList<>();
        for (int i = 1; i < samples.size(); i++) {
            Sample from = samples.get(i - 1);
            Sample to = samples.get(i);
            if (from.workers() - to.workers() >= Math.max(MANY, SHARE * from.workers())) {
                found.add(new Relief(
                        to.at(),
                        from.workers(),
                        to.workers(),
                        Math.max(0, to.ended() - from.ended()),
                        from.host(),
                        to.host()));
            }
        }
        return found;
    }
}
