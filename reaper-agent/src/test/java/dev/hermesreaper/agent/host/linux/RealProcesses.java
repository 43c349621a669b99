package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.process.RawText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts real processes, knows the truth about them from themselves, and ends exactly these. Each one says {@code ready}
 * before it is handed out, so nobody sleeps and hopes.
 */
public final class RealProcesses implements AutoCloseable {

    /** Words that make a command line interesting to the readers under test. */
    public static final List<String> TRACES = List.of("tui_gateway", "hermes");

    /** The interpreter, without the wrapper a version manager may put before it. */
    public static final Path PYTHON = interpreter();

    /** What every program says first: its pid, parent, start ticks and real user, parsed by Python, not by us. */
    private static final String SAY_READY =
            """
            import os, sys
            def say(*words):
                os.write(1, (' '.join(str(word) for word in words) + '\\n').encode())
            def ticks(pid):
                return open('/proc/%d/stat' % pid, 'rb').read().rsplit(b')', 1)[1].split()[19].decode()
            def ready(*more):
                say('ready', os.getpid(), os.getppid(), ticks(os.getpid()), os.getuid(), *more)
            """;

    private static final String LAUNCH = "import os, sys; words = [bytes.fromhex(word) for word in sys.argv[2:]];"
            + " os.execv(bytes.fromhex(sys.argv[1]), words)";

    private final Path directory;
    private final List<Spawned> spawned = new ArrayList<>();

    public RealProcesses() {
        try {
            directory = Files.createTempDirectory("real-processes");
            Files.createDirectories(directory.resolve("tui_gateway"));
            Files.writeString(directory.resolve("tui_gateway/__init__.py"), "");
            Files.writeString(
                    directory.resolve("tui_gateway/slash_worker.py"),
                    SAY_READY + "exec(os.environ['ACT'], globals())\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One process that was started here. */
    public static final class Spawned {

        private final Process process;
        private final BufferedReader output;
        private final List<String> argv;
        private String[] said = {};

        private Spawned(Process process, List<String> argv) {
            this.process = process;
            this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            this.argv = argv;
        }

        /** The next line it says, in words. */
        public String[] next() {
            try {
                String line = output.readLine();
                if (line == null) {
                    throw new IllegalStateException("ended with " + process.waitFor() + " before it said anything");
                }
                return line.split(" ", -1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        public int pid() {
            return Integer.parseInt(said[1]);
        }

        public int parentPid() {
            return Integer.parseInt(said[2]);
        }

        public long startTicks() {
            return Long.parseLong(said[3]);
        }

        public int uid() {
            return Integer.parseInt(said[4]);
        }

        /** What it added to {@code ready}. */
        public String more(int index) {
            return said[5 + index];
        }

        /** The words it was started with. */
        public List<String> argv() {
            return argv;
        }

        public Process process() {
            return process;
        }

        /** Writes a line to its stdin. */
        public void tell(String line) {
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Ends it and waits until it is gone. */
        public void end() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("process " + process.pid() + " does not end");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** {@code python3 -m tui_gateway.slash_worker --session-key KEY} that does {@code act} and then waits for input. */
    public Spawned worker(String key, String act) {
        return launch(
                PYTHON.toString(),
                List.of(
                        bytes(PYTHON.toString()),
                        bytes("-m"),
                        bytes("tui_gateway.slash_worker"),
                        bytes("--session-key"),
                        bytes(key)),
                act + "\nready()\nfor line in sys.stdin: pass\n");
    }

    /** A slash worker with more words behind its session key, any bytes. */
    public Spawned worker(List<byte[]> more, String act) {
        List<byte[]> words = new ArrayList<>(List.of(
                bytes(PYTHON.toString()),
                bytes("-m"),
                bytes("tui_gateway.slash_worker"),
                bytes("--session-key"),
                bytes("k")));
        words.addAll(more);
        return launch(PYTHON.toString(), words, act + "\nready()\nfor line in sys.stdin: pass\n");
    }

    /** A Python program without a trace of Hermes; it must call {@code ready()} itself. */
    public Spawned python(String program, String... more) {
        List<byte[]> words =
                new ArrayList<>(List.of(bytes(PYTHON.toString()), bytes("-c"), bytes(SAY_READY + program)));
        Arrays.stream(more).forEach(word -> words.add(bytes(word)));
        return launch(PYTHON.toString(), words, "");
    }

    /** A slash worker that does {@code program}, which must call {@code ready()} itself, from another interpreter file. */
    public Spawned workerBy(Path interpreter, String program) {
        return launch(
                interpreter.toString(),
                List.of(
                        bytes(interpreter.toString()),
                        bytes("-m"),
                        bytes("tui_gateway.slash_worker"),
                        bytes("--session-key"),
                        bytes("k")),
                program);
    }

    private Spawned launch(String executable, List<byte[]> words, String act) {
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-S", "-c", LAUNCH, hex(bytes(executable))));
        words.forEach(word -> command.add(hex(word)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.put("ACT", act);
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONHOME", PYTHON.getParent().getParent().toString());
        List<String> argv =
                words.stream().map(word -> RawText.decode(word, 0, word.length)).toList();
        try {
            Spawned process = new Spawned(builder.start(), argv);
            spawned.add(process);
            process.said = process.next();
            if (!process.said[0].equals("ready")) {
                throw new IllegalStateException("said " + String.join(" ", process.said));
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory that is removed in the end. */
    public Path directory() {
        return directory;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Path interpreter() {
        try {
            Process process = new ProcessBuilder(
                            "python3", "-c", "import os, sys; print(os.path.realpath(sys.executable))")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                return Path.of(reader.readLine());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spawned.forEach(Spawned::end);
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
