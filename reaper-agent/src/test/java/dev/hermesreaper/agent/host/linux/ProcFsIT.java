package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to read {@code /proc} say the same. */
@ParameterizedClass
@EnumSource
final class ProcFsIT {

    private final ProcFs proc;
    private final RealProcesses real = new RealProcesses();

    ProcFsIT(Means means) {
        this.proc = means.procFs();
    }

    @AfterEach
    void end() {
        real.close();
    }

    /** Shorter and longer than what is read at once, and just as long. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8000, 8191, 8192, 8193, 16_384, 50_000})
    void readsCommandLinesWhole(int length) {
        String word = "x".repeat(length);
        Spawned process = real.python("ready()\nsys.stdin.read()", word, "last");

        assertThat(proc.read(process.pid(), "cmdline")).isEqualTo(Answer.READ);
        assertThat(proc.text()).endsWith("\0" + word + "\0last\0");
        assertThat(proc.read(process.pid(), "comm")).isEqualTo(Answer.READ);
        assertThat(proc.text())
                .as("nothing of the file before")
                .hasSizeLessThan(20)
                .endsWith("\n");
    }

    @Test
    void readsFilesOfManyRecordsToTheirEnd() {
        Spawned process = real.python(
                """
                import mmap, tempfile
                file = tempfile.TemporaryFile()
                file.truncate(8192)
                maps = [mmap.mmap(file.fileno(), 4096, access=[mmap.ACCESS_READ, mmap.ACCESS_WRITE][i % 2]) for i in range(500)]
                ready()
                sys.stdin.read()
                """);

        assertThat(proc.readAll(process.pid(), "maps")).isEqualTo(Answer.READ);
        assertThat(proc.text().lines().count()).isGreaterThan(400);
        assertThat(proc.text()).endsWith("\n");
    }

    @Test
    void listsAllDescriptorsAndThreads() {
        Spawned process = real.python(
                """
                import threading
                files = [os.open('/dev/null', os.O_RDONLY) for i in range(700)]
                for i in range(40): threading.Thread(target=sys.stdin.read, daemon=True).start()
                ready(files[-1])
                sys.stdin.read()
                """);
        int last = Integer.parseInt(process.more(0));

        assertThat(proc.list(process.pid(), "fd").numbers())
                .contains(IntStream.rangeClosed(last - 699, last).toArray());
        assertThat(proc.list(process.pid(), "task").numbers()).hasSize(41).contains(process.pid());
        assertThat(Arrays.stream(proc.pids()).boxed())
                .contains(1, process.pid())
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsWhatIsGoneFromWhatIsRefused() {
        Spawned process = real.python("ready()\nsys.stdin.read()");
        int pid = process.pid();

        assertThat(proc.read(pid, "no-such-file")).isEqualTo(Answer.DENIED);
        assertThat(proc.list(pid, "stat").answer()).isEqualTo(Answer.DENIED);
        assertThat(proc.link(pid, "fd/999").answer()).isEqualTo(Answer.GONE);
        assertThat(proc.link(pid, "stat").answer()).as("no link").isEqualTo(Answer.DENIED);
        assertThat(proc.link(pid, "cwd").answer()).isEqualTo(Answer.READ);

        process.end();
        assertThat(proc.read(pid, "stat")).isEqualTo(Answer.GONE);
        assertThat(proc.length()).isZero();
        assertThat(proc.list(pid, "fd").answer()).isEqualTo(Answer.GONE);
        assertThat(proc.link(pid, "fd/0").answer()).isEqualTo(Answer.GONE);
    }

    @Test
    void followsLinksToNamesBeyondAscii() {
        Spawned process = real.python(
                """
                import tempfile
                directory = tempfile.mkdtemp() + '/ä € 😀'
                os.mkdir(directory)
                os.chdir(directory)
                ready(directory)
                sys.stdin.read()
                os.rmdir(directory)
                os.rmdir(os.path.dirname(directory))
                """);

        assertThat(proc.link(process.pid(), "cwd").target()).endsWith("/ä € 😀");
        process.tell("");
    }

    /** Where it is not told, the socket may be anything; what is told is true. */
    @Test
    void namesTheProtocolOfASocketOrNothing() {
        Spawned process = real.python(
                """
                import socket
                v4, v6 = socket.socket(), socket.socket(socket.AF_INET6)
                unix = socket.socket(socket.AF_UNIX)
                ready(','.join(str(it.fileno()) for it in (v4, v6, unix)))
                sys.stdin.read()
                """);
        String[] numbers = process.more(0).split(",");
        String[] protocols = Arrays.stream(numbers)
                .map(number -> proc.protocol(
                        new Descriptors.Descriptor(Integer.parseInt(number), proc.path(process.pid(), "fd"), "")))
                .toArray(String[]::new);

        assertThat(protocols[0]).isIn("", "TCP");
        assertThat(protocols[1]).isIn("", "TCPv6");
        assertThat(protocols[2]).isIn("", "UNIX", "UNIX-STREAM");
        assertThat(proc.protocol(new Descriptors.Descriptor(9999, "/proc/self/fd", "")))
                .isEmpty();
    }

    /** Bytes that are no letter in any locale, and a file that both ways name alike. */
    @Test
    void namesAProgramByItsBytes() throws IOException {
        Spawned process = real.python(
                """
                import shutil, subprocess
                directory = os.getcwdb() + b'/j\\xff \\xc3\\xbc%41'
                os.mkdir(directory)
                shutil.copy(b'/bin/sleep', directory)
                child = subprocess.Popen([directory + b'/sleep', '600'])
                ready(child.pid)
                sys.stdin.read()
                """);
        int pid = Integer.parseInt(process.more(0));

        assertThat(proc.link(pid, "exe").target()).endsWith("/j\udcff ü%41/sleep");
        Boot boot = Boot.read(proc);
        assertThat(Arrays.stream(Means.values())
                        .map(means ->
                                new EntryReader(means.procFs(), boot).read(pid).orElseThrow())
                        .reduce((one, other) -> {
                            assertThat(one.isSameProgramAs(other)).isTrue();
                            return other;
                        }))
                .isPresent();
    }

    @Test
    void namesADirectoryWithoutASlash() {
        Spawned process = real.python(
                """
                os.mkdir('ü')
                os.chdir('ü')
                ready()
                sys.stdin.read()
                """);

        assertThat(proc.link(process.pid(), "cwd").target()).endsWith("/ü");
    }

    /** By calls only; it is what tells one process from the next with its pid. */
    @Test
    void tellsTheInodeNumbersOfProcessesOrNone() throws IOException {
        Spawned process = real.python("ready()\nsys.stdin.read()");
        ProcFs.Listed listed = proc.processes();
        int at = IntStream.range(0, listed.pids().length)
                .filter(i -> listed.pids()[i] == process.pid())
                .findFirst()
                .orElseThrow();
        long inode = (Long) Files.getAttribute(Path.of(LinuxHost.PROC, Integer.toString(process.pid())), "unix:ino");

        assertThat(listed.inodes()[at]).isEqualTo(proc instanceof CalledProcFs ? inode : 0);
    }
}
