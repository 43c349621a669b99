package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.regret.Counts;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.regret.Regret;
import dev.hermesreaper.agent.regret.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A past in which one of two decisions was wrong. */
final class Regrets {

    private static final Instant AT = Instant.parse("2026-05-07T14:30:00Z");

    private Regrets() {}

    static Past one(List<Ground> evidence) {
        Watch watch = new Watch(
                new ProcessIdentity("boot", 4711, 7),
                "k",
                "superseded",
                "3 younger workers",
                AT.minusSeconds(250),
                Duration.ofHours(1),
                false,
                10,
                10,
                new MemoryUse(true, 1, 0));
        return new Past(
                new Observed(new Counts(2, 1, 0, 0), List.of(watch), List.of(new Regret(watch, AT, evidence))),
                Optional.empty());
    }
}
