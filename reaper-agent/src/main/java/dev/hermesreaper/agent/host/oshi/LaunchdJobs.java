package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.linux.LinuxClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which processes launchd started itself: those {@code launchctl list} and {@code launchctl print} name with their pid. The
 * environment cannot tell, {@code XPC_SERVICE_NAME} is inherited. Written from {@code launchctl(1)}, not yet run on a Mac.
 */
final class LaunchdJobs {

    /** Within a look all see the same; a job that is younger is too young to be ended. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Launchctl launchctl;
    private final int uid;
    private Map<Integer, String> jobs = Map.of();
    private Optional<String> failure = Optional.empty();
    private Optional<Duration> readAt = Optional.empty();

    LaunchdJobs(Launchctl launchctl, int uid) {
        this.launchctl = launchctl;
        this.uid = uid;
    }

    /** What is said of {@code pid}, whose parent is launchd; empty if launchd only adopted it. */
    synchronized Optional<String> jobOf(int pid) {
        Duration now = LinuxClock.awake();
        if (readAt.isEmpty() || now.minus(readAt.get()).compareTo(FRESH) > 0) {
            read();
            readAt = Optional.of(now);
        }
        return Optional.ofNullable(jobs.get(pid))
                .map(label -> "launchd started it as the process of the job " + label)
                .or(() -> failure.map(why -> "launchd may have started it as a job: " + why));
    }

    private void read() {
        Map<Integer, String> found = new HashMap<>();
        failure = Optional.empty();
        add(found, true, "list");
        add(found, true, "print", "system");
        add(found, false, "print", "gui/" + uid);
        add(found, false, "print", "user/" + uid);
        jobs = found;
    }

    private void add(Map<Integer, String> found, boolean needed, String... words) {
        Optional<List<String>> lines = launchctl.lines(words);
        if (lines.isEmpty() && needed && failure.isEmpty()) {
            failure = Optional.of("launchctl " + String.join(" ", words) + " cannot be run");
        }
        for (String line : lines.orElse(List.of())) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length >= 3 && columns[0].matches("[1-9][0-9]{0,8}")) {
                found.put(Integer.parseInt(columns[0]), columns[columns.length - 1]);
            }
        }
    }
}
