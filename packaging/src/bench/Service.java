import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The service, while it runs. */
final class Service implements AutoCloseable {

    private static final double MILLIS_PER_TICK = 10;

    private final Process daemon;

    /** @param interval seconds between two looks */
    Service(Path home, Path scratch, int interval) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/hermes-reaperd").toString(),
                        "--state-dir",
                        scratch.resolve("state-d").toString())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("daemon.log").toFile());
        builder.environment().put("HERMES_REAPER_SCAN_INTERVAL", interval + "s");
        daemon = builder.start();
    }

    /** CPU it has used so far, of all its threads. */
    double cpuMillis() throws IOException {
        String stat = Files.readString(file("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
    }

    /** What it holds now, in words. */
    String holds() throws IOException {
        try (var descriptors = Files.list(file("fd"))) {
            return "resident %s MiB, of that anonymous %s MiB; %d threads; %d descriptors"
                    .formatted(
                            Series.number(status("VmRSS:") / 1024.0),
                            Series.number(status("RssAnon:") / 1024.0),
                            status("Threads:"),
                            descriptors.count());
        }
    }

    private long status(String key) throws IOException {
        Optional<String> line = Files.readAllLines(file("status")).stream()
                .filter(it -> it.startsWith(key))
                .findFirst();
        return Long.parseLong(line.orElseThrow().substring(key.length()).replace("kB", "").strip());
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(daemon.pid()), name);
    }

    @Override
    public void close() throws InterruptedException {
        daemon.destroy();
        daemon.waitFor();
    }
}
