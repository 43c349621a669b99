package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.hermes.GatewayKind;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.RawText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why one process is treated as it is: a worker or an entry by its verdict, any other process by what it is instead.
 *
 * @param process whom it is about
 * @param kind {@code slash-worker}, the word of a gateway's kind, {@code node} for a chat's node, {@code descendant} for
 *     what runs below a worker, or {@code other}
 * @param worker the worker, if it is one
 * @param gateway the gateway, if it is one
 * @param verdict of a worker or an entry
 * @param why of any other process: why it is never ended, one harmless line
 * @param evidence the facts behind it
 */
public record Explanation(
        ProcessEntry process,
        String kind,
        Optional<WorkerLine> worker,
        Optional<GatewayLine> gateway,
        Optional<Verdict> verdict,
        String why,
        List<Evidence> evidence) {

    private static final String MODULE = "tui_gateway.slash_worker";

    public Explanation {
        evidence = List.copyOf(evidence);
    }

    /**
     * Explains {@code process}.
     *
     * @param report the report on the look
     * @param process as read in that look, or now if the look does not show it
     */
    public static Explanation of(LeakReport report, ProcessEntry process) {
        ProcessIdentity identity = process.identity();
        Optional<WorkerLine> worker = report.workers().stream()
                .filter(line -> line.worker().identity().equals(identity))
                .findFirst();
        if (worker.isPresent()) {
            Verdict verdict = worker.get().verdict();
            return new Explanation(
                    process, "slash-worker", worker, Optional.empty(), Optional.of(verdict), "", verdict.evidence());
        }
        Optional<GatewayLine> gateway = report.gateways().stream()
                .filter(line -> line.gateway().identity().equals(identity))
                .findFirst();
        return gateway.map(line -> ofGateway(process, line)).orElseGet(() -> ofOther(process, report));
    }

    private static Explanation ofGateway(ProcessEntry process, GatewayLine line) {
        String kind = line.gateway().kind().word();
        Optional<Verdict> verdict = line.verdict();
        if (verdict.isPresent()) {
            return new Explanation(
                    process,
                    kind,
                    Optional.empty(),
                    Optional.of(line),
                    verdict,
                    "",
                    verdict.get().evidence());
        }
        String why = line.gateway().kind() == GatewayKind.UNKNOWN
                ? "it is titled only hermes, so it may be any gateway; gateways are reported, never signalled"
                : "it is a gateway (" + kind + "); gateways are reported, never signalled";
        String proc = "/proc/" + process.pid();
        List<Evidence> evidence = List.of(
                new Evidence(
                        "workers",
                        line.tally().workers() + ", of them leaked "
                                + line.tally().leaked(),
                        "process table"),
                new Evidence(
                        "clients",
                        line.gateway().clients().countable()
                                ? line.gateway().clients().attached() + " attached"
                                : "not countable",
                        line.gateway().clients().why()),
                new Evidence("files", Figures.files(line.gateway().details().openFiles()), proc + "/fd"));
        return new Explanation(process, kind, Optional.empty(), Optional.of(line), verdict, why, evidence);
    }

    private static Explanation ofOther(ProcessEntry process, LeakReport report) {
        Optional<WorkerLine> above = report.workers().stream()
                .filter(line -> line.worker().descendants().stream()
                        .anyMatch(it -> it.identity().equals(process.identity())))
                .findFirst();
        Optional<GatewayLine> chat = report.gateways().stream()
                .filter(line -> line.gateway()
                        .chain()
                        .filter(chain -> chain.node().identity().equals(process.identity()))
                        .isPresent())
                .findFirst();
        String kind = above.isPresent() ? "descendant" : chat.isPresent() ? "node" : "other";
        String why = above.map(line -> "it runs below worker " + line.pid() + " and is only ever ended after it")
                .or(() -> chat.map(line ->
                        "it is the node process of a chat, above entry " + line.pid() + "; it is never signalled"))
                .orElseGet(() -> why(process));
        return new Explanation(
                process, kind, Optional.empty(), Optional.empty(), Optional.empty(), why, evidence(process));
    }

    private static String why(ProcessEntry process) {
        if (process.isZombie()) {
            return "it is dead; process " + process.parentPid() + ", its parent, has not collected it";
        }
        if (!process.argv().readable()) {
            return "its command line cannot be read, so what it is cannot be told";
        }
        boolean mentions = process.argv().words().stream().anyMatch(word -> word.contains(MODULE));
        if (mentions && process.executable().isPython()) {
            return "its words mention " + MODULE + ", but not as the module it runs (-m " + MODULE + ")";
        }
        return mentions
                ? "its words mention " + MODULE + ", but it runs " + RawText.printable(program(process))
                : "it runs " + RawText.printable(program(process)) + ", nothing of Hermes";
    }

    private static List<Evidence> evidence(ProcessEntry process) {
        String proc = "/proc/" + process.pid();
        List<Evidence> evidence = new ArrayList<>();
        if (process.executable().readable()) {
            evidence.add(new Evidence("runs", process.executable().path(), proc + "/exe"));
        }
        evidence.add(new Evidence("name", process.comm(), proc + "/stat"));
        evidence.add(new Evidence("parent", Integer.toString(process.parentPid()), proc + "/stat"));
        return evidence;
    }

    /** What it runs, as a person would call it. */
    static String program(ProcessEntry process) {
        if (process.executable().readable() && !process.executable().path().isEmpty()) {
            return Executable.name(process.executable().path());
        }
        return process.argv().isEmpty() || process.argv().command().isEmpty()
                ? process.comm()
                : Executable.name(process.argv().command());
    }
}
