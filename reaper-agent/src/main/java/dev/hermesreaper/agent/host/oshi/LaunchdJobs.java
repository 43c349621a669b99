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

    /** All of a look see the same, and those of the look before a signal as a rule something newer. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Launchctl launchctl;
    private final Map<Integer, Answer> answers = new HashMap<>();

    /** @param failure why some jobs may be missing */
    private record Answer(Map<Integer, String> jobs, Optional<String> failure, Duration at) {}

    LaunchdJobs(Launchctl launchctl) {
        this.launchctl = launchctl;
    }

    /** What is said of {@code pid} of user {@code uid}, whose parent is launchd; empty if launchd only adopted it. */
    synchronized Optional<String> jobOf(int pid, int uid) {
        Answer known = answers.get(uid);
        if (known == null || LinuxClock.awake().minus(known.at()).compareTo(FRESH) > 0) {
            known = ask(uid);
            answers.put(uid, known);
        }
        Answer answer = known;
        return Optional.ofNullable(answer.jobs().get(pid))
                .map(label -> "launchd started it as the process of the job " + label)
                .or(() -> answer.failure().map(why -> "launchd may have started it as a job: " + why));
    }

    private Answer ask(int uid) {
        Map<Integer, String> jobs = new HashMap<>();
        Optional<String> failure = Optional.empty();
        for (String[] needed : List.of(new String[] {"list"}, new String[] {"print", "system"})) {
            if (!add(jobs, needed)) {
                failure = failure.or(() -> Optional.of("launchctl " + String.join(" ", needed) + " cannot be run"));
            }
        }
        // Who is logged in at the screen has one, who came over the network the other.
        boolean atScreen = add(jobs, "print", "gui/" + uid);
        boolean otherwise = add(jobs, "print", "user/" + uid);
        if (!atScreen && !otherwise) {
            failure = failure.or(() -> Optional.of("launchctl print user/" + uid + " cannot be run"));
        }
        return new Answer(jobs, failure, LinuxClock.awake());
    }

    private boolean add(Map<Integer, String> found, String... words) {
        Optional<List<String>> lines = launchctl.lines(words);
        for (String line : lines.orElse(List.of())) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length >= 3 && columns[0].matches("[1-9][0-9]{0,8}")) {
                found.put(Integer.parseInt(columns[0]), columns[columns.length - 1]);
            }
        }
        return lines.isPresent();
    }
}
