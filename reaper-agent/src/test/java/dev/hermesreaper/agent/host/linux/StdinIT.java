package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.Stdin;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class StdinIT {

    private final LinuxHost host;
    private final RealProcesses real = new RealProcesses();

    StdinIT(Means means) {
        this.host = means.host();
    }

    @AfterEach
    void end() {
        real.close();
    }

    private ProcessEntry entry(int pid) {
        return host.entry(pid).orElseThrow();
    }

    private Stdin stdinOf(String pid) {
        return host.details(entry(Integer.parseInt(pid))).stdin();
    }

    @Test
    void tellsWhatIsOpenAtDescriptorZero() {
        Spawned parent = real.python(
                """
                import subprocess, socket, pty, tempfile
                def child(stdin, before=None):
                    return subprocess.Popen(['sleep', '120'], stdin=stdin, preexec_fn=before).pid
                near, far = socket.socketpair()
                master, terminal = pty.openpty()
                os.mkfifo('fifo')
                ready(
                    child(subprocess.PIPE),
                    child(near),
                    child(subprocess.DEVNULL),
                    child(tempfile.TemporaryFile()),
                    child(None, lambda: os.close(0)),
                    child(terminal),
                    child(os.open('fifo', os.O_RDWR)),
                    child(open('/dev/zero')),
                    os.fstat(near.fileno()).st_ino)
                sys.stdin.read()
                """);

        assertThat(stdinOf(parent.more(0)).kind()).isEqualTo(Stdin.Kind.PIPE);
        assertThat(stdinOf(parent.more(1))).isEqualTo(new Stdin(Stdin.Kind.SOCKET, Long.parseLong(parent.more(8))));
        assertThat(stdinOf(parent.more(2)).kind()).as("/dev/null").isEqualTo(Stdin.Kind.NOBODY);
        assertThat(stdinOf(parent.more(3)).kind()).as("deleted file").isEqualTo(Stdin.Kind.NOBODY);
        assertThat(stdinOf(parent.more(4)).kind()).as("closed").isEqualTo(Stdin.Kind.NOBODY);
        assertThat(stdinOf(parent.more(5)).kind()).as("terminal").isEqualTo(Stdin.Kind.OPEN_TO_ANYBODY);
        assertThat(stdinOf(parent.more(6)).kind()).as("named pipe").isEqualTo(Stdin.Kind.OPEN_TO_ANYBODY);
        assertThat(stdinOf(parent.more(7)).kind()).as("/dev/zero").isEqualTo(Stdin.Kind.OPEN_TO_ANYBODY);
    }

    @Test
    void findsEveryHolderOfTheWriteEndAndNoReader() {
        Spawned owner = real.python(
                """
                import subprocess
                reading, writing = os.pipe()
                worker = subprocess.Popen(['sleep', '120'], stdin=reading).pid
                stranger = subprocess.Popen(['sleep', '120'], pass_fds=(writing,)).pid
                reader = subprocess.Popen(['sleep', '120'], pass_fds=(reading,)).pid
                ready(worker, stranger, reader, writing)
                sys.stdin.read()
                """);
        Stdin stdin = stdinOf(owner.more(0));

        OtherEnds everywhere = host.otherEnds(List.of(stdin), List.of());
        OtherEnds near = host.otherEnds(List.of(stdin), List.of(entry(Integer.parseInt(owner.more(2)))));

        assertThat(everywhere.of(stdin))
                .containsExactlyInAnyOrder(
                        new OtherEnds.Holder(owner.pid(), Integer.parseInt(owner.more(3))),
                        new OtherEnds.Holder(Integer.parseInt(owner.more(1)), Integer.parseInt(owner.more(3))));
        assertThat(everywhere.unresolved()).isEmpty();
        assertThat(near.holders()).containsEntry(stdin, List.of());
    }

    @Test
    void findsNobodyOnceTheWriteEndIsClosed() {
        Spawned owner = real.python(
                """
                import subprocess
                reading, writing = os.pipe()
                worker = subprocess.Popen(['sleep', '120'], stdin=reading).pid
                os.close(writing)
                ready(worker)
                sys.stdin.read()
                """);
        Stdin stdin = stdinOf(owner.more(0));

        assertThat(host.otherEnds(List.of(stdin), List.of()).holders()).containsEntry(stdin, List.of());
    }

    @Test
    void findsThePeerOfASocketUntilItIsClosed() {
        Spawned owner = real.python(
                """
                import subprocess, socket
                near, far = socket.socketpair()
                worker = subprocess.Popen(['sleep', '120'], stdin=near).pid
                near.close()
                ready(worker, far.fileno())
                sys.stdin.readline()
                far.close()
                say('closed')
                sys.stdin.read()
                """);
        Stdin stdin = stdinOf(owner.more(0));

        OtherEnds open = host.otherEnds(List.of(stdin), List.of());
        owner.tell("close");
        owner.next();
        OtherEnds closed = host.otherEnds(List.of(stdin), List.of());

        assertThat(open.of(stdin)).containsExactly(new OtherEnds.Holder(owner.pid(), Integer.parseInt(owner.more(1))));
        assertThat(closed.unresolved()).isEmpty();
        assertThat(closed.holders()).containsEntry(stdin, List.of());
    }

    @Test
    void saysSoWhereThePeerCannotBeTold() {
        Spawned owner = real.python(
                """
                import subprocess, socket
                listening = socket.create_server(('127.0.0.1', 0))
                near = socket.create_connection(listening.getsockname())
                ready(subprocess.Popen(['sleep', '120'], stdin=near).pid)
                sys.stdin.read()
                """);
        Stdin stdin = stdinOf(owner.more(0));

        OtherEnds ends = host.otherEnds(List.of(stdin), List.of());

        assertThat(ends.unresolved()).containsExactly(stdin);
        assertThat(ends.of(stdin)).isEmpty();
    }

    @Test
    void findsAHolderWhoseMainThreadHasExited() {
        assumeTrue(
                OwnUser.uid() == 0,
                "SKIPPED: needs root, which alone is shown the files of a process whose main thread is dead");
        Spawned owner = real.python(
                """
                import ctypes, subprocess, threading, time
                reading, writing = os.pipe()
                worker = subprocess.Popen(['sleep', '120'], stdin=reading).pid
                def tell():
                    while ' Z ' not in open('/proc/self/stat').read().rsplit(')', 1)[1][:4]: time.sleep(0.005)
                    ready(worker, writing)
                    threading.Event().wait()
                threading.Thread(target=tell).start()
                ctypes.CDLL(None).pthread_exit(None)
                """);
        Stdin stdin = stdinOf(owner.more(0));

        assertThat(entry(owner.pid()).state()).isEqualTo('Z');
        assertThat(entry(owner.pid()).isZombie()).isFalse();
        assertThat(host.otherEnds(List.of(stdin), List.of()).of(stdin))
                .containsExactly(new OtherEnds.Holder(owner.pid(), Integer.parseInt(owner.more(1))));
    }
}
