package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The one place that asks for the time and lets it pass. */
public final class LinuxClock {

    /** Both clocks of the kernel are cut to hundredths of a second, that of lxcfs to seconds. */
    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    private final String root;

    LinuxClock(String root) {
        this.root = root;
    }

    /**
     * The clock that processes' start ticks count by.
     *
     * @throws HostException if it is another: lxcfs shows how long a container has run, and start ticks stay the kernel's, so
     *     every process would be from the future
     */
    static LinuxClock ofKernel(ProcFs proc, Boot boot) {
        LinuxClock clock = new LinuxClock(proc.root());
        Optional<StatLine> own =
                proc.read("self/stat") ? StatLine.parse(proc.bytes(), proc.length()) : Optional.empty();
        if (own.isEmpty()) {
            return clock;
        }
        Duration started = Duration.ofMillis(own.get().startTicks() * 1000 / boot.ticksPerSecond());
        Duration ahead = started.minus(clock.now().sinceBoot());
        if (ahead.compareTo(RESOLUTION) > 0) {
            throw new HostException(
                    ("%s/uptime is not the kernel's: by it this program starts in %d s. It is how long a container has run, as"
                                    + " lxcfs shows it (LXC, Incus, Proxmox), and no age can be told by it; as root in the"
                                    + " container, uncover the kernel's own: umount /proc/uptime")
                            .formatted(proc.root(), ahead.toSeconds()));
        }
        return clock;
    }

    /** Now; {@code /proc/uptime} counts sleep, {@code CLOCK_MONOTONIC} does not. */
    Moment now() {
        ProcFs proc = new ProcFs(root);
        if (!proc.read("uptime")) {
            throw new HostException("cannot read " + root + "/uptime: "
                    + (Files.exists(Path.of(root, "uptime"))
                            ? "it is there, so this program has probably no file descriptor left; raise its"
                                    + " limit (ulimit -n, LimitNOFILE)"
                            : "run where /proc is mounted"));
        }
        return new Moment(sinceBoot(proc), awake(), Instant.now());
    }

    /** Now, on a platform without {@code /proc}: {@code bootMillis} is the wall clock at its start. */
    public static Moment since(long bootMillis) {
        Instant wall = Instant.now();
        return new Moment(Duration.between(Instant.ofEpochMilli(bootMillis), wall), awake(), wall);
    }

    /** Time on a clock that never steps; only differences mean something. */
    public static Duration awake() {
        return Duration.ofNanos(System.nanoTime());
    }

    /** Lets time pass, to the nanosecond where the platform can. */
    public static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
    }

    /** Lets a few milliseconds pass; an interruption cuts it short and is left for the caller to notice. */
    static void pause(Duration time) {
        try {
            sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration sinceBoot(ProcFs uptime) {
        long seconds = 0;
        long centis = 0;
        int i = 0;
        byte[] bytes = uptime.bytes();
        for (; i < uptime.length() && bytes[i] != '.'; i++) {
            seconds = seconds * 10 + digit(bytes[i]);
        }
        for (int end = Math.min(i + 3, uptime.length()), at = i + 1; at < end; at++) {
            centis = centis * 10 + digit(bytes[at]);
        }
        return Duration.ofSeconds(seconds).plusMillis(centis * 10);
    }

    private int digit(byte character) {
        if (character < '0' || character > '9') {
            throw new HostException("cannot understand " + root + "/uptime: not a number");
        }
        return character - '0';
    }
}
