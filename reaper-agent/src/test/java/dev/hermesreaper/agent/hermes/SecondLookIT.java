package dev.hermesreaper.agent.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.ExitWatch;
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
     * Has no trace of Hermes in its words, holds the pipe of a worker that another started, and does what it is told. The
     * worker ends with the pipe.
     */
    private static final String HOLDER =
            """
            import ctypes, subprocess
            read, write = os.pipe()
            os.set_inheritable(write, True)
            told, tell = os.pipe()
            if os.fork() == 0:
                os.close(write)
                worker = subprocess.Popen([sys.executable, '-m', 'tui_' + 'gateway.slash_worker', '--session-key', 'k'],
                    stdin=read, stdout=subprocess.DEVNULL, env=dict(os.environ, ACT='for line in sys.stdin: pass'))
                os.write(tell, str(worker.pid).encode())
                os._exit(0)
            os.wait()
            os.close(read)
            fields = open('/proc/self/stat', 'rb').read().rsplit(b')', 1)[1].split()
            start, end = int(fields[45]), int(fields[46])
            ready(os.read(told, 20).decode())
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
        try (ExitWatch watch = host.watch()) {
            watch.watch(List.of(host.entry(host.self().pid()).orElseThrow()));
        }
        lookout = new Lookout(host);
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
        Spawned holder = real.python(HOLDER);
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
}
