import com.sun.management.ThreadMXBean;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures this program against what people would use instead, all in one run and in turn (A B C A B C …), so that the
 * ratios hold although a machine's speed drifts. Run by {@code packaging/bench}, in a pid namespace of its own.
 */
final class Bench {

    /** The line people put into cron (#21467), without its {@code kill}. */
    private static final String CRON_LINE =
            "ps -eo pid,etimes,cmd | awk '/tui_gateway\\.slash_worker/ && !/awk/ && $2+0 > 3600 {print $1}' | xargs -r echo";

    private static final String WARM_SCAN = "warm scan (process table)";
    private static final String WARM_LOOK = "warm look (table, owners, clients)";
    private static final String WARM_PASS = "warm pass (look, verdicts, state files)";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path floor;
    private final Path home;
    private final Path scratch;
    private final String java;
    private final int rounds;
    private final StringBuilder page = new StringBuilder();

    private interface Contender {
        void round(Series into) throws IOException, InterruptedException;
    }

    private Bench(Path floor, Path home, Path scratch, String java, int rounds) {
        this.floor = floor;
        this.home = home;
        this.scratch = scratch;
        this.java = java;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("looks")) {
            looks(Integer.parseInt(args[1]));
            return;
        }
        if (args[0].equals("alone")) {
            alone(Integer.parseInt(args[1]), Path.of(args[2]));
            return;
        }
        Bench bench =
                new Bench(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), args[3], Integer.parseInt(args[4]));
        int seconds = Integer.parseInt(args[5]);
        for (String size : args[6].split(",")) {
            bench.compare(Integer.parseInt(size));
        }
        if (seconds > 0) {
            bench.service(200, Math.min(30, seconds), seconds);
            bench.service(1100, Math.min(5, seconds), seconds);
        }
        if (args[7].equals("grow")) {
            bench.grow();
        }
        System.out.print(bench.page);
    }

    private void grow() throws Exception {
        Path python = scratch.resolve("python3");
        line("");
        line("### What grows");
        line("");
        Growth.table(floor, python, () -> {
                    String[] figures = askJava("looks", String.valueOf(Math.max(5, rounds / 2))).split(" ");
                    return new double[] {Double.parseDouble(figures[0]), Double.parseDouble(figures[1])};
                })
                .forEach(this::line);
        line("");
        Growth.crowd(floor, python, home.resolve("bin/hermes-reaper"), scratch.resolve("state.many"), Bench.this::run)
                .forEach(this::line);
    }

    /** Takes looks at what is staged, on one thread: as a command has it, by streams, and as the service, by calls. */
    private static void looks(int rounds) {
        Series command = new Series();
        Series again = new Series();
        Lookout service = new Lookout(host());
        for (int round = -5; round < rounds; round++) {
            LinuxHost streams = new LinuxHost(Lookout.TRACES, Lookout.VARIABLES);
            warm(round < 0 ? new Series() : command, new Lookout(streams)::look);
            warm(round < 0 ? new Series() : again, service::look);
        }
        System.out.printf(Locale.ROOT, "%f %f%n", command.median("cpu"), again.median("cpu"));
    }

    /** All of them over a machine with leaking dashboards, then the cold starts over one without Hermes. */
    private void compare(int processes) throws Exception {
        compare(processes, processes / 20, contenders());
        Map<String, Contender> cold = contenders();
        cold.keySet().removeIf(name -> name.startsWith("warm") || name.startsWith("`ps"));
        compare(processes, 0, cold);
    }

    private void compare(int processes, int workers, Map<String, Contender> contenders) throws Exception {
        try (Stage ignored = new Stage(floor, scratch.resolve("python3"), processes, workers)) {
            Map<String, Series> results = new LinkedHashMap<>();
            contenders.keySet().forEach(name -> results.put(name, new Series()));
            for (int round = -2; round < rounds; round++) {
                for (Map.Entry<String, Contender> each : contenders.entrySet()) {
                    each.getValue().round(round < 0 ? new Series() : results.get(each.getKey()));
                }
                System.err.printf(
                        "%d processes, %d workers: round %d of %d%n",
                        processes, workers, Math.max(0, round + 1), rounds);
            }
            if (results.containsKey(WARM_SCAN)) {
                askAlone(results);
            }
            table(processes, workers, results);
        }
    }

    /** As the service has it, which watches processes and so reads by calls. */
    private static LinuxHost host() {
        LinuxHost host = new LinuxHost(Lookout.TRACES, Lookout.VARIABLES);
        try (ExitWatch watch = host.watch()) {
            watch.watch(List.of(host.entry(host.self().pid()).orElseThrow()));
        }
        return host;
    }

    /**
     * What the threads of a look take together, in a JVM that knows of one processor only and so has one thread for it: a
     * second one is gone before it could be asked.
     */
    private void askAlone(Map<String, Series> results) throws IOException, InterruptedException {
        String[] figures =
                askJava("alone", String.valueOf(rounds), scratch.resolve("state.alone").toString()).split(" ");
        int at = 0;
        for (String name : List.of(WARM_SCAN, WARM_LOOK, WARM_PASS)) {
            results.get(name).add("cpu", Double.parseDouble(figures[at++]));
            results.get(name).add("alloc", Double.parseDouble(figures[at++]));
        }
    }

    /** Asks this class in a JVM of one processor. */
    private String askJava(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java, "-XX:ActiveProcessorCount=1", "-XX:+UseSerialGC", "-Xmx512m",
                "-cp", System.getProperty("java.class.path"), Bench.class.getName()));
        command.addAll(List.of(words));
        return ask(command.toArray(new String[0]));
    }

    private static void alone(int rounds, Path state) {
        Series scan = new Series();
        Series look = new Series();
        Series pass = new Series();
        Pass passes = new Pass(state, Bench::host);
        for (int round = -5; round < rounds; round++) {
            warm(round < 0 ? new Series() : scan, host()::table);
            warm(round < 0 ? new Series() : look, new Lookout(host())::look);
            passes.prepare();
            warm(round < 0 ? new Series() : pass, passes::take);
        }
        for (Series each : List.of(scan, look, pass)) {
            System.out.printf(Locale.ROOT, "%f %f ", each.median("cpu"), each.median("alloc"));
        }
    }

    private Map<String, Contender> contenders() {
        Lookout lookout = new Lookout(host());
        Pass passes = new Pass(scratch.resolve("state.warm"), Bench::host);
        String sweep = home.resolve("bin/hermes-reaper").toString();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put("the cron line", into -> run(into, "sh", "-c", CRON_LINE));
        contenders.put("`ps -eo pid,ppid,etimes,cmd`", into -> run(into, "ps", "-eo", "pid,ppid,etimes,cmd"));
        contenders.put("C floor: command line and stat", into -> scan(into, "both"));
        contenders.put("C floor: command line first", into -> scan(into, "cmdline"));
        // Another host each time: one that has just looked need not read all again.
        contenders.put(WARM_SCAN, into -> timed(into, host()::table));
        contenders.put(WARM_LOOK, into -> timed(into, new Lookout(host())::look));
        contenders.put("warm look, again within 20 s", into -> timed(into, lookout::look));
        contenders.put(WARM_PASS, into -> {
            passes.prepare();
            timed(into, passes::take);
        });
        contenders.put("hello-world JVM", into -> run(into, java, "-Xshare:auto", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", scratch.toString(), "Hello"));
        // Said by the environment, so that the words are those of a cron line.
        contenders.put("cold `sweep --quiet`", into -> run(into, "env", "HERMES_REAPER_JUDGE_SETTLE=0s", sweep, "sweep",
                "--quiet", "--state-dir", scratch.resolve("state").toString()));
        return contenders;
    }

    private interface Work {
        Object done();
    }

    private static void timed(Series into, Work work) {
        long start = System.nanoTime();
        Object result = work.done();
        into.add("wall", (System.nanoTime() - start) / 1e6);
        if (result == null) {
            throw new IllegalStateException("nothing was read");
        }
    }

    private static void warm(Series into, Work work) {
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long cpu = THREADS.getCurrentThreadCpuTime();
        timed(into, work);
        into.add("cpu", (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6);
        into.add("alloc", (THREADS.getThreadAllocatedBytes(thread) - allocated) / 1048576.0);
    }

    private void scan(Series into, String what) throws IOException, InterruptedException {
        into.add("wall", Double.parseDouble(ask(floor.toString(), "scan", what).split(" ")[0]) / 1e6);
    }

    private void run(Series into, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(floor.toString(), "run"));
        words.addAll(List.of(command));
        String[] answer = ask(words.toArray(new String[0])).split(" ");
        if (!answer[4].equals("0")) {
            throw new IOException(String.join(" ", command) + " ended with " + answer[4]);
        }
        into.add("wall", Double.parseDouble(answer[0]) / 1e3);
        into.add("cpu", (Double.parseDouble(answer[1]) + Double.parseDouble(answer[2])) / 1e3);
        into.add("peak", Double.parseDouble(answer[3]) / 1024);
    }

    private static String ask(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return answer;
    }

    private void table(int processes, int workers, Map<String, Series> results) {
        double cron = results.get("the cron line").median("wall");
        double both = results.get("C floor: command line and stat").median("wall");
        double hello = results.get("hello-world JVM").median("wall");
        line("");
        line("### %,d processes, %s".formatted(processes, workers == 0 ? "nothing of Hermes" : workers + " of them workers"));
        line("");
        line("| | wall, ms | spread | CPU, ms | peak, MiB | allocated, MiB | × cron line | × C floor | × hello |");
        line("|---|---|---|---|---|---|---|---|---|");
        results.forEach((name, series) -> line("| %s | %s | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        name,
                        Series.number(series.median("wall")),
                        series.spread("wall"),
                        Series.number(series.median("cpu")),
                        Series.number(series.median("peak")),
                        Series.number(series.median("alloc")),
                        ratio(series.median("wall"), cron),
                        ratio(series.median("wall"), both),
                        ratio(series.median("wall"), hello))));
    }

    /** What the service costs while nothing happens, and beside it a program in C that only reads as often. */
    private void service(int processes, int interval, int seconds) throws Exception {
        try (Stage ignored = new Stage(floor, scratch.resolve("python3"), processes, 10);
                Service service = new Service(home, scratch, interval)) {
            // Its start is not what is measured here; and half-way between two looks both find of what they share, the
            // kernel's memory of the processes, that it was touched by the other half an interval ago.
            Thread.sleep(15 / interval * interval * 1000L + interval * 500L);
            double before = service.cpuMillis();
            int times = Math.max(1, seconds / interval);
            String[] micros = ask(floor.toString(), "watch", String.valueOf(interval), String.valueOf(times)).split(" ");
            double scan = Double.parseDouble(micros[0]) / 1e3;
            double look = (service.cpuMillis() - before) / times;
            line("");
            line("### Service, %,d processes, a look every %d s, %d s".formatted(processes, interval, times * interval));
            line("");
            line(String.format(Locale.ROOT, "- CPU %.3f %%, %s ms a look; %s",
                    look / (interval * 10.0), Series.number(look), service.holds()));
            line("- the C floor (command line and stat) as often: %s ms of CPU a scan, so a look takes × %s"
                    .formatted(Series.number(scan), ratio(look, scan)));
            line("- 1,000 pages of memory that were touched as long ago: %s ms, at once again: %s ms"
                    .formatted(
                            Series.number(Double.parseDouble(micros[1]) / 1e3),
                            Series.number(Double.parseDouble(micros[2]) / 1e3)));
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String ratio(double value, double to) {
        return Double.isNaN(value) || Double.isNaN(to) ? "" : String.format(Locale.ROOT, "%.2f", value / to);
    }
}
