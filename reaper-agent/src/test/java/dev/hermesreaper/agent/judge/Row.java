package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.testing.FakeProcess;
import java.time.Duration;
import java.util.Optional;

/**
 * One row of the decision table.
 *
 * @param name what is the case
 * @param stage sets it up and says whom the verdict is about
 * @param expected what must be decided
 */
record Row(String name, Stage stage, Expected expected) {
    /** Sets up a scene and names the process in question. */
    @FunctionalInterface
    interface Stage {
        FakeProcess set(Scene scene) throws InterruptedException;
    }

    /** The decision; empty: it must not be recognised as anything to decide about. */
    record Expected(
            Optional<Decision> decision,
            Optional<Reason> reason,
            Optional<Reason> pending,
            Optional<Duration> remaining) {
        static Expected of(Optional<Verdict> verdict) {
            return new Expected(
                    verdict.map(Verdict::decision),
                    verdict.map(Verdict::reason),
                    verdict.flatMap(Verdict::pending).map(Verdict.Pending::reason),
                    verdict.flatMap(Verdict::pending).map(Verdict.Pending::remaining));
        }
    }

    static Row keep(Reason reason, String name, Stage stage) {
        return row(name, stage, Decision.KEEP, reason);
    }

    static Row reap(Reason reason, String name, Stage stage) {
        return row(name, stage, Decision.REAP, reason);
    }

    static Row report(Reason reason, String name, Stage stage) {
        return row(name, stage, Decision.REPORT, reason);
    }

    /** It waits: {@code reason} says for what, {@code pending} which reap reason will then apply. */
    static Row waits(Reason reason, Reason pending, String remaining, String name, Stage stage) {
        return new Row(
                name,
                stage,
                new Expected(
                        Optional.of(Decision.WAIT),
                        Optional.of(reason),
                        Optional.of(pending),
                        Optional.of(DurationText.parse(remaining))));
    }

    static Row nothing(String name, Stage stage) {
        return new Row(
                name, stage, new Expected(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static Row row(String name, Stage stage, Decision decision, Reason reason) {
        return new Row(
                name,
                stage,
                new Expected(Optional.of(decision), Optional.of(reason), Optional.empty(), Optional.empty()));
    }

    /** Whether nobody may be ended on it. */
    boolean isNegative() {
        return expected.decision().filter(Decision.REAP::equals).isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
