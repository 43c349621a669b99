package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sleeping is stepping: time passes at once, and something may happen after a while. */
final class SteppingHost extends BareHost {

    static final int PID = 4000;

    private final int uid;
    private final Map<Integer, ProcessEntry> processes = new HashMap<>();
    private Duration time = Duration.ofHours(2);
    private Duration asleep = Duration.ZERO;
    private Duration eventAt = Duration.ofDays(9);
    private Runnable event = () -> {};

    private SteppingHost(int uid) {
        this.uid = uid;
        runs(process(PID, 77));
    }

    /** Run by the user who runs the tests, as the owner of what is created in {@code scratch} shows. */
    static SteppingHost in(Path scratch) {
        try {
            return new SteppingHost((int) Files.getAttribute(scratch, "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void runs(ProcessEntry process) {
        processes.put(process.pid(), process);
    }

    void after(Duration wait, Runnable what) {
        eventAt = time.plus(wait);
        event = what;
    }

    Duration time() {
        return time;
    }

    @Override
    public Self self() {
        return new Self(PID, uid, "test");
    }

    @Override
    public Moment now() {
        return new Moment(time, time.minus(asleep), Instant.EPOCH);
    }

    @Override
    public void sleep(Duration pause) {
        time = time.plus(pause);
        if (time.compareTo(eventAt) >= 0) {
            eventAt = Duration.ofDays(9);
            event.run();
        }
    }

    /** The machine sleeps through this. */
    void suspend(Duration pause) {
        time = time.plus(pause);
        asleep = asleep.plus(pause);
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }
}
