package dev.hermesreaper.agent.demo;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process that starts and ends all others, and our conversation with it: one JSON line each way, in turn.
 *
 * <p>A thread of its own reads the answers, so that a hung director costs a timeout and not the caller. Commands may
 * come from any thread; they are asked one after the other.
 */
final class Director {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    /** More than the stand-ins give each other, so that the one who knows what is wrong answers first. */
    private static final Duration MARGIN = Duration.ofSeconds(45);

    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);
    private static final String LAST_LINE = "";

    private final Gson gson = new Gson();
    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private long questions;

    private Director(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "stage-director");
        reader.setDaemon(true);
        reader.start();
    }

    /** @throws StageException if it does not come up */
    static Director start(Python python, Path root) {
        ProcessBuilder builder = new ProcessBuilder(python.executable().toString(), "-m", "standin.stage");
        builder.directory(root.toFile());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        // What we were started with must not tell the stand-ins to misbehave.
        builder.environment().keySet().removeIf(name -> name.startsWith("STANDIN_") || name.startsWith("PYTHON"));
        builder.environment().put("PYTHONPATH", root.toString());
        builder.environment().put("STANDIN_TEMPORARY", root.toString());
        Director director;
        try {
            director = new Director(builder.start());
        } catch (IOException e) {
            throw new StageException("cannot start the stand-ins with " + python.executable() + ": " + e, e);
        }
        try {
            director.answer("start", START_TIMEOUT);
            return director;
        } catch (StageException e) {
            director.end();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * Asks the stand-in at the end of {@code path}, or the director itself where that is empty.
     *
     * @param timeout how long the stand-ins may take
     * @throws StageException if it refuses, fails, or does not answer in time
     */
    synchronized JsonObject ask(List<Long> path, String command, Map<String, ?> arguments, Duration timeout) {
        JsonObject question = gson.toJsonTree(arguments).getAsJsonObject();
        long number = ++questions;
        question.addProperty("cmd", command);
        question.addProperty("id", number);
        question.add("path", gson.toJsonTree(path));
        question.addProperty("timeout", timeout.toMillis() / 1e3);
        send(command, question);
        JsonObject answer;
        do {
            answer = answer(command, timeout.plus(MARGIN));
        } while (!answer.has("id") || answer.get("id").getAsLong() != number);
        if (!answer.get("ok").getAsBoolean()) {
            throw new StageException("the stage could not `" + command + "`: "
                    + answer.get("error").getAsString());
        }
        return answer;
    }

    private void send(String command, JsonObject question) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((gson.toJson(question) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new StageException("the stage has ended; `" + command + "` came too late", e);
        }
    }

    private JsonObject answer(String command, Duration timeout) {
        try {
            String line = answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new StageException("the stage hangs: no answer to `" + command + "` in " + timeout.toSeconds()
                        + " s; close it and open another");
            }
            if (line.equals(LAST_LINE)) {
                answers.add(LAST_LINE);
                throw new StageException("the stage has ended and cannot `" + command + "`");
            }
            return gson.fromJson(line, JsonObject.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageException("interrupted while waiting for `" + command + "`", e);
        } catch (JsonParseException e) {
            throw new StageException("the stage said nonsense to `" + command + "`", e);
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            // The same as its end: the pipe is gone, and whoever waits for an answer is told below.
        }
        answers.add(LAST_LINE);
    }

    /**
     * Ends every stand-in and waits until they are gone, or {@link #END_TIMEOUT}: then the director is killed, and
     * its warden goes on. Safe to call from a shutdown hook while another thread asks.
     */
    void end() {
        process.destroy();
        try {
            if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
