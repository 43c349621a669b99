package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.regret.Regret;
import dev.hermesreaper.agent.sample.Forecast;
import dev.hermesreaper.agent.sample.Growth;
import dev.hermesreaper.agent.sample.Relief;
import java.util.List;
import java.util.Optional;

/** What is known beside one look, as members of a report in JSON. */
final class PastJson {

    private PastJson() {}

    static void write(JsonText json, Past past) {
        json.object("observed", () -> observed(json, past.observed()));
        if (past.history().isPresent()) {
            json.object("history", () -> history(json, past.history().get()));
        } else {
            json.none("history");
        }
    }

    private static void observed(JsonText json, Observed observed) {
        json.number("decisions", observed.counts().observed())
                .number("regrets", observed.counts().regrets())
                .number("confirmed", observed.counts().confirmed())
                .number("lost", observed.counts().lost())
                .number("watched", observed.watched().size())
                .array("recentRegrets", observed.regrets(), regret -> json.object(() -> regret(json, regret)));
    }

    private static void regret(JsonText json, Regret regret) {
        json.number("pid", regret.watch().identity().pid())
                .number("startTicks", regret.watch().identity().startTicks())
                .raw("sessionKey", Optional.of(regret.watch().sessionKey()).filter(key -> !key.isEmpty()))
                .text("reason", regret.watch().reason())
                .time("decidedAt", regret.watch().decidedAt())
                .time("seenAt", regret.seenAt());
        grounds(json, regret.evidence());
    }

    private static void grounds(JsonText json, List<Ground> grounds) {
        json.array(
                "evidence",
                grounds,
                ground -> json.object(() -> json.text("key", ground.key())
                        .text("value", ground.value())
                        .text("source", ground.source())));
    }

    private static void history(JsonText json, LeakHistory history) {
        json.time("since", history.since())
                .time("from", history.from())
                .time("until", history.until())
                .number("samples", history.samples().size());
        json.object("leaked", () -> growth(json, history.leaked()));
        json.object("workers", () -> growth(json, history.workers()));
        json.array(
                "gateways",
                history.gateways(),
                gateway -> json.object(() -> {
                    json.number("pid", gateway.identity().pid())
                            .number("startTicks", gateway.identity().startTicks())
                            .text("kind", gateway.kind())
                            .flag("running", gateway.isThere());
                    growth(json, gateway.growth());
                }));
        json.object("ended", () -> ended(json, history.totals()));
        json.seconds("oldestLeakedSeconds", history.now().oldestLeaked())
                .array("reliefs", history.reliefs(), relief -> json.object(() -> relief(json, relief)))
                .array(
                        "forecasts",
                        history.forecasts(),
                        forecast -> json.object(() -> forecast(json, forecast, history)))
                .number("damagedLines", history.damagedLines())
                .number("newerLines", history.newerLines())
                .texts("problems", history.problems());
    }

    private static void growth(JsonText json, Growth growth) {
        json.number("samples", growth.samples()).seconds("spanSeconds", growth.span());
        if (growth.isRate()) {
            json.decimal("perHour", growth.perHour());
        } else {
            json.none("perHour");
        }
        json.number("added", growth.added())
                .number("endedByPasses", growth.ended())
                .number("vanished", growth.vanished())
                .number("first", growth.first())
                .number("peak", growth.peak())
                .number("last", growth.last());
    }

    private static void ended(JsonText json, HistoryTotals totals) {
        HistoryJson.sum(json, totals.all());
        json.object("byReason", () -> totals.byReason()
                .forEach((reason, sum) -> json.object(reason, () -> HistoryJson.sum(json, sum))));
        json.object("byOutcome", () -> totals.byOutcome().forEach(json::number));
    }

    private static void relief(JsonText json, Relief relief) {
        json.time("at", relief.at())
                .number("workersBefore", relief.workersBefore())
                .number("workersAfter", relief.workersAfter())
                .number("endedByPasses", relief.ended());
        memory(json, "Before", relief.before());
        memory(json, "After", relief.after());
    }

    private static void memory(JsonText json, String when, HostMemory memory) {
        json.number("availableBytes" + when, memory.readable(), memory.availableBytes())
                .number("swapUsedBytes" + when, memory.readable(), memory.swapUsedBytes());
    }

    private static void forecast(JsonText json, Forecast forecast, LeakHistory history) {
        json.text("resource", forecast.resource().word())
                .number("gatewayPid", forecast.gateway().map(it -> it.pid()))
                .text("outlook", forecast.outlook().word())
                .number("used", forecast.used())
                .number("limit", forecast.limit());
        if (forecast.outlook() == Forecast.Outlook.TOO_LITTLE) {
            json.none("perHour");
        } else {
            json.decimal("perHour", forecast.perHour());
        }
        json.seconds("remainingSeconds", forecast.remaining());
        forecast.remaining()
                .ifPresentOrElse(it -> json.time("fullAt", history.until().plus(it)), () -> json.none("fullAt"));
        json.number("samples", forecast.samples()).seconds("spanSeconds", forecast.span());
    }
}
