package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.judge.Verdict;
import java.util.List;

/**
 * Why one process is treated as it is, as JSON, schema {@code hermes-reaper/explain/1}: the worker or gateway of a report
 * with all gates, or what else it is. Fields are added, never renamed.
 */
public final class ExplainJson {

    private ExplainJson() {}

    /** One document ending with a line end. */
    public static String render(Explanation explanation) {
        JsonText json = new JsonText();
        json.object(() -> {
            json.text("schema", "hermes-reaper/explain/1");
            if (explanation.worker().isPresent()) {
                ReportJson.worker(json, explanation.worker().get());
                json.text("kind", explanation.kind());
            } else if (explanation.verdict().isPresent()
                    && explanation.gateway().isPresent()) {
                ReportJson.gateway(json, explanation.gateway().get());
            } else {
                other(json, explanation);
            }
            ReportJson.gates(json, explanation.verdict().map(Verdict::gates).orElse(List.of()));
        });
        return json.toString();
    }

    private static void other(JsonText json, Explanation explanation) {
        json.number("pid", explanation.process().pid())
                .text("kind", explanation.kind())
                .text("verdict", "keep")
                .text("reason", "not-a-worker")
                .text("detail", explanation.why())
                .evidence(explanation.evidence());
    }
}
