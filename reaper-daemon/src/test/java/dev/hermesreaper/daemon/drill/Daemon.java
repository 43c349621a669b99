package dev.hermesreaper.daemon.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@code hermes-reaperd} that runs, with what it says. */
final class Daemon implements AutoCloseable {

    private static final String END = "(the daemon has ended)";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> all = new CopyOnWriteArrayList<>();

    private Daemon(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "daemon-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** How to start one. The distribution is run where the system property {@code drill.daemon} names its launcher. */
    static final class Plan {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<String> jvm = new ArrayList<>(List.of("-Xms4m", "-Xmx24m", "-Xss256k"));
        private final List<String> before = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();

        Plan(Path stateDirectory) {
            arguments.addAll(List.of("--state-dir", stateDirectory.toString()));
            set("JUDGE_MIN_AGE", "0s").set("JUDGE_SETTLE", "500ms").set("REAP_TERM_GRACE", "2s");
            Optional.ofNullable(System.getProperty("it.source")).ifPresent(it -> set("SCAN_SOURCE", it));
        }

        /** Sets one setting, by the name of its environment variable without the common part. */
        Plan set(String name, String value) {
            settings.put("HERMES_REAPER_" + name, value);
            return this;
        }

        Plan unset(String name) {
            settings.remove("HERMES_REAPER_" + name);
            return this;
        }

        Plan config(Path file) {
            arguments.addAll(List.of("--config", file.toString()));
            return this;
        }

        Plan jvm(String option) {
            jvm.add(option);
            return this;
        }

        /** A shell line that is run first, in the process that becomes the daemon. */
        Plan after(String script) {
            before.addAll(List.of("sh", "-ec", script + "\nexec \"$@\"", "sh"));
            return this;
        }

        Daemon start() {
            // Whoever runs the tests under nohup has SIGHUP ignored, and a JVM leaves it so.
            List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
            command.addAll(before);
            String launcher = System.getProperty("drill.daemon", "");
            if (launcher.isEmpty()) {
                command.addAll(Namespace.java(jvm, "dev.hermesreaper.daemon.HermesReaperd"));
            } else {
                command.add(launcher);
            }
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("HERMES_REAPER_"));
            builder.environment().putAll(settings);
            try {
                return new Daemon(builder.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Starts one, which has taken its first look when this returns. */
        Daemon started() {
            Daemon daemon = start();
            daemon.await("event=config.loaded");
            return daemon;
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                all.add(line);
                lines.add(line);
            }
        } catch (IOException e) {
            // The same as its end.
        }
        lines.add(END);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The next line that holds all of {@code parts}; those before it are passed over. */
    String await(String... parts) {
        return await(Duration.ofSeconds(40), parts);
    }

    String await(Duration atMost, String... parts) {
        Instant deadline = Instant.now().plus(atMost);
        try {
            while (true) {
                long left = Duration.between(Instant.now(), deadline).toMillis();
                String line = lines.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
                if (line == null || line.equals(END)) {
                    throw new AssertionError("the daemon never said " + List.of(parts) + " but:\n" + log());
                }
                if (List.of(parts).stream().allMatch(line::contains)) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Everything it has said. */
    String log() {
        return String.join("\n", all);
    }

    /**
     * Signals it.
     *
     * @param name without SIG
     */
    void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its exit status; fails if it takes longer. */
    int awaitEnd(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the daemon did not end within " + atMost + "\n" + log());
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
