package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.util.List;
import java.util.Optional;

/** What a sweep did as JSON, schema {@code hermes-reaper/sweep/1}. Fields are added, never renamed. */
public final class SweepJson {

    private SweepJson() {}

    /**
     * The whole result, one document ending with a line end.
     *
     * @param limitations what the host says is degraded
     */
    public static String render(SweepResult result, List<String> limitations) {
        JsonText json = new JsonText();
        json.object(() -> {
            json.text("schema", "hermes-reaper/sweep/1")
                    .text("sweepId", result.request().id())
                    .flag("dryRun", result.request().dryRun())
                    .time("startedAt", result.startedAt().wall())
                    .seconds("durationSeconds", result.took())
                    .flag("complete", result.judgement().look().isComplete())
                    .array("outcomes", result.reapings(), reaping -> json.object(() -> outcome(json, reaping)))
                    .number("waiting", result.count(Decision.WAIT))
                    .number("kept", result.count(Decision.KEEP));
            json.object("totals", () -> json.number("reaped", result.reaped())
                    .number("survived", result.count(Outcome.SURVIVED))
                    .number("deferred", result.count(Outcome.DEFERRED))
                    .number("reclaimedBytes", result.reclaimedBytes())
                    .number("notPermitted", result.count(Outcome.NOT_PERMITTED)));
            json.raw("host", Optional.of(result.judgement().look().self().hostName()))
                    .flag("blind", result.judgement().isBlind())
                    .number("reported", result.count(Decision.REPORT))
                    .seconds("nextDueSeconds", SweepText.nextDue(result))
                    .texts(
                            "gaps",
                            result.judgement().look().gaps().stream()
                                    .map(Gap::toString)
                                    .toList())
                    .texts("limitations", limitations)
                    .pause(result.pause());
        });
        return json.toString();
    }

    private static void outcome(JsonText json, Reaping reaping) {
        Verdict verdict = reaping.verdict();
        json.number("pid", verdict.identity().pid())
                .number("startTicks", verdict.identity().startTicks())
                .raw("sessionKey", Optional.of(verdict.sessionKey()).filter(key -> !key.isEmpty()))
                .text("reason", verdict.reason().word())
                .text("outcome", reaping.outcome().word())
                .texts("signals", reaping.signals().stream().map(Signal::name).toList())
                .seconds("tookSeconds", reaping.took())
                .number(
                        "residentBytes",
                        reaping.memory().readable(),
                        reaping.memory().residentBytes())
                .number(
                        "swapBytes",
                        reaping.memory().readable(),
                        reaping.memory().swapBytes())
                .array(
                        "descendants",
                        reaping.descendants(),
                        below -> json.object(() -> json.number(
                                        "pid", below.process().pid())
                                .text("outcome", below.outcome().word())
                                .text("detail", Optional.of(below.detail()).filter(detail -> !detail.isEmpty()))))
                .evidence(verdict.evidence())
                .text("detail", Optional.of(reaping.detail()).filter(detail -> !detail.isEmpty()));
    }
}
