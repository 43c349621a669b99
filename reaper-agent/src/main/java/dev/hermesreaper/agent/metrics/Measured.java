package dev.hermesreaper.agent.metrics;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.hermes.GatewayKind;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.report.GatewayLine;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.WorkerLine;
import dev.hermesreaper.agent.state.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is measured of one machine: one report, what all passes came to, and how this program is set up. The
 * names are documented in docs/metrics.md; they are added to, never renamed.
 *
 * @param report what was seen last
 * @param counts what all passes came to
 * @param observed what became of decisions that were only observed
 * @param version of this program
 * @param configured whether the newest configuration is in force
 * @param observes whether decisions are taken and nobody is signalled
 */
public record Measured(
        LeakReport report, Counts counts, Observed observed, String version, boolean configured, boolean observes) {

    private static final String PREFIX = "hermes_reaper_";

    /** Gateways that have series of their own, those with most leaked workers first: more are counted only. */
    private static final int MOST_GATEWAYS = 50;

    /** Every verdict and reason there is, so that a series does not begin with the first of its kind. */
    private static final Map<Decision, List<Reason>> VERDICTS = new EnumMap<>(Map.of(
            Decision.REAP,
            List.of(Reason.ORPHANED, Reason.SESSION_ENDED, Reason.SUPERSEDED, Reason.ABANDONED, Reason.SURPLUS),
            Decision.REPORT,
            List.of(Reason.ORPHANED, Reason.SESSION_ENDED, Reason.SUPERSEDED, Reason.ABANDONED, Reason.SURPLUS),
            Decision.WAIT,
            List.of(Reason.SETTLING, Reason.IDLING),
            Decision.KEEP,
            List.of(
                    Reason.ZOMBIE,
                    Reason.FOREIGN_NAMESPACE,
                    Reason.NOT_OURS,
                    Reason.UNKNOWN,
                    Reason.PROTECTED,
                    Reason.MANAGED,
                    Reason.TOO_YOUNG,
                    Reason.BUSY,
                    Reason.NEWEST,
                    Reason.OWNED)));

    private static final Comparator<GatewayLine> WORST_FIRST = Comparator.comparingInt(
                    (GatewayLine line) -> line.tally().leaked())
            .thenComparingInt(line -> line.tally().workers())
            .reversed()
            .thenComparingInt(GatewayLine::pid);

    /** All metrics. */
    public List<Metric> metrics() {
        List<Metric> all = new ArrayList<>();
        workers(all);
        gateways(all);
        sweeps(all);
        all.add(Metric.flag(
                PREFIX + "blind",
                "Whether not one of the workers here could be read, or for long none was recognised although gateways run here.",
                report.blind()));
        all.add(Metric.flag(
                PREFIX + "complete", "Whether everything decisive could be read at the last look.", report.complete()));
        all.add(Metric.flag(
                PREFIX + "paused",
                "Whether an operator has paused it: nobody is signalled.",
                report.orders().pause().isPresent()));
        report.orders()
                .pause()
                .flatMap(Pause::until)
                .ifPresent(until -> all.add(Metric.gauge(
                        PREFIX + "paused_until_timestamp_seconds", "When the pause ends.", seconds(until))));
        all.add(Metric.flag(PREFIX + "observing", "Whether decisions are taken and nobody is signalled.", observes));
        observed(all);
        all.add(Metric.flag(PREFIX + "config_ok", "Whether the newest configuration is in force.", configured));
        Metric.Growing build = new Metric.Growing(PREFIX + "build_info", Metric.Kind.GAUGE, "Always 1; the version.");
        build.add(1, "version", version);
        all.add(build.done());
        return List.copyOf(all);
    }

    private void workers(List<Metric> all) {
        Metric.Growing workers = new Metric.Growing(
                PREFIX + "workers", Metric.Kind.GAUGE, "Slash workers by verdict and reason, all users.");
        Map<Decision, Map<Reason, Long>> numbers = new EnumMap<>(Decision.class);
        VERDICTS.forEach((decision, reasons) -> {
            Map<Reason, Long> zeros = numbers.computeIfAbsent(decision, it -> new EnumMap<>(Reason.class));
            reasons.forEach(reason -> zeros.put(reason, 0L));
        });
        report.workers()
                .forEach(line -> numbers.computeIfAbsent(line.verdict().decision(), it -> new EnumMap<>(Reason.class))
                        .merge(line.verdict().reason(), 1L, Long::sum));
        numbers.forEach((decision, reasons) -> reasons.forEach(
                (reason, number) -> workers.add(number, "verdict", decision.word(), "reason", reason.word())));
        all.add(workers.done());
        all.add(Metric.gauge(
                PREFIX + "leaked_workers",
                "Leaked slash workers: verdict reap, wait or report.",
                report.totals().leaked()));
        memory(all, "workers_", "all slash workers", report.totals().memory());
        memory(all, "leaked_", "leaked slash workers", report.totals().leakedMemory());
        all.add(Metric.gauge(
                PREFIX + "oldest_leak_age_seconds",
                "Age of the oldest leaked slash worker; 0 without one.",
                report.workers().stream()
                        .filter(line -> line.isOurs() && line.isLeaked())
                        .map(WorkerLine::age)
                        .max(Duration::compareTo)
                        .map(Measured::seconds)
                        .orElse(0.0)));
    }

    private static void memory(List<Metric> all, String whose, String words, MemoryUse memory) {
        if (memory.readable()) {
            all.add(Metric.gauge(
                    PREFIX + whose + "resident_bytes", "Resident memory of " + words + ".", memory.residentBytes()));
            all.add(Metric.gauge(
                    PREFIX + whose + "swap_bytes", "Swapped memory of " + words + ".", memory.swapBytes()));
        }
    }

    private void gateways(List<Metric> all) {
        Metric.Growing kinds = new Metric.Growing(PREFIX + "gateways", Metric.Kind.GAUGE, "Hermes gateways by kind.");
        for (GatewayKind kind : GatewayKind.values()) {
            kinds.add(
                    report.gateways().stream()
                            .filter(line -> line.gateway().kind() == kind)
                            .count(),
                    "kind",
                    kind.word());
        }
        all.add(kinds.done());
        all.add(Metric.gauge(
                PREFIX + "leaked_gateways",
                "Entry gateways that nobody is left to speak to.",
                report.gateways().stream().filter(GatewayLine::isLeaked).count()));
        Metric.Growing workers = gateway("workers", "Slash workers this gateway owns.");
        Metric.Growing leaked = gateway("leaked_workers", "Leaked slash workers this gateway owns.");
        Metric.Growing files = gateway("open_files", "Open file descriptors of this gateway.");
        Metric.Growing most = gateway("max_files", "Soft limit of its open file descriptors; absent without one.");
        Metric.Growing clients = gateway("clients", "Connections attached to it, an upper bound; absent if unknown.");
        report.gateways().stream().sorted(WORST_FIRST).limit(MOST_GATEWAYS).forEach(line -> {
            String[] labels = labels(line);
            workers.add(line.tally().workers(), labels);
            leaked.add(line.tally().leaked(), labels);
            OpenFiles open = line.gateway().details().openFiles();
            if (open.readable()) {
                files.add(open.open(), labels);
                if (open.softLimit() > 0 && open.softLimit() < Long.MAX_VALUE) {
                    most.add(open.softLimit(), labels);
                }
            }
            if (line.gateway().clients().countable()) {
                clients.add(line.gateway().clients().attached(), labels);
            }
        });
        List.of(workers, leaked, files, most, clients).forEach(growing -> all.add(growing.done()));
    }

    private static Metric.Growing gateway(String name, String help) {
        return new Metric.Growing(PREFIX + "gateway_" + name, Metric.Kind.GAUGE, help);
    }

    private static String[] labels(GatewayLine line) {
        return new String[] {
            "pid",
            Integer.toString(line.pid()),
            "kind",
            line.gateway().kind().word(),
            "user",
            line.user().map(RawText::printable).orElse("unknown")
        };
    }

    private void sweeps(List<Metric> all) {
        Metric.Growing reaps = new Metric.Growing(
                PREFIX + "reaps_total",
                Metric.Kind.COUNTER,
                "Processes that were to be ended, by reason and what became of them.");
        // From the start, so that the first worker that is ended shows as an increase.
        Map<Counts.Reap, Long> numbers = new TreeMap<>(counts.reaps());
        for (Reason reason : VERDICTS.getOrDefault(Decision.REAP, List.of())) {
            List.of("exited", "killed", "survived", "not-permitted")
                    .forEach(outcome -> numbers.putIfAbsent(new Counts.Reap(reason.word(), outcome), 0L));
        }
        numbers.forEach((reap, number) -> reaps.add(number, "reason", reap.reason(), "outcome", reap.outcome()));
        all.add(reaps.done());
        all.add(Metric.counter(
                PREFIX + "reclaimed_bytes_total",
                "Resident and swapped memory of processes that were ended and are proven gone.",
                counts.reclaimedBytes()));
        all.add(Metric.counter(
                PREFIX + "sweeps_total", "Passes that could look at this whole machine.", counts.sweeps()));
        all.add(Metric.gauge(
                PREFIX + "sweep_duration_seconds",
                "How long the last pass took, its waits and graces included.",
                seconds(counts.lastTook())));
        counts.lastAt()
                .ifPresent(at -> all.add(Metric.gauge(
                        PREFIX + "last_success_timestamp_seconds",
                        "When the last pass that could look was over.",
                        seconds(at))));
        all.add(Metric.gauge(
                PREFIX + "last_look_timestamp_seconds", "When these numbers were read.", seconds(report.takenAt())));
    }

    private void observed(List<Metric> all) {
        all.add(Metric.counter(
                PREFIX + "observed_total",
                "Processes that would have been ended by passes that only observe.",
                observed.counts().observed()));
        all.add(Metric.counter(
                PREFIX + "regrets_total",
                "Of those, the ones that did work later.",
                observed.counts().regrets()));
        all.add(Metric.counter(
                PREFIX + "confirmed_total",
                "Of those, the ones that ended without having worked.",
                observed.counts().confirmed()));
        all.add(Metric.gauge(
                PREFIX + "observed_watched",
                "Of those, the ones of which it is not known yet.",
                observed.watched().size()));
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
