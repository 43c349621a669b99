package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A machine whose boot and clocks a test sets. */
final class RebootingHost extends BareHost {

    private final Self self;
    private String boot = BOOT;
    private Duration up = Duration.ofDays(3);

    Instant wall;
    boolean hidesProcesses;

    RebootingHost(Self self, Instant wall) {
        this.self = self;
        this.wall = wall;
    }

    void pass(Duration time) {
        up = up.plus(time);
        wall = wall.plus(time);
    }

    void reboot(Duration upAgain) {
        boot = "another boot";
        up = upAgain;
    }

    @Override
    public Self self() {
        return self;
    }

    @Override
    public Moment now() {
        return new Moment(up, up, wall);
    }

    @Override
    public void sleep(Duration time) {
        pass(time);
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        return hidesProcesses
                ? Optional.empty()
                : Optional.of(new ProcessEntry(
                        new ProcessIdentity(boot, pid, 1),
                        1,
                        'S',
                        1,
                        0,
                        Argv.of("java"),
                        Executable.UNREADABLE,
                        "java"));
    }
}
