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
import java.util.Optional;

/** Real time and real start times, for two processes that contend. */
public final class ProbeHost extends BareHost {

    @Override
    public Self self() {
        try {
            int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return new Self((int) ProcessHandle.current().pid(), uid, "probe");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Moment now() {
        Duration now = Duration.ofNanos(System.nanoTime());
        return new Moment(now, now, Instant.EPOCH);
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(process(pid, Long.parseLong(fields[19])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
