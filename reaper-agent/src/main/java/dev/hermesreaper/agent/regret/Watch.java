package dev.hermesreaper.agent.regret;

import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;

/**
 * A process that would have been ended, watched since.
 *
 * @param identity who
 * @param sessionKey the session it works for, the first characters of it; empty for gateways
 * @param reason the word of the reason
 * @param ground the verdict in a sentence, made printable
 * @param decidedAt wall clock of the decision
 * @param workedUpTo time since boot: what it did until then was known when it was decided
 * @param working whether it was at work when it was decided, as an orphan may be that has been so for long
 * @param mainSwitches context switches of its main thread then
 * @param mainTicks CPU time of its main thread then
 * @param memory what it held then
 */
public record Watch(
        ProcessIdentity identity,
        String sessionKey,
        String reason,
        String ground,
        Instant decidedAt,
        Duration workedUpTo,
        boolean working,
        long mainSwitches,
        long mainTicks,
        MemoryUse memory) {}
