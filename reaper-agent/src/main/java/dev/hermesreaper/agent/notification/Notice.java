package dev.hermesreaper.agent.notification;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.process.PortableText;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.state.ObjectText;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One event, as the operator's command reads it: schema {@code hermes-reaper/event/1}, documented in docs/json.md. Small
 * enough for a pipe to take as a whole.
 *
 * @param word what happened: reaped, survived, blind, paused, resumed
 * @param json the event on one line
 */
public record Notice(String word, String json) {

    private static final int MOST_PROCESSES = 20;
    private static final int LONGEST_KEY = 200;

    /** Writes what belongs to one kind of event. */
    private interface Rest {
        void writeTo(ObjectText json);
    }

    /**
     * What a pass gives to say.
     *
     * @param wasBlind whether the pass before it was
     */
    public static List<Notice> of(SweepResult result, boolean wasBlind) {
        List<Notice> notices = new ArrayList<>();
        if (result.request().dryRun()) {
            return notices;
        }
        if (!result.reapings().isEmpty()) {
            acts("reaped", result, it -> it.outcome().isReaped()).ifPresent(notices::add);
            acts("survived", result, it -> it.outcome() == Outcome.SURVIVED || it.outcome() == Outcome.NOT_PERMITTED)
                    .ifPresent(notices::add);
        }
        if (result.judgement().isBlind() && !wasBlind) {
            notices.add(of("blind", host(result), result.startedAt().wall(), json -> json.name("sweepId")
                    .value(result.request().id())
                    .name("gateways")
                    .value(result.judgement().look().gateways().size())));
        }
        return notices;
    }

    /** Ending is paused. */
    public static Notice paused(String host, Instant at, Pause pause) {
        return of("paused", host, at, json -> {
            json.name("by").value(pause.by().map(PortableText::of).orElse("unknown"));
            if (pause.until().isPresent()) {
                json.name("until").value(pause.until().get().toString());
            }
        });
    }

    /**
     * Ending goes on.
     *
     * @param by who said so; empty if the time of the pause was over
     */
    public static Notice resumed(String host, Instant at, Optional<String> by) {
        return of("resumed", host, at, json -> {
            if (by.isPresent()) {
                json.name("by").value(PortableText.of(by.get()));
            }
        });
    }

    private static Optional<Notice> acts(String word, SweepResult result, Predicate<Reaping> which) {
        List<Reaping> acts = result.reapings().stream().filter(which).toList();
        if (acts.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> reasons = acts.stream()
                .collect(
                        Collectors.groupingBy(it -> it.verdict().reason().word(), TreeMap::new, Collectors.counting()));
        return Optional.of(of(word, host(result), result.startedAt().wall(), json -> {
            json.name("sweepId").value(result.request().id());
            json.name("count").value(acts.size());
            json.name("reclaimedBytes")
                    .value(acts.stream().mapToLong(Reaping::reclaimedBytes).sum());
            json.name("byReason").beginObject();
            for (Map.Entry<String, Long> reason : reasons.entrySet()) {
                json.name(reason.getKey()).value(reason.getValue());
            }
            json.endObject().name("processes").beginArray();
            for (Reaping act : acts.stream().limit(MOST_PROCESSES).toList()) {
                process(json, act);
            }
            json.endArray();
        }));
    }

    private static void process(ObjectText json, Reaping act) {
        json.beginObject()
                .name("pid")
                .value(act.verdict().identity().pid())
                .name("startTicks")
                .value(act.verdict().identity().startTicks())
                .name("sessionKey")
                .value(PortableText.of(RawText.cut(act.verdict().sessionKey(), LONGEST_KEY)))
                .name("reason")
                .value(act.verdict().reason().word())
                .name("outcome")
                .value(act.outcome().word())
                .name("residentBytes")
                .value(act.memory().residentBytes())
                .name("swapBytes")
                .value(act.memory().swapBytes())
                .endObject();
    }

    private static String host(SweepResult result) {
        return result.judgement().look().self().hostName();
    }

    private static Notice of(String word, String host, Instant at, Rest rest) {
        ObjectText json = new ObjectText();
        json.name("schema").value("hermes-reaper/event/1");
        json.name("event").value(word);
        json.name("host").value(PortableText.of(host));
        json.name("at").value(at.truncatedTo(ChronoUnit.MILLIS).toString());
        rest.writeTo(json);
        return new Notice(word, json.end());
    }
}
