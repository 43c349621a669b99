package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernels and mounts that are not at hand, as files. */
final class FixtureTest {

    private static final Moment NOW = new Moment(Duration.ofHours(1), Duration.ofHours(1), Instant.EPOCH);
    private static final Boot BOOT = new Boot("boot", 100, true, false);
    private static final List<String> TRACES = List.of("tui_gateway");

    @TempDir
    private Path root;

    private ProcFiles files;

    @BeforeEach
    void none() {
        files = new ProcFiles(root);
    }

    private void write(String file, String content) throws IOException {
        files.write(file, content);
    }

    private void process(int pid, int parent, String state, String cmdline) throws IOException {
        files.process(pid, parent, state, cmdline);
    }

    private ProcessTable table(Boot boot) {
        return new TableReader(
                        new ProcFs(root.toString()),
                        boot,
                        new Sieve(new Traces(TRACES), new Shares()),
                        new Shares(),
                        NOW)
                .read(7);
    }

    @Test
    void findsOnlyWhatCanMatter() throws IOException {
        process(1, 0, "S", "/sbin/init\0");
        process(7, 1, "S", "java\0");
        process(8, 1, "S", "sshd\0");
        process(9, 1, "S", "python3\0-m\0tui_gateway.slash_worker\0");
        write("9/task/9/children", "10 ");
        process(10, 9, "S", "sleep\0");
        process(11, 1, "Z", "");
        write("2/stat", "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 3 0 0 20 0 1 0 25 0 0 0\n");
        write("2/cmdline", "");

        ProcessTable table = table(BOOT);

        assertThat(table.entries()).extracting(ProcessEntry::pid).containsExactlyInAnyOrder(1, 7, 9, 10, 11);
        assertThat(table.processes()).isEqualTo(7);
        assertThat(table.gaps()).isEmpty();
        assertThat(table.find(9).orElseThrow().uid()).as("the real user").isEqualTo(1000);
    }

    @Test
    void readsEverythingWhereTheKernelListsNoChildren() throws IOException {
        process(1, 0, "S", "/sbin/init\0");
        process(9, 1, "S", "python3\0-m\0tui_gateway.slash_worker\0");
        process(10, 9, "S", "sleep\0");

        ProcessTable table = table(new Boot("boot", 100, false, false));

        assertThat(table.find(10)).isPresent();
    }

    @Test
    void saysThatOthersAreHiddenWhereInitIs() throws IOException {
        process(9, 1, "S", "python3\0-m\0tui_gateway.slash_worker\0");

        assertThat(table(BOOT).gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.pid()).isEqualTo(1);
            assertThat(gap.concerns(1000)).isTrue();
            assertThat(gap.what()).contains("hidepid");
        });
    }

    @Test
    void callsAHiddenCommandLineAGap() throws IOException {
        process(1, 0, "S", "/sbin/init\0");
        process(9, 1, "S", "");
        Files.delete(root.resolve("9/cmdline"));

        ProcessTable table = table(BOOT);

        assertThat(table.gaps()).containsExactly(new Gap(9, 1000, "the command line"));
        assertThat(table.find(9).orElseThrow().argv().readable()).isFalse();
    }

    /** One that hides its words for good takes no patience from those that are on their way into a program. */
    @Test
    void waitsForAllThatShowNoWordsYetAtOnce() throws IOException {
        process(1, 0, "S", "/sbin/init\0");
        process(8, 1, "S", "");
        for (int pid = 9; pid < 40; pid++) {
            process(pid, 1, "S", "");
        }
        int[] moments = {0};
        Runnable moment = () -> {
            int pid = 39 - 2 * moments[0]++;
            try {
                for (int each = pid; each > Math.max(pid - 2, 8); each--) {
                    write(each + "/cmdline", "python3\0-m\0tui_gateway.slash_worker\0");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        ProcessTable table = new TableReader(
                        new ProcFs(root.toString()),
                        BOOT,
                        new Sieve(new Traces(TRACES), new Shares()),
                        new Shares(),
                        NOW,
                        moment)
                .read(7);

        assertThat(table.gaps()).containsExactly(new Gap(8, 1000, "the command line"));
        assertThat(moments[0]).isEqualTo(25);
    }

    @Test
    void callsAProcessOfWhichNothingIsShownAGap() throws IOException {
        process(1, 0, "S", "/sbin/init\0");
        Files.createDirectories(root.resolve("9"));

        assertThat(table(BOOT).gaps()).singleElement().satisfies(gap -> assertThat(gap.pid())
                .isEqualTo(9));
    }

    /** Its words are read first and its start last: what has the pid by then is another, by its start, and read anew. */
    @Test
    void mixesNoTwoProcessesOfOnePid() throws IOException {
        process(9, 1, "S", "python3\0-m\0tui_gateway.slash_worker\0");
        long lateTick = NOW.sinceBoot().toSeconds() * BOOT.ticksPerSecond() - 1;
        ProcFs proc = new ProcFs(root.toString()) {
            private boolean handedOn;

            @Override
            void readFile(String path, boolean toTheEnd) throws IOException {
                super.readFile(path, toTheEnd);
                if (path.endsWith("/cmdline") && !handedOn) {
                    handedOn = true;
                    process(9, 1, "S", "sleep\0infinity\0");
                    write("9/stat", "9 (sleep) S 1 1 1 0 -1 4194304 1 0 0 0 3 4 0 0 20 0 1 0 " + lateTick + " 1 1 1\n");
                }
            }
        };

        ProcessEntry entry =
                new EntryReader(proc, BOOT, NOW.sinceBoot()).read(9).orElseThrow();

        assertThat(entry.identity().startTicks()).isEqualTo(lateTick);
        assertThat(entry.argv()).isEqualTo(Argv.of("sleep", "infinity"));
    }

    @Test
    void saysWhatToDoWithoutProc() {
        assertThatThrownBy(() -> new LinuxHost(root.toString(), TRACES, Set.of(), OtherReader.NONE))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("cannot read " + root)
                .hasMessageContaining("run where /proc is mounted");
        assertThatThrownBy(() -> new ProcFs(root.toString()).pids()).isInstanceOf(HostException.class);
        assertThatThrownBy(() -> new ProcFs(root + "/none").pids()).isInstanceOf(HostException.class);
    }

    @Test
    void refusesTheProcOfAnotherPidNamespace() throws IOException {
        write("sys/kernel/random/boot_id", "boot\n");
        Files.createSymbolicLink(root.resolve("self"), Path.of("1"));

        assertThatThrownBy(() -> new LinuxHost(root.toString(), TRACES, Set.of(), OtherReader.NONE))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("another pid namespace");
    }

    /** The number of a process of ours seen from above: it is not the one we would signal by. */
    @Test
    void refusesTheProcInWhichThisProgramHasASecondPid() throws IOException {
        write("sys/kernel/random/boot_id", "boot\n");
        Files.createSymbolicLink(root.resolve("self"), Path.of("4711"));
        write("4711/status", "Name:\tjava\nUid:\t0\t0\t0\t0\nNSpid:\t4711\t1\n");

        assertThatThrownBy(() -> new LinuxHost(root.toString(), TRACES, Set.of(), OtherReader.NONE))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("another pid namespace");
    }

    @Test
    void readsTheKernelsClockTick() throws IOException {
        ByteBuffer auxv = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
        auxv.putLong(6).putLong(4096).putLong(17).putLong(250).putLong(0).putLong(0);
        write("sys/kernel/random/boot_id", "b1\n");
        write("self/auxv", "");
        Files.write(root.resolve("self/auxv"), auxv.array());

        assertThat(Boot.read(new ProcFs(root.toString()))).isEqualTo(new Boot("b1", 250, false, false));
    }

    /** Its clients over IPv6 would be left out, and a dashboard in use look deserted. */
    @Test
    void doesNotCountClientsWhereThoseOfIpv6CannotBeRead() throws IOException {
        process(9, 1, "S", "python3\0hermes\0dashboard\0");
        Files.createDirectories(root.resolve("9/fd"));
        Files.createSymbolicLink(root.resolve("9/fd/3"), Path.of("socket:[77]"));
        write(
                "9/net/tcp",
                """
                  sl  local_address rem_address   st
                   0: 0100007F:238F 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 77 1
                """);
        write("9/net/unix", "Num RefCount Protocol Flags Type St Inode Path\n");
        ProcessEntry gateway =
                new EntryReader(new ProcFs(root.toString()), BOOT).read(9).orElseThrow();
        ClientCounter counter = new ClientCounter(new ProcFs(root.toString()));

        assertThat(counter.count(List.of(gateway)).get(gateway))
                .as("switched off")
                .satisfies(clients -> {
                    assertThat(clients.countable()).isTrue();
                    assertThat(clients.attached()).isZero();
                });

        Files.createDirectories(root.resolve("9/net/tcp6"));
        assertThat(counter.count(List.of(gateway)).get(gateway))
                .as("there, and not to be read")
                .satisfies(clients -> assertThat(clients.countable()).isFalse());
    }

    @Test
    void readsUptimeToTheHundredth() throws IOException {
        write("uptime", "12345.07 99.00\n");

        assertThat(new LinuxClock(root.toString()).now().sinceBoot()).isEqualTo(Duration.ofMillis(12345070));
    }

    @Test
    void namesTheFixWhereUptimeIsThereAndCannotBeOpened() throws IOException {
        LinuxClock clock = new LinuxClock(root.toString());
        assertThatThrownBy(clock::now).hasMessageContaining("run where /proc is mounted");

        Files.createDirectory(root.resolve("uptime"));
        assertThatThrownBy(clock::now)
                .hasMessageContaining("no file descriptor left")
                .hasMessageContaining("ulimit -n");
    }

    @Test
    void refusesTheUptimeOfAContainer() throws IOException {
        int pid = (int) ProcessHandle.current().pid();
        write("sys/kernel/random/boot_id", "boot\n");
        process(pid, 1, "S", "java\0");
        Files.createSymbolicLink(root.resolve("self"), Path.of(Integer.toString(pid)));
        long startedAt = (1000L + pid) / 100;

        write("uptime", startedAt + ".99 99.00\n");
        assertThat(host().now().sinceBoot()).isEqualTo(Duration.ofMillis(startedAt * 1000 + 990));

        write("uptime", startedAt - 9 + ".00 99.00\n");
        assertThatThrownBy(this::host)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("/uptime is not the kernel's")
                .hasMessageContaining("lxcfs")
                .hasMessageContaining("umount /proc/uptime");
    }

    private LinuxHost host() {
        return new LinuxHost(root.toString(), TRACES, Set.of(), OtherReader.NONE);
    }
}
