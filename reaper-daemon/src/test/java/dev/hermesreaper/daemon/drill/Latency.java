package dev.hermesreaper.daemon.drill;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.Stage;
import dev.hermesreaper.agent.demo.StagedGateway;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How much later than {@code settle} after its gateway was killed a worker is judged and the first signal is about to be
 * sent: the time of the line {@code verdict.reap}, which is written right before it. And when the pass that reached the
 * verdict began, from its id, cut to the millisecond: without a settle that is the first one after the death.
 */
final class Latency {

    private Latency() {}

    /** {@code ROUNDS SETTLE [LIMIT-MS]}: at least two rounds; the limit is for the verdicts of all. */
    static void run(List<String> words, PrintStream out) throws Exception {
        int rounds = Integer.parseInt(words.get(0));
        Duration settle = Duration.parse("PT" + words.get(1));
        Path state = Files.createTempDirectory("drill");
        List<Double> begun = new ArrayList<>();
        List<Double> judged = new ArrayList<>();
        try (Stage stage = Stage.open();
                Daemon daemon = new Daemon.Plan(state.resolve("state"))
                        .set("JUDGE_SETTLE", words.get(1).toLowerCase(java.util.Locale.ROOT))
                        .set("SCAN_INTERVAL", "1s")
                        .started()) {
            for (int round = 0; round < rounds; round++) {
                StagedGateway dashboard = stage.director().dashboard();
                StagedGateway.Leaked leaked = dashboard.leakedWorker("s" + round, Part.plain());
                awaitWatched(state.resolve("state"), leaked.worker().pid());
                Instant killed = Instant.now();
                dashboard.signal("KILL");
                String line = daemon.await(
                        "event=verdict.reap", "pid=" + leaked.worker().pid());
                begun.add(late(killed, beginOfPass(line), settle));
                judged.add(late(killed, Instant.parse(line.substring(0, line.indexOf(' '))), settle));
                if (!leaked.worker().awaitGone(Duration.ofSeconds(10))) {
                    throw new AssertionError("it did not go: " + leaked.worker());
                }
                stage.director().reapZombies();
                leaked.holder().signal("KILL");
            }
        }
        out.printf("settle %s, %d rounds, ms after it was over%n", words.get(1), rounds);
        say("the pass begins", begun, out);
        say("the verdict falls", judged, out);
        if (words.size() > 2 && at(sorted(judged), 0.99) > Double.parseDouble(words.get(2))) {
            throw new AssertionError("later than " + words.get(2) + " ms: " + judged);
        }
    }

    private static double late(Instant killed, Instant then, Duration settle) {
        return Duration.between(killed, then).minus(settle).toNanos() / 1e6;
    }

    private static Instant beginOfPass(String line) {
        String id = line.replaceFirst(".* sweep=(\\w+) .*", "$1");
        return Instant.ofEpochMilli(Long.parseLong(id, Character.MAX_RADIX));
    }

    /** The first of a service's life is a row of its own: it brings in what no look needs. */
    private static void say(String what, List<Double> late, PrintStream out) {
        List<Double> others = sorted(late.subList(1, late.size()));
        out.printf(
                "  %-18s median %.1f, p90 %.1f, p99 %.1f, max %.1f; the first of all %.1f%n",
                what, at(others, 0.5), at(others, 0.9), at(others, 0.99), at(others, 1), late.get(0));
    }

    private static List<Double> sorted(List<Double> values) {
        return values.stream().sorted().toList();
    }

    /** Two looks have seen it when this returns: it is watched, and idle between two looks. */
    private static void awaitWatched(Path state, long pid) throws Exception {
        int seen = 0;
        String before = "";
        while (seen < 2) {
            String now = Files.exists(state.resolve("sightings.json"))
                    ? Files.readString(state.resolve("sightings.json"))
                    : "";
            if (!now.equals(before) && now.contains("\"pid\":" + pid + ",")) {
                seen++;
                before = now;
            }
            Thread.sleep(10);
        }
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
    }
}
