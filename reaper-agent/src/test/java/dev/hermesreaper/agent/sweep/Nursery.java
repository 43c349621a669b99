package dev.hermesreaper.agent.sweep;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts processes with Hermes' command lines by the thousand, and at pids that others just had: a copy of the shell named
 * {@code python3} whose script is called {@code tui_gateway.slash_worker}. Needs a pid namespace of its own
 * ({@link PidNamespace}), whose end is theirs, too.
 */
final class Nursery implements AutoCloseable {

    private static final String WORKER =
            """
            for s in HUP INT USR1 USR2; do trap "echo $s >>'$LOG'" $s; done
            trap 'echo TERM >>"$LOG"; [ -n "$DEAF" ] || exit 0' TERM
            while :; do
                if read -r line; then eval "$line"; elif [ -z "$DEAF" ]; then exit 0; fi
            done
            """;

    private final Path directory;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private int serial;

    /** One process, and what it writes down of the signals it gets. */
    record Nursling(int pid, Path log) {

        /** The signals it has received and could write down: all but KILL and STOP. */
        List<String> signals() {
            try {
                return Files.exists(log) ? Files.readAllLines(log) : List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    Nursery() throws IOException {
        directory = Files.createTempDirectory("nursery");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.copy(Path.of("/bin/dash").toRealPath(), directory.resolve("python3"));
        Files.writeString(directory.resolve("tui_gateway.slash_worker"), WORKER);
        Files.writeString(directory.resolve("hermes"), WORKER);
        Path script = directory.resolve("nursery.py");
        try (var source = Nursery.class.getResourceAsStream("nursery.py")) {
            Files.write(script, source.readAllBytes());
        }
        process = new ProcessBuilder("python3", "-B", script.toString(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** How one is started. Immutable. */
    record Kind(Map<String, Object> options, Map<String, String> env) {

        static final Kind PLAIN = new Kind(Map.of(), Map.of());

        Kind with(String option, Object value) {
            Map<String, Object> more = new HashMap<>(options);
            more.put(option, value);
            return new Kind(more, env);
        }

        Kind env(String name, String value) {
            Map<String, String> more = new HashMap<>(env);
            more.put(name, value);
            return new Kind(options, more);
        }

        /** Ignores SIGTERM. */
        Kind deaf() {
            return env("DEAF", "1");
        }

        /** Instead of the process with this pid, which is killed first. */
        Kind insteadOf(int pid) {
            return with("instead", pid);
        }

        Kind user(int uid) {
            return with("uid", uid);
        }
    }

    /** A worker that nobody owns: its parent is gone, and a stranger holds its standard input. */
    Nursling orphan(String key, Kind kind) {
        return spawn(kind.with("orphan", true).with("stdin", "pipe"), worker(key));
    }

    /** A dashboard, and below it as many workers as there are keys, whose standard inputs it holds. */
    List<Nursling> family(List<String> keys, Kind kind) {
        List<Integer> pipes = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            pipes.add(ask(Map.of("cmd", "pipe")).get("pipe").getAsInt());
        }
        List<Nursling> all = new ArrayList<>();
        all.add(gateway(pipes));
        for (int i = 0; i < keys.size(); i++) {
            all.add(spawn(kind.with("pipe", pipes.get(i)), worker(keys.get(i))));
        }
        pipes.forEach(pipe -> ask(Map.of("cmd", "let-go", "pipe", pipe)));
        return all;
    }

    /** A dashboard that holds the write ends of these pipes. */
    Nursling gateway(List<Integer> pipes) {
        return spawn(
                Kind.PLAIN.deaf().with("stdin", "pipe").with("holds", pipes),
                List.of("python3", directory.resolve("hermes").toString(), "dashboard", "--port", "0"));
    }

    /** The pipe that is standard input of {@code worker}, which this nursery made. */
    int pipeOf(Nursling worker) {
        return ask(Map.of("cmd", "pipe-of", "pid", worker.pid())).get("pipe").getAsInt();
    }

    private static List<String> worker(String key) {
        return List.of("python3", "-m", "tui_gateway.slash_worker", "--session-key", key);
    }

    Nursling spawn(Kind kind, List<String> argv) {
        Path log = directory.resolve("log." + serial++);
        Map<String, Object> question = new HashMap<>(kind.options());
        Map<String, String> env = new HashMap<>(kind.env());
        env.put("LOG", log.toString());
        question.put("cmd", "spawn");
        question.put("argv", argv);
        question.put("env", env);
        return new Nursling(ask(question).get("pid").getAsInt(), log);
    }

    /** Has it run a line of shell, and waits until that is done. */
    void tell(Nursling worker, String line) {
        ask(Map.of("cmd", "tell", "pid", worker.pid(), "line", line));
    }

    /** {@code kill(2)}, as a shell script would: whoever has the pid now. */
    void kill(int pid, String signal) {
        ask(Map.of("cmd", "kill", "pid", pid, "signal", signal));
    }

    /** Whether it lives; a zombie does not. */
    boolean isAlive(Nursling it) {
        return isAlive(it.pid());
    }

    static boolean isAlive(int pid) {
        return stateOf(pid).filter(state -> state != 'Z').isPresent();
    }

    /** The letter {@code ps} shows; empty for one that is gone. */
    static Optional<Character> stateOf(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(stat.charAt(stat.lastIndexOf(')') + 2));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private JsonObject ask(Map<String, ?> question) {
        try {
            questions.write(new Gson().toJson(question));
            questions.newLine();
            questions.flush();
            JsonObject answer =
                    new Gson().fromJson(Optional.ofNullable(answers.readLine()).orElse("{}"), JsonObject.class);
            if (!answer.has("ok")) {
                throw new AssertionError(question + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** What it has started ends with the namespace. */
    @Override
    public void close() {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
