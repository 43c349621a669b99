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
import java.util.Collections;
import java.util.List;

/**
 * How much later than {@code settle} after its gateway was killed a worker is judged and the first signal is about to be
 * sent: the time of the line {@code verdict.reap}, which is written right before it.
 */
final class Latency {

    private Latency() {}

    /** {@code ROUNDS SETTLE [LIMIT-MS]}. */
    static void run(List<String> words, PrintStream out) throws Exception {
        int rounds = Integer.parseInt(words.get(0));
        Duration settle = Duration.parse("PT" + words.get(1));
        Path state = Files.createTempDirectory("drill");
        List<Double> overshoots = new ArrayList<>();
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
                Instant judged = Instant.parse(line.substring(0, line.indexOf(' ')));
                overshoots.add(Duration.between(killed, judged).minus(settle).toNanos() / 1e6);
                if (!leaked.worker().awaitGone(Duration.ofSeconds(10))) {
                    throw new AssertionError("it did not go: " + leaked.worker());
                }
                stage.director().reapZombies();
                leaked.holder().signal("KILL");
            }
        }
        Collections.sort(overshoots);
        double p99 = at(overshoots, 0.99);
        out.printf(
                "settle %s, %d rounds: overshoot median %.1f ms, p90 %.1f, p99 %.1f, max %.1f%n",
                words.get(1), rounds, at(overshoots, 0.5), at(overshoots, 0.9), p99, at(overshoots, 1));
        if (words.size() > 2 && p99 > Double.parseDouble(words.get(2))) {
            throw new AssertionError("later than " + words.get(2) + " ms: " + overshoots);
        }
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
