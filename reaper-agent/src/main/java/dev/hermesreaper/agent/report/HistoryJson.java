package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.Ending;
import dev.hermesreaper.agent.ledger.History;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was ended as JSON, schema {@code hermes-reaper/history/1}. Fields are added, never renamed. The document is written
 * as it grows, so that no history is too long for it; all that is only known at the end stands there.
 */
public final class HistoryJson {

    private final JsonText json = new JsonText();
    private final HistoryTotals totals = new HistoryTotals();
    private final Consumer<String> out;

    /**
     * Begins the document.
     *
     * @param since what the history was asked from; empty for all of it
     * @param out is handed the text piece by piece
     */
    public HistoryJson(String hostName, Optional<Instant> since, Consumer<String> out) {
        this.out = out;
        json.begin();
        json.text("schema", "hermes-reaper/history/1").raw("host", Optional.of(hostName));
        since.ifPresentOrElse(it -> json.time("since", it), () -> json.none("since"));
        json.beginArray("acts");
    }

    /** Writes an act; oldest first. */
    public void add(Act act) {
        totals.add(act);
        json.object(() -> write(act));
        out.accept(json.take());
    }

    /** Writes the rest. */
    public void end(History.Reading reading, Orders orders) {
        json.endArray();
        json.object("totals", () -> {
            sum(json, totals.all());
            json.object("byReason", () -> totals.byReason()
                    .forEach((reason, sum) -> json.object(reason, () -> sum(json, sum))));
            json.object("byOutcome", () -> totals.byOutcome().forEach(json::number));
            json.number("observed", totals.count(Ending.OBSERVED))
                    .number("regrets", totals.count(Ending.REGRET))
                    .number("confirmed", totals.count(Ending.CONFIRMED));
        });
        json.number("damagedLines", reading.damagedLines())
                .number("newerLines", reading.newerLines())
                .texts("problems", reading.problems())
                .pause(orders.pause())
                .flag("observes", orders.observes());
        json.end();
        out.accept(json.take() + "\n");
    }

    static void sum(JsonText json, HistoryTotals.Sum sum) {
        json.number("acts", sum.acts()).number("reaped", sum.reaped()).number("reclaimedBytes", sum.reclaimedBytes());
    }

    private void write(Act act) {
        Ending ending = act.ending();
        boolean known = ending.memory().readable();
        json.time("at", act.at());
        act.endedAt().ifPresentOrElse(it -> json.time("endedAt", it), () -> json.none("endedAt"));
        json.text("sweepId", act.sweepId())
                .number("pid", act.identity().pid())
                .number("startTicks", act.identity().startTicks())
                .text("bootId", act.identity().bootId())
                .raw("sessionKey", Optional.of(act.sessionKey()).filter(key -> !key.isEmpty()))
                .text("reason", act.reason())
                .text("outcome", ending.outcome())
                .text("detail", Optional.of(ending.detail()).filter(detail -> !detail.isEmpty()))
                .texts("signals", ending.signals())
                .seconds("tookSeconds", ending.took())
                .number("residentBytes", known, ending.memory().residentBytes())
                .number("swapBytes", known, ending.memory().swapBytes())
                .number("reclaimedBytes", ending.reclaimedBytes())
                .array(
                        "descendants",
                        ending.descendants(),
                        below -> json.object(() -> json.number("pid", below.pid())
                                .number("startTicks", below.startTicks())
                                .text("outcome", below.outcome())))
                .number("descendantCount", ending.descendantCount())
                .array(
                        "evidence",
                        act.grounds(),
                        ground -> json.object(() -> json.text("key", ground.key())
                                .text("value", ground.value())
                                .text("source", ground.source())));
    }
}
