package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessIdentity;

/**
 * One gateway in a {@link Sample}.
 *
 * @param identity which process
 * @param kind the word of its kind
 * @param workers how many it owns
 * @param leaked how many of them are leaked
 * @param memory what its workers hold
 * @param files its own descriptors; unreadable right after workers of it were ended, which the look did not see
 * @param ended how many of its workers passes have ended since it was first sampled
 */
public record GatewaySample(
        ProcessIdentity identity, String kind, int workers, int leaked, MemoryUse memory, OpenFiles files, long ended) {

    GatewaySample withEnded(long more) {
        return new GatewaySample(identity, kind, workers, leaked, memory, files, ended + more);
    }
}
