package dev.hermesreaper.agent.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The proof: whatever lies in a home, it is the same afterwards, byte for byte and inode for inode, read by its owner and
 * by root in the home of another user. And what the answer was.
 */
final class NoTraceIT {

    private static final int SOMEBODY = 65534;

    private static final String ROW = "create('wal'); session('s1', 0, 600, 'tui_close'); message('s1', 500)";
    private static final String CRASH = "; os._exit(0)";

    /** What lies there, and what is said about it: a part of the problem, or "row". */
    private record Case(String name, String script, String says) {}

    private static final List<Case> CASES = List.of(
            new Case("a log with what is not in the database", ROW + CRASH, "row"),
            new Case("a database that was closed", ROW + "; db.close()", "row"),
            new Case(
                    "a log whose shared memory is stale",
                    ROW + "; open(path + '-shm', 'r+b').write(b'\\xff' * 32768)" + CRASH,
                    "row"),
            new Case("a log without shared memory", ROW + "; os.unlink(path + '-shm')" + CRASH, "row"),
            new Case("an empty log", ROW + "; db.close(); open(path + '-wal', 'w')", "row"),
            new Case(
                    "a log of noise",
                    ROW + "; db.close(); open(path + '-wal', 'wb').write(b'\\x37\\x7f' * 4000)",
                    "row"),
            new Case(
                    "a torn log",
                    ROW
                            + "; message('s1', 550); n = os.path.getsize(path + '-wal'); os.truncate(path + '-wal', n - 100)"
                            + CRASH,
                    "row"),
            new Case("a rollback database", ROW.replace("wal", "delete") + "; db.close()", "row"),
            new Case(
                    "a hot journal",
                    ROW.replace("wal", "delete") + "; db.execute('PRAGMA cache_size=1'); db.execute('BEGIN');"
                            + " [message('s1', i) for i in range(20000)]" + CRASH,
                    "transaction under way"),
            new Case("a journal that persists", ROW.replace("wal", "persist") + "; db.close()", "row"),
            new Case(
                    "a corrupt header", ROW + "; db.close(); open(path, 'r+b').write(b'hello' * 20)", "not a database"),
            new Case(
                    "corrupt pages",
                    ROW + "; db.close(); f = open(path, 'r+b'); f.seek(4096); f.write(b'\\xff' * 9000)",
                    "state.db"),
            new Case("a truncated database", ROW + "; db.close(); os.truncate(path, 5000)", "state.db"),
            new Case("a database of no bytes", "open(path, 'w')", "tables and columns"),
            new Case("a huge hole", ROW + "; db.close(); os.truncate(path, 1 << 40)", "MiB"),
            new Case("a huge log", ROW + "; db.close(); open(path + '-wal', 'w').truncate(1 << 40)", "MiB"),
            new Case("a FIFO", "os.mkfifo(path)", "not a regular file"),
            new Case("a FIFO for a log", ROW + "; db.close(); os.mkfifo(path + '-wal')", "not a regular file"),
            new Case("a FIFO for a journal", ROW + "; db.close(); os.mkfifo(path + '-journal')", "not a regular file"),
            new Case("a directory", "os.mkdir(path)", "not a regular file"),
            new Case("a socket", "import socket; socket.socket(socket.AF_UNIX).bind(path)", "not a regular file"),
            new Case(
                    "a link",
                    ROW + "; db.close(); os.rename(path, path + '2'); os.symlink(path + '2', path)",
                    "symbolic link"),
            new Case("a link to a device", "os.symlink('/dev/zero', path)", "symbolic link"),
            new Case(
                    "a link for a log",
                    ROW + "; db.close(); os.symlink('/etc/passwd', path + '-wal')",
                    "symbolic link"),
            new Case("nothing", "pass", "there is no"),
            new Case(
                    "a lease file that is a FIFO",
                    ROW + "; os.mkdir(home + '/runtime');" + " os.mkfifo(home + '/runtime/active_sessions.json')"
                            + CRASH,
                    "not a regular file"),
            new Case(
                    "a link for the lease directory",
                    ROW + "; os.symlink('/etc', home + '/runtime')" + CRASH,
                    "runtime"));

    @TempDir
    private Path directory;

    /** JUnit says of each that leads elsewhere that it does not follow it. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path it : all.filter(Files::isSymbolicLink).toList()) {
                Files.delete(it);
            }
        }
    }

    private static Stream<Arguments> cases() {
        return CASES.stream().map(it -> Arguments.of(it.name(), it));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void leavesAHomeOfOnesOwnAsItWas(String name, Case it) throws IOException, InterruptedException {
        HermesHome home = new HermesHome(directory.resolve("home")).python(it.script());

        looksAndLeavesNothing(home, Asking.in(directory), it.says());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void leavesTheHomeOfAnotherUserAsItWas(String name, Case it) throws IOException, InterruptedException {
        HermesHome home = new HermesHome(directory.resolve("home")).python(it.script());
        giveAway(home);

        looksAndLeavesNothing(home, new Asking(directory.resolve("scratch"), SOMEBODY), it.says());
    }

    private static void looksAndLeavesNothing(HermesHome home, Asking asking, String says)
            throws IOException, InterruptedException {
        Map<String, String> before = home.portrait();

        SessionRecord record = asking.about("s1", home);

        assertThat(home.portrait()).isEqualTo(before);
        assertThat(asking.leftBehind()).isZero();
        if (says.equals("row")) {
            assertThat(record.problems()).isEmpty();
            assertThat(record.row().orElseThrow().endReason()).contains("tui_close");
        } else {
            assertThat(String.join("; ", record.problems())).contains(says);
        }
    }

    private static void giveAway(HermesHome home) throws IOException, InterruptedException {
        assumeTrue(Files.getAttribute(home.path(), "unix:uid").equals(0), "not root: cannot make the home of another");
        home.python(
                "for r, d, f in os.walk(home):",
                "    for n in ['.'] + d + f: os.lchown(os.path.join(r, n), %d, %d)".formatted(SOMEBODY, SOMEBODY));
    }

    @Test
    void readsWhatAnotherUserLocksForItselfAndLeavesTheLock() throws IOException, InterruptedException {
        for (String journal : List.of("wal", "delete")) {
            HermesHome home = new HermesHome(directory.resolve(journal)).python(ROW.replace("wal", journal));
            Process holder = home.start(
                    "db = connect()",
                    "db.execute('PRAGMA locking_mode=EXCLUSIVE')",
                    "db.execute('BEGIN EXCLUSIVE')",
                    "print('ready', flush=True)",
                    "sys.stdin.read()",
                    "message('s1', 700); db.execute('COMMIT')");
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(said.readLine()).isEqualTo("ready");

                looksAndLeavesNothing(home, new Asking(directory.resolve("scratch"), uid()), "row");

                holder.getOutputStream().close();
                assertThat(said.readLine()).isNull();
                assertThat(holder.waitFor()).isZero();
            } finally {
                holder.destroyForcibly();
            }
        }
    }

    @Test
    void doesNotReadWhatBelongsToSomebodyElse() throws IOException, InterruptedException {
        HermesHome home = new HermesHome(directory.resolve("home")).withOneSession();

        looksAndLeavesNothing(home, new Asking(directory.resolve("scratch"), uid() + 1), "belongs to user");
    }

    @Test
    void followsNoLinkOnTheWay() throws IOException, InterruptedException {
        new HermesHome(directory.resolve("real/home")).withOneSession();
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));
        HermesHome home = new HermesHome(directory.resolve("link/home"));

        looksAndLeavesNothing(home, Asking.in(directory), "symbolic link");
    }

    private int uid() throws IOException {
        return (Integer) Files.getAttribute(directory, "unix:uid");
    }
}
