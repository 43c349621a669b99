package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.process.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the judge settled on, before it is written up as a {@link Verdict}. */
record Ruling(
        Decision decision, Reason reason, Optional<Verdict.Pending> pending, String detail, List<Evidence> evidence) {

    static Ruling keep(Reason reason, String detail) {
        return new Ruling(Decision.KEEP, reason, Optional.empty(), detail, List.of());
    }

    static Ruling due(LeakRule rule, Finding finding) {
        boolean reaps = rule.action() == JudgePolicy.Action.REAP && finding.kind() == Finding.Kind.DUE;
        Decision decision = reaps ? Decision.REAP : Decision.REPORT;
        return new Ruling(decision, rule.reason(), Optional.empty(), finding.detail(), finding.evidence());
    }

    static Ruling waiting(LeakRule rule, Finding finding) {
        return new Ruling(
                Decision.WAIT,
                finding.waiting(),
                Optional.of(new Verdict.Pending(rule.reason(), finding.remaining())),
                finding.detail(),
                finding.evidence());
    }

    Duration remaining() {
        return pending.map(Verdict.Pending::remaining).orElse(Duration.ZERO);
    }
}
