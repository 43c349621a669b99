package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.process.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the judge settled on, before it is written up as a {@link Verdict}.
 *
 * @param decision what is to become of it
 * @param reason why
 * @param pending what it waits for
 * @param detail the fact, for a person
 * @param rule the rule that applies or will
 * @param overruled what would hold but for this
 */
record Ruling(
        Decision decision,
        Reason reason,
        Optional<Verdict.Pending> pending,
        Statement detail,
        Optional<LeakRule> rule,
        Optional<Ruling> overruled) {

    static Ruling keep(Reason reason, Statement detail) {
        return new Ruling(Decision.KEEP, reason, Optional.empty(), detail, Optional.empty(), Optional.empty());
    }

    static Ruling due(LeakRule rule, Finding finding) {
        boolean reaps = rule.action() == JudgePolicy.Action.REAP && finding.kind() == Finding.Kind.DUE;
        Decision decision = reaps ? Decision.REAP : Decision.REPORT;
        return new Ruling(
                decision, rule.reason(), Optional.empty(), finding.detail(), Optional.of(rule), Optional.empty());
    }

    static Ruling waiting(LeakRule rule, Finding finding) {
        return new Ruling(
                Decision.WAIT,
                finding.waiting(),
                Optional.of(new Verdict.Pending(rule.reason(), finding.remaining())),
                finding.detail(),
                Optional.of(rule),
                Optional.empty());
    }

    /** The same process kept, because a worker that is kept lives by it. */
    Ruling sparedFor(Verdict kept) {
        Statement detail = Statement.of(
                "its worker ", kept.process().pid(), " is kept (", kept.reason().word(), ") and lives by it");
        return new Ruling(Decision.KEEP, kept.reason(), Optional.empty(), detail, Optional.empty(), Optional.of(this));
    }

    /** What it rests on, itself first. */
    List<Evidence> evidence(Case it) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("verdict", detail.toString(), "judge"));
        if (overruled.isPresent()) {
            evidence.addAll(overruled.get().evidence(it));
        }
        if (rule.isPresent()) {
            evidence.addAll(rule.get().evidence(it));
        }
        return evidence;
    }

    /** While it waits: for how much longer. */
    Duration remaining() {
        return pending.isPresent() ? pending.get().remaining() : Duration.ZERO;
    }
}
