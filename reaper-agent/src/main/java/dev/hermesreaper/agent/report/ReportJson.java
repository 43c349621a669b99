package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.judge.Gate;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.OpenFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A leak report as JSON, schema {@code hermes-reaper/report/1}. Fields are added, never renamed. */
public final class ReportJson {

    private ReportJson() {}

    /** The whole report, one document ending with a line end. */
    public static String render(LeakReport report) {
        return render(report, Past.NONE);
    }

    /** The whole report with what is known beside it. */
    public static String render(LeakReport report, Past past) {
        JsonText json = new JsonText();
        json.object(() -> {
            json.text("schema", "hermes-reaper/report/1")
                    .raw("host", Optional.of(report.self().hostName()))
                    .time("takenAt", report.takenAt())
                    .flag("complete", report.complete())
                    .flag("blind", report.blind())
                    .number("processes", report.processes())
                    .array("gateways", report.gateways(), line -> json.object(() -> gateway(json, line)))
                    .array("workers", report.workers(), line -> json.object(() -> worker(json, line)))
                    .array("sessions", report.sessions(), line -> json.object(() -> session(json, line)));
            json.object("totals", () -> totals(json, report.totals()));
            json.texts("gaps", report.gaps().stream().map(Gap::toString).toList())
                    .texts("limitations", report.limitations());
            json.object("memory", () -> memory(json, report.memory()))
                    .pause(report.orders().pause())
                    .flag("observes", report.orders().observes());
            PastJson.write(json, past);
        });
        return json.toString();
    }

    /** The fields of one gateway. */
    static void gateway(JsonText json, GatewayLine line) {
        Gateway gateway = line.gateway();
        OpenFiles files = gateway.details().openFiles();
        json.number("pid", line.pid())
                .number("startTicks", gateway.identity().startTicks())
                .time("startedAt", line.startedAt())
                .text("kind", gateway.kind().word())
                .raw("user", line.user())
                .raw("home", line.home())
                .number("workers", line.tally().workers())
                .number("leaked", line.tally().leaked());
        json.number(
                        "residentBytes",
                        gateway.details().memory().readable(),
                        gateway.details().memory().residentBytes())
                .number("openFiles", files.readable(), files.open())
                .number("openFilesSoftLimit", isLimit(files, files.softLimit()), files.softLimit())
                .number("openFilesHardLimit", isLimit(files, files.hardLimit()), files.hardLimit())
                .number(
                        "attachedClients",
                        gateway.clients().countable(),
                        gateway.clients().attached());
        json.text("verdict", line.verdict().map(it -> it.decision().word()))
                .text("reason", line.verdict().map(it -> it.reason().word()))
                .text("pendingReason", line.verdict().flatMap(Verdict::pending).map(it -> it.reason()
                        .word()))
                .seconds(
                        "remainingSeconds",
                        line.verdict().flatMap(Verdict::pending).map(ReportJson::remaining))
                .evidence(line.verdict().map(Verdict::evidence).orElseGet(List::of));
        json.number(
                        "workersResidentBytes",
                        line.tally().memory().readable(),
                        line.tally().memory().residentBytes())
                .number(
                        "workersSwapBytes",
                        line.tally().memory().readable(),
                        line.tally().memory().swapBytes());
        if (gateway.chain().isPresent()) {
            json.object("chain", () -> json.number(
                            "dashboardPid", gateway.chain().get().dashboard().pid())
                    .number("nodePid", gateway.chain().get().node().pid()));
        } else {
            json.none("chain");
        }
    }

    /** The fields of one worker. */
    static void worker(JsonText json, WorkerLine line) {
        SlashWorker worker = line.worker();
        Verdict verdict = line.verdict();
        char state = worker.process().state();
        json.number("pid", line.pid())
                .number("startTicks", worker.identity().startTicks())
                .time("startedAt", line.startedAt())
                .seconds("ageSeconds", line.age())
                .number("parentPid", worker.process().parentPid())
                .raw("user", line.user())
                .raw("home", line.home())
                .raw("sessionKey", line.sessionKey())
                .raw("model", line.model())
                .number("ownerPid", line.ownerPid())
                .text("state", Optional.of(Character.toString(state)).filter(it -> !it.equals("?")))
                .seconds("idleSeconds", line.idle())
                .number("residentBytes", line.memory().readable(), line.memory().residentBytes())
                .number("swapBytes", line.memory().readable(), line.memory().swapBytes())
                .number("descendants", worker.descendants().size())
                .text("verdict", verdict.decision().word())
                .text("reason", verdict.reason().word())
                .text("pendingReason", verdict.pending().map(it -> it.reason().word()))
                .seconds("remainingSeconds", verdict.pending().map(ReportJson::remaining))
                .evidence(verdict.evidence());
    }

    static void gates(JsonText json, List<Gate> gates) {
        json.array(
                "gates",
                gates,
                gate -> json.object(() -> json.text("gate", gate.name())
                        .flag("passed", gate.passed())
                        .text("detail", gate.detail())));
    }

    private static void session(JsonText json, SessionLine line) {
        Tally tally = line.tally();
        json.raw("key", line.key())
                .raw("home", line.home())
                .number("ownerPid", line.ownerPid())
                .number("workers", tally.workers())
                .number("leaked", tally.leaked())
                .seconds("oldestAgeSeconds", tally.oldest())
                .number(
                        "residentBytes",
                        tally.memory().readable(),
                        tally.memory().residentBytes())
                .number("swapBytes", tally.memory().readable(), tally.memory().swapBytes());
        json.object("reasons", () -> line.reasons().forEach(json::number));
    }

    private static void totals(JsonText json, Tally tally) {
        json.number("workers", tally.workers())
                .number("leaked", tally.leaked())
                .number(
                        "residentBytes",
                        tally.memory().readable(),
                        tally.memory().residentBytes())
                .number("swapBytes", tally.memory().readable(), tally.memory().swapBytes())
                .number(
                        "leakedResidentBytes",
                        tally.leakedMemory().readable(),
                        tally.leakedMemory().residentBytes())
                .number(
                        "leakedSwapBytes",
                        tally.leakedMemory().readable(),
                        tally.leakedMemory().swapBytes());
    }

    private static void memory(JsonText json, HostMemory memory) {
        json.number("totalBytes", memory.readable(), memory.totalBytes())
                .number("availableBytes", memory.readable(), memory.availableBytes())
                .number("swapTotalBytes", memory.readable(), memory.swapTotalBytes())
                .number("swapUsedBytes", memory.readable(), memory.swapUsedBytes());
    }

    /** Where there is no limit, there is no number either. */
    private static boolean isLimit(OpenFiles files, long limit) {
        return files.readable() && limit < Long.MAX_VALUE;
    }

    private static Duration remaining(Verdict.Pending pending) {
        return pending.remaining().isNegative() ? Duration.ZERO : pending.remaining();
    }
}
