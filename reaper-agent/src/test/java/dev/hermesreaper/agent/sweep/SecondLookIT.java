package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.hermes.Ownership;
import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.host.linux.RealProcesses;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What changes under a look that need not read everything again (ADR 0019). */
@EnabledOnOs(OS.LINUX)
final class SecondLookIT {

    /**
     * Has no trace of Hermes in its words, holds the pipe of a worker that another started and that waits for input by
     * now, and does what it is told. The worker ends with the pipe.
     */
    private static final String HOLDER =
            """
            import ctypes, subprocess, time
            read, write = os.pipe()
            os.set_inheritable(write, True)
            told, tell = os.pipe()
            if os.fork() == 0:
                os.close(write)
                subprocess.Popen([sys.executable, '-m', 'tui_' + 'gateway.slash_worker', '--session-key', sys.argv[1]],
                    stdin=read, stdout=tell, env=dict(os.environ, ACT='ready(); os.read(0, 1)'))
                os._exit(0)
            os.wait()
            os.close(read)
            worker = os.read(told, 99).split()[1].decode()
            while ') S ' not in open('/proc/%s/stat' % worker).read():
                time.sleep(0.001)
            fields = open('/proc/self/stat', 'rb').read().rsplit(b')', 1)[1].split()
            start, end = int(fields[45]), int(fields[46])
            ready(worker)
            for line in sys.stdin:
                if line.startswith('hide'):
                    ctypes.memset(start, 0, end - start)
                    say('done')
                else:
                    os.execv(sys.executable, [sys.executable] + line.split())
            """;

    private RealProcesses real;
    private LinuxHost host;
    private Lookout lookout;

    @BeforeEach
    void watch() {
        real = new RealProcesses();
        host = new LinuxHost(Lookout.TRACES, Lookout.VARIABLES);
        attentive(host);
        lookout = new Lookout(host);
    }

    private static Host attentive(Host machine) {
        try (ExitWatch watch = machine.watch()) {
            watch.watch(List.of(machine.entry(machine.self().pid()).orElseThrow()));
        }
        machine.table();
        return machine;
    }

    @AfterEach
    void end() {
        real.close();
    }

    private Ownership ownership(Spawned holder) {
        int worker = Integer.parseInt(holder.more(0));
        return lookout.look().workers().stream()
                .filter(it -> it.pid() == worker)
                .findFirst()
                .orElseThrow()
                .ownership();
    }

    /** Nobody owns it as long as whoever holds its pipe is a stranger that anybody may read. */
    private Spawned strangerSeenTwice() {
        Spawned holder = real.python(HOLDER, "k");
        assertThat(ownership(holder).kind()).isEqualTo(Ownership.Kind.UNOWNED);
        assertThat(ownership(holder).kind()).isEqualTo(Ownership.Kind.UNOWNED);
        return holder;
    }

    @Test
    void isOwnedByWhatTheHolderOfItsPipeHasBecomeSinceTheFirst() throws IOException {
        Path dashboard = real.directory().resolve("hermes");
        Files.writeString(dashboard, "import os, sys; os.write(1, b'done\\n'); sys.stdin.read()");
        Spawned holder = strangerSeenTwice();

        holder.tell(dashboard + " dashboard");
        holder.next();

        assertThat(ownership(holder).owner().orElseThrow().pid()).isEqualTo(holder.pid());
    }

    @Test
    void isNobodysNoLongerWhereTheHolderOfItsPipeHasHiddenItsWordsSinceTheFirst() {
        Spawned holder = strangerSeenTwice();

        holder.tell("hide");
        holder.next();

        assertThat(ownership(holder).kind()).isEqualTo(Ownership.Kind.UNKNOWN);
        assertThat(ownership(holder).evidence()).anySatisfy(it -> assertThat(it.toString())
                .contains("which holds the other end of its stdin, cannot be read"));
    }

    /** The sweep has looked, and holds its victim, when the stranger who holds its pipe becomes a dashboard. */
    @Test
    void endsNobodyWhoseOwnerBecameOneBeforeTheSignal() throws IOException, InterruptedException {
        ThisMachine.assumeProc("it is the reader of /proc that remembers");
        Path dashboard = real.directory().resolve("hermes");
        Files.writeString(dashboard, "import os, sys; os.write(1, b'done\\n'); sys.stdin.read()");
        try (Arena arena = new Arena().set("JUDGE_SETTLE", "0s").set("JUDGE_MIN_AGE", "0s")) {
            Spawned holder = real.python(HOLDER, arena.key("held"));
            int worker = Integer.parseInt(holder.more(0));
            SweepResult result = arena.onMachine(machine -> {
                        MeddledHost meddled = new MeddledHost(attentive(machine));
                        meddled.on("after hold " + worker, () -> {
                            holder.tell(dashboard + " dashboard");
                            holder.next();
                        });
                        return meddled.host();
                    })
                    .sweep();

            assertThat(result.reapings()).as("%s", result.verdicts()).hasSize(1);
            assertThat(result.reapings().get(0).signals()).isEmpty();
            assertThat(Files.exists(Path.of("/proc", Integer.toString(worker)))).isTrue();
        }
    }
}
