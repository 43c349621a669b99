package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.state.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the service lives, and what it does, as JSON, schema {@code hermes-reaper/status/1}. */
public final class StatusJson {

    private StatusJson() {}

    /** One document ending with a line end. */
    public static String render(ServiceState state) {
        JsonText json = new JsonText();
        Optional<Status> status = state.status();
        json.object(() -> {
            json.text("schema", "hermes-reaper/status/1")
                    .raw("host", Optional.of(state.hostName()))
                    .flag("alive", state.life().isAlive())
                    .text("life", state.life().word())
                    .raw("stateDirectory", Optional.of(state.stateDirectory().toString()));
            service(json, status);
            lastPass(json, state);
            json.seconds(
                            "nextPassInSeconds",
                            status.filter(it -> state.life().isAlive())
                                    .map(it ->
                                            ServiceState.late(it, state.now()).negated())
                                    .map(in -> in.isNegative() ? Duration.ZERO : in))
                    .text("mode", status.map(it -> it.setup().mode()))
                    .seconds("intervalSeconds", status.map(it -> it.setup().interval()))
                    .raw("configFile", status.flatMap(it -> it.setup().configFile()))
                    .raw("configProblem", status.flatMap(it -> it.setup().configProblem()))
                    .array(
                            "watched",
                            status.map(Status::watched).orElseGet(List::of),
                            pid -> json.object(() -> json.number("pid", pid)))
                    .number("watchedCount", status.map(Status::watchedCount))
                    .raw("unwatched", status.flatMap(Status::unwatched))
                    .raw("problem", status.flatMap(Status::problem))
                    .pause(state.pause());
            json.object("sweeps", () -> json.number("total", state.counts().sweeps())
                    .text("lastAt", state.counts().lastAt().map(String::valueOf)));
        });
        return json.toString();
    }

    private static void service(JsonText json, Optional<Status> status) {
        if (status.isEmpty()) {
            json.none("service");
            return;
        }
        Status it = status.get();
        json.object("service", () -> json.number("pid", it.service().pid())
                .number("startTicks", it.service().startTicks())
                .text("bootId", it.service().bootId())
                .time("startedAt", it.startedAt())
                .time("lastHeardOfAt", it.writtenAt().wall())
                .raw("version", Optional.of(it.version()))
                .number("passes", it.passes()));
    }

    private static void lastPass(JsonText json, ServiceState state) {
        Optional<Status.Pass> pass = state.status().flatMap(Status::lastPass);
        if (pass.isEmpty()) {
            json.none("lastPass");
            return;
        }
        Status.Pass it = pass.get();
        json.object("lastPass", () -> json.time("at", it.at().wall())
                .seconds("tookSeconds", it.took())
                .number("workers", it.workers())
                .number("leaked", it.leaked())
                .flag("complete", it.complete())
                .flag("blind", it.blind()));
    }
}
