package dev.hermesreaper.agent.host.linux;

import static dev.hermesreaper.agent.host.linux.RealProcesses.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.RawText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every reader of the process table must do with every process, however it names itself: what it says is right, and
 * what it cannot know is marked. Never wrong, never silently absent.
 */
public abstract class TableReaderContract {

    private static final String RENAME = "open('/proc/self/comm', 'wb').write(bytes.fromhex('%s'))";

    /** Processes that live through all readings of a table, among those that come and go. */
    private static final int STAYING = 3;

    protected RealProcesses real;

    /** The machine, read by the reader under test, with {@link RealProcesses#TRACES}. */
    protected abstract Host host();

    /** Whether the reader must be right about every process; else it may admit that it is not. */
    protected abstract boolean isExact();

    /** How often to read a table while processes come and go. */
    protected abstract int readings();

    @BeforeEach
    void start() {
        real = new RealProcesses();
    }

    @AfterEach
    void end() {
        real.close();
    }

    @TestFactory
    Stream<DynamicTest> isRightAboutAProcessThatCallsItself() {
        Map<String, byte[]> names = new LinkedHashMap<>();
        names.put("with a space", bytes("a b c"));
        names.put("with a newline", bytes("py\nthon"));
        names.put("with a leading newline", bytes("\nx"));
        names.put("with a parenthesis", bytes("p)ython"));
        names.put("like the rest of its own line", bytes(") Z 1 ("));
        names.put("like a whole line", bytes("a) S 1 1 1 1"));
        names.put("with an opening parenthesis", bytes("((("));
        names.put("in digits", bytes("4711"));
        names.put("in other letters", bytes("pythön"));
        names.put("in no encoding", new byte[] {'p', (byte) 0xff, (byte) 0xfe, 'y'});
        names.put("cut inside a letter", new byte[] {'a', 'b', (byte) 0xe2, (byte) 0x82});
        names.put("nothing", bytes(""));
        return names.entrySet().stream()
                .map(name -> test(
                        name.getKey(),
                        it -> it.worker("k", RENAME.formatted(HexFormat.of().formatHex(name.getValue()))),
                        RawText.decode(name.getValue(), 0, name.getValue().length)));
    }

    @TestFactory
    Stream<DynamicTest> isRightAboutAProcessStartedWith() {
        Map<String, List<byte[]>> words = new LinkedHashMap<>();
        words.put("nothing unusual", List.of(bytes("--model"), bytes("m")));
        words.put("a newline", List.of(bytes("a\nb"), bytes("c")));
        words.put("an empty word", List.of(bytes(""), bytes("c")));
        words.put("an empty word at the end", List.of(bytes("--session-key"), bytes("")));
        words.put("only empty words at the end", List.of(bytes(""), bytes("")));
        words.put("a trailing space", List.of(bytes("a ")));
        words.put("a leading space", List.of(bytes(" a")));
        words.put("a trailing newline", List.of(bytes("a\n")));
        words.put("no encoding", List.of(new byte[] {'k', (byte) 0xff, 'y'}));
        words.put("a letter cut in two", List.of(new byte[] {(byte) 0xe2}, new byte[] {(byte) 0x82, (byte) 0xac}));
        words.put("other letters", List.of(bytes("Sitzung-ä-世界-🦀")));
        words.put("more than a page", List.of(bytes("x".repeat(5000)), bytes("end")));
        words.put("exactly the first read", List.of(bytes("x".repeat(8192)), bytes("end")));
        words.put("more than 128 KiB", new ArrayList<>(Collections.nCopies(4, bytes("y".repeat(50_000)))));
        return words.entrySet().stream()
                .map(it -> test(it.getKey(), processes -> processes.worker(it.getValue(), ""), "python"));
    }

    private DynamicTest test(String name, Function<RealProcesses, Spawned> start, String comm) {
        return dynamicTest(name, () -> {
            try (RealProcesses processes = new RealProcesses()) {
                Spawned process = start.apply(processes);
                requireTruth(host().table(), process, comm);
                requireTruth(host().entry(process.pid()), process, comm);
            }
        });
    }

    private void requireTruth(ProcessTable table, Spawned process, String comm) {
        Optional<ProcessEntry> entry = table.find(process.pid());
        boolean isGap = table.gaps().stream().anyMatch(gap -> gap.pid() == process.pid());
        if (isExact()) {
            assertThat(isGap).as("marked as unreadable").isFalse();
            assertThat(entry).as("in the table").isPresent();
        } else {
            assertThat(isGap || entry.filter(it -> it.argv().readable()).isPresent())
                    .as("known or marked as unknown")
                    .isTrue();
        }
        requireTruth(entry, process, comm);
    }

    /** Whatever is said must be so. */
    private void requireTruth(Optional<ProcessEntry> entry, Spawned process, String comm) {
        entry.ifPresent(it -> {
            assertThat(it.identity().startTicks()).isEqualTo(process.startTicks());
            assertThat(it.parentPid()).isEqualTo(process.parentPid());
            assertThat(it.uid()).isEqualTo(process.uid());
            assertThat(it.state()).isIn('S', 'R');
            assertThat(it.threads()).isEqualTo(1);
            assertThat(it.comm()).startsWith(comm);
            if (isExact() || it.argv().readable()) {
                assertThat(it.argv().words()).isEqualTo(process.argv());
            }
            assertThat(it.executable()).isEqualTo(Executable.at(RealProcesses.PYTHON.toString()));
        });
    }

    @Test
    void findsAWorkerWhoseInterpreterWasDeleted() throws IOException {
        Path copy = real.directory().resolve("python3.11");
        Files.copy(RealProcesses.PYTHON, copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        Spawned worker = real.workerBy(
                copy, "import os\nos.unlink('%s')\nready()\nfor line in sys.stdin: pass\n".formatted(copy));

        ProcessEntry entry = host().table().find(worker.pid()).orElseThrow();

        assertThat(entry.executable()).isEqualTo(Executable.at(copy.toString()));
        assertThat(entry.argv().words()).isEqualTo(worker.argv());
    }

    @Test
    void knowsAZombieForDead() {
        Spawned parent = real.worker(
                "k",
                """
                child = os.fork()
                if child == 0: os._exit(3)
                os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
                say_more = ready
                ready = lambda: say_more(child)
                """);
        int child = Integer.parseInt(parent.more(0));

        ProcessTable table = host().table();

        ProcessEntry zombie = table.find(child).orElseThrow();
        assertThat(zombie.isZombie()).isTrue();
        assertThat(zombie.argv().words()).isEmpty();
        assertThat(zombie.parentPid()).isEqualTo(parent.pid());
        assertThat(table.gaps()).noneMatch(gap -> gap.pid() == child);
    }

    @Test
    void findsAncestorsAndDescendants() {
        Spawned worker = real.worker(
                "k",
                """
                child = os.fork()
                if child == 0:
                    grandchild = os.fork()
                    os.execv('/bin/sleep', ['sleep', '120'])
                say_more = ready
                ready = lambda: say_more(child)
                """);
        int child = Integer.parseInt(worker.more(0));

        ProcessTable table = host().table();

        ProcessEntry entry = table.find(worker.pid()).orElseThrow();
        assertThat(table.descendantsOf(entry)).extracting(ProcessEntry::pid).contains(child);
        ProcessEntry ancestor = entry;
        while (ancestor.parentPid() > 0) {
            ancestor = table.find(ancestor.parentPid()).orElseThrow();
        }
        assertThat(ancestor.pid()).isEqualTo(1);
    }

    @Test
    void findsAChildOfAnotherThread() {
        Spawned worker = real.worker(
                "k",
                """
                import threading, subprocess
                done = threading.Event()
                started = []
                def start():
                    started.append(subprocess.Popen(['sleep', '120']).pid)
                    done.set()
                    threading.Event().wait()
                threading.Thread(target=start, daemon=True).start()
                done.wait()
                say_more = ready
                ready = lambda: say_more(started[0])
                """);
        int child = Integer.parseInt(worker.more(0));

        assertThat(host().table().find(child)).isPresent();
    }

    @Test
    void findsThisProcess() {
        ProcessTable table = host().table();

        assertThat(table.find(host().self().pid())).isPresent();
        assertThat(table.find(host().self().pid()).orElseThrow().comm()).isNotEmpty();
        assertThat(table.processes()).isPositive();
    }

    @Test
    void leavesOutKernelThreads() throws IOException {
        Set<Integer> threads = KernelThreads.pids();
        assumeFalse(threads.isEmpty(), "no kernel threads in this pid namespace");

        assertThat(host().table().entries()).noneMatch(entry -> threads.contains(entry.pid()));
    }

    @Test
    void marksAProcessThatWipedItsCommandLine() {
        Spawned process = real.python(
                """
                import ctypes
                words = [f for f in open('/proc/self/stat', 'rb').read().rsplit(b')', 1)[1].split()]
                start, end = int(words[45]), int(words[46])
                ready()
                ctypes.memset(start, 0, end - start)
                say('wiped')
                for line in sys.stdin: pass
                """);
        process.next();

        ProcessTable table = host().table();

        assertThat(table.gaps()).anyMatch(gap -> gap.pid() == process.pid());
        assertThat(table.find(process.pid()).filter(it -> it.argv().readable())).isEmpty();
    }

    @Test
    void neverMixesTwoProcessesWhileTheyComeAndGo() {
        // Each child is started with its own pid and start ticks as words: whatever is read of it must agree. Its
        // parent is
        // named, too: another reader may be tried beside this one.
        Spawned churn = real.python(
                """
                COUNT = 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done'
                parent = str(os.getpid())
                def start(program):
                    child = os.fork()
                    if child == 0:
                        me = '%d:%s' % (os.getpid(), ticks(os.getpid()))
                        os.execv('/bin/sh', ['sh', '-c', program, 'tui_gateway.slash_worker', parent, me])
                    return child
                for child in [start('read line') for i in range(STAYING)]:
                    while not open('/proc/%d/cmdline' % child, 'rb').read().startswith(b'sh'): pass
                ready()
                for i in range(6): start(COUNT)
                while os.wait(): start(COUNT)
                """
                        .replace("STAYING", Integer.toString(STAYING)));
        int seen = 0;
        for (int i = 0; i < readings(); i++) {
            for (ProcessEntry entry : host().table().entries()) {
                List<String> words = entry.argv().words();
                if (words.size() == 6
                        && words.get(3).equals("tui_gateway.slash_worker")
                        && words.get(4).equals(Integer.toString(churn.pid()))) {
                    seen++;
                    assertThat(words.get(5))
                            .isEqualTo(entry.pid() + ":" + entry.identity().startTicks());
                    assertThat(entry.parentPid()).isIn(churn.pid(), 1);
                }
            }
        }
        // A slow reader may miss all those that come and go.
        assertThat(seen).isGreaterThanOrEqualTo(STAYING * readings() + (isExact() ? 1 : 0));
    }
}
