package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Stdin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process is doing, by kernels that show less than the one at hand, as files. */
final class ActivityReaderTest {

    @TempDir
    private Path root;

    private ProcFiles files;
    private Runnable between = () -> {};

    @BeforeEach
    void none() {
        files = new ProcFiles(root);
    }

    @Test
    void fallsBackToWhereTheMainThreadSleeps() throws IOException {
        threadedProcess("S");
        stdin("pipe:[4711]");

        assertThat(activityAsleepIn("anon_pipe_read"))
                .isEqualTo(new Activity(true, true, true, false, false, 12, 7, 0, 0, Activity.NOT_TOLD));
        assertThat(activityAsleepIn("pipe_read").waitsForInput()).isTrue();
        assertThat(activityAsleepIn("futex_wait_queue"))
                .isEqualTo(new Activity(true, false, true, false, false, 12, 7, 0, 0, Activity.NOT_TOLD));
        assertThat(activityAsleepIn("0")).as("hidden").isEqualTo(Activity.UNREADABLE);
    }

    @Test
    void asleepInAReadOfAnotherKindThanItsStdinItDoesNotWaitForInput() throws IOException {
        Activity working = new Activity(true, false, true, false, false, 12, 7, 0, 0, Activity.NOT_TOLD);
        threadedProcess("S");
        stdin("pipe:[4711]");
        assertThat(activityAsleepIn("unix_stream_read_generic")).isEqualTo(working);
        assertThat(activityAsleepIn("unix_stream_data_wait")).isEqualTo(working);

        stdin("socket:[4711]");
        assertThat(activityAsleepIn("unix_stream_read_generic").waitsForInput()).isTrue();
        assertThat(activityAsleepIn("unix_stream_data_wait").waitsForInput()).isTrue();
        assertThat(activityAsleepIn("anon_pipe_read")).isEqualTo(working);

        stdin("/dev/null");
        assertThat(activityAsleepIn("anon_pipe_read")).isEqualTo(working);
        stdin("/dev/pts/3");
        assertThat(activityAsleepIn("unix_stream_read_generic")).isEqualTo(working);
    }

    @Test
    void cannotTellWhatAPipeReadIsWorthWhereItsStdinIsHidden() throws IOException {
        threadedProcess("S");

        assertThat(activityAsleepIn("anon_pipe_read")).isEqualTo(Activity.UNREADABLE);
        assertThat(activityAsleepIn("futex_wait_queue").readable()).isTrue();
    }

    @Test
    void believesTheCallBeforeTheSleep() throws IOException {
        threadedProcess("S");
        stdin("pipe:[4711]");
        files.write("9/syscall", "61 0xffffffffffffffff 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n");

        assertThat(activityAsleepIn("anon_pipe_read"))
                .isEqualTo(new Activity(true, false, false, false, false, 12, 7, 0, 0, Activity.NOT_TOLD));
    }

    /** With version 2 and 1 of cgroups; it shows the read it was in, whatever lies in its pipe. */
    @ParameterizedTest
    @ValueSource(strings = {"get_signal", "do_freezer_trap", "__refrigerator"})
    void tellsAFrozenOneFromOneThatWaits(String function) throws IOException {
        threadedProcess("S");
        stdin("pipe:[4711]");
        files.write("9/syscall", (isX86() ? "0" : "63") + " 0x0 0x7ffd 0x1 0x0 0x0 0x0 0x7ffd 0x7f00\n");

        assertThat(activityAsleepIn("anon_pipe_read"))
                .isEqualTo(new Activity(true, true, false, false, false, 12, 7, 0, 0, Activity.NOT_TOLD));
        assertThat(activityAsleepIn(function))
                .isEqualTo(new Activity(true, true, false, true, false, 12, 7, 0, 0, Activity.NOT_TOLD));

        files.write("9/syscall", "61 0xffffffffffffffff 0x0 0x0 0x0 0x0 0x0 0x7ffd 0x7f00\n");
        assertThat(activityAsleepIn(function).frozen())
                .as("in the middle of a command")
                .isTrue();
        files.write("9/syscall", "");
        assertThat(activityAsleepIn(function).frozen()).as("its call not told").isTrue();
    }

    private static boolean isX86() {
        return System.getProperty("os.arch").equals("amd64");
    }

    @Test
    void countsWhatTheOtherOfTwoThreadsHasDone() throws IOException {
        threadedProcess("S");
        stdin("pipe:[4711]");
        for (String thread : List.of("9", "10")) {
            String stat = Files.readString(root.resolve("9/stat"));
            files.write("9/task/" + thread + "/stat", stat.replace(" 20 0 1 0 ", " 20 0 2 0 "));
        }
        files.write("9/task/10/status", "voluntary_ctxt_switches:\t40\nnonvoluntary_ctxt_switches:\t2\n");

        assertThat(activityAsleepIn("anon_pipe_read"))
                .isEqualTo(new Activity(true, true, true, false, false, 12, 7, 40, 7, Activity.NOT_TOLD));
    }

    /** None of its counters has moved by then. */
    @Test
    void doesNotWaitOnceACommandHasComeInBeforeAllOfItWasRead() throws IOException {
        threadedProcess("S");
        stdin("pipe:[4711]");
        files.write("9/syscall", (isX86() ? "0" : "63") + " 0x0 0x7ffd 0x1 0x0 0x0 0x0 0x7ffd 0x7f00\n");
        assertThat(activityAsleepIn("anon_pipe_read").waitsForInput()).isTrue();

        between = () -> {
            try {
                files.write("9/syscall", "running\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        assertThat(activityAsleepIn("anon_pipe_read").waitsForInput()).isFalse();
    }

    @Test
    void tellsHowMuchItHasReadWhereTheKernelDoes() throws IOException {
        threadedProcess("S");
        stdin("pipe:[4711]");
        Activity silent = activityAsleepIn("anon_pipe_read");
        files.write("9/task/9/io", "rchar: 4095\nwchar: 12\nsyscr: 8\nsyscw: 1\n");

        assertThat(activityAsleepIn("anon_pipe_read").bytesRead()).isEqualTo(4095);
        assertThat(silent.hasReadNothingSince(silent)).isFalse();
    }

    private void threadedProcess(String state) throws IOException {
        files.process(9, 1, state, "python3\0");
        files.write("9/task/9/stat", Files.readString(root.resolve("9/stat")));
    }

    private void stdin(String target) throws IOException {
        Path link = root.resolve("9/fd/0");
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(target));
    }

    private Activity activityAsleepIn(String function) throws IOException {
        files.write("9/wchan", function);
        ProcFs proc = new ProcFs(root.toString());
        ActivityReader reader = new ActivityReader(proc);
        Stdin.Kind stdin = Descriptors.stdin(9, proc).kind();
        ActivityReader.Wait wait = reader.waitOf(9, stdin);
        between.run();
        return reader.read(9, stdin, wait, Status.of(9, proc), true);
    }

    @Test
    void cannotTellWhatAStoppedOrRunningProcessWaitsForByItsSleepAlone() throws IOException {
        threadedProcess("T");

        assertThat(activityAsleepIn("do_signal_stop")).isEqualTo(Activity.UNREADABLE);

        files.process(9, 1, "R", "python3\0");
        assertThat(activityAsleepIn("0").readable()).isTrue();
        assertThat(activityAsleepIn("0").waitsForInput()).isFalse();
    }
}
