package dev.hermesreaper.daemon.drill;

import dev.hermesreaper.agent.demo.StagedGateway;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the service costs while nothing happens: resident memory and CPU time beside 200 processes, 10 of them workers as in
 * the bench, or as many as are asked for, 12 to a dashboard.
 */
final class Footprint {

    private static final int PROCESSES = 200;
    private static final int TO_A_DASHBOARD = 12;
    private static final int USUAL_WORKERS = 10;

    private Footprint() {}

    /** {@code MINUTES [INTERVAL [WORKERS]]}. */
    static void run(List<String> words, PrintStream out) throws Exception {
        int minutes = Integer.parseInt(words.get(0));
        int workers = words.size() > 2 ? Integer.parseInt(words.get(2)) : USUAL_WORKERS;
        try (Scene scene = new Scene()) {
            int dashboards = 0;
            for (int first = 0; first < workers; first += TO_A_DASHBOARD) {
                StagedGateway dashboard = scene.stage().director().dashboard();
                dashboards++;
                dashboard.workers(
                        IntStream.range(first, Math.min(workers, first + TO_A_DASHBOARD))
                                .mapToObj(number -> "s" + number)
                                .toList(),
                        scene.part());
            }
            for (int i = dashboards + workers; i < PROCESSES; i++) {
                scene.stage().director().program("sleep", "100000");
            }
            Daemon.Plan plan =
                    scene.plan().unset("JUDGE_MIN_AGE").unset("JUDGE_SETTLE").unset("REAP_TERM_GRACE");
            if (words.size() > 1) {
                plan.set("SCAN_INTERVAL", words.get(1));
            }
            Daemon daemon = scene.started(plan);
            scene.pass(Duration.ofSeconds(20));
            long before = ticks(daemon.pid());
            for (int i = 0; i < minutes; i++) {
                scene.pass(Duration.ofMinutes(1));
                out.printf("minute %d: %s%n", i + 1, memory(daemon.pid()));
            }
            double percent = (ticks(daemon.pid()) - before) / 100.0 / (minutes * 60) * 100;
            out.printf(
                    "%d minutes, %d processes, %d of them workers: %s, %.3f %% of one CPU%n",
                    minutes, PROCESSES, workers, memory(daemon.pid()), percent);
        }
    }

    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    static String memory(long pid) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS") || line.startsWith("RssAnon") || line.startsWith("Threads")) {
                String[] words = line.split("\\s+", -1);
                boolean isMemory = words.length > 2;
                text.append(words[0].toLowerCase(Locale.ROOT))
                        .append(' ')
                        .append(isMemory ? "%.1f MiB ".formatted(Long.parseLong(words[1]) / 1024.0) : words[1] + " ");
            }
        }
        try (var fds = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return text.append("fds ").append(fds.count()).toString();
        }
    }
}
