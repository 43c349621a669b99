package dev.hermesreaper.agent.demo;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A process on the stage: how it is reached, and what can be done to it. It may have exited by the time a method
 * returns. Every method that talks to it throws {@link StageException} when it refuses or does not answer.
 */
public class StagedProcess {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Director director;
    private final List<Long> path;

    /** @param path pids from the director's child down to this process */
    StagedProcess(Director director, List<Long> path) {
        this.director = director;
        this.path = List.copyOf(path);
    }

    public final long pid() {
        return path.isEmpty() ? director.pid() : path.get(path.size() - 1);
    }

    /** Tells it a command of {@code standin/commands.py} and waits for the answer: 20 s. */
    public final JsonObject ask(String command, Map<String, ?> arguments) {
        return ask(command, arguments, PATIENCE);
    }

    final JsonObject ask(String command, Map<String, ?> arguments, Duration timeout) {
        return director.ask(path, command, arguments, timeout);
    }

    /** Tells it a command and does not wait: it is busy with that from now on. */
    public final void tell(String command, Map<String, ?> arguments) {
        Map<String, Object> unanswered = new HashMap<>(arguments);
        unanswered.put("wait", false);
        director.ask(path, command, unanswered, PATIENCE);
    }

    /**
     * Signals this process alone, never its group.
     *
     * @param name without SIG, as {@code TERM}
     */
    public final void signal(String name) {
        director.ask(List.of(), "kill", Map.of("pid", pid(), "signal", name), PATIENCE);
    }

    /** What the kernel says of it now. */
    public final Standing standing() {
        return Standing.of(director.ask(List.of(), "state", Map.of("pid", pid()), PATIENCE));
    }

    /** Waits until it is gone or a zombie without a live thread; false when it is neither in time. */
    public final boolean awaitGone(Duration timeout) {
        return left(director, List.of(pid()), timeout).isEmpty();
    }

    /**
     * Waits until its state is one of these letters of {@code proc_pid_stat(5)}, such as {@code TZ}. A Z is its main
     * thread's: others may need another moment to die, see {@link #awaitGone}.
     *
     * @throws StageException when it is not in time
     */
    public final Standing awaitState(String states, Duration timeout) {
        return Standing.of(director.ask(List.of(), "await-state", Map.of("pid", pid(), "states", states), timeout));
    }

    /**
     * Waits until that process is its parent.
     *
     * @throws StageException when it is not in time
     */
    public final Standing awaitParent(long parentPid, Duration timeout) {
        return Standing.of(director.ask(List.of(), "await-state", Map.of("pid", pid(), "ppid", parentPid), timeout));
    }

    static List<Long> left(Director director, List<Long> pids, Duration timeout) {
        JsonObject answer = director.ask(List.of(), "await-gone", Map.of("pids", pids), timeout);
        return longs(answer, "left");
    }

    static List<Long> longs(JsonObject answer, String name) {
        List<Long> numbers = new ArrayList<>();
        answer.getAsJsonArray(name).forEach(number -> numbers.add(number.getAsLong()));
        return List.copyOf(numbers);
    }

    final Director director() {
        return director;
    }

    /** The way to a child of this process. */
    final List<Long> pathTo(long child) {
        List<Long> longer = new ArrayList<>(path);
        longer.add(child);
        return longer;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof StagedProcess process && process.path.equals(path) && process.director == director;
    }

    @Override
    public final int hashCode() {
        return Objects.hash(path);
    }

    @Override
    public final String toString() {
        return "staged process " + path;
    }
}
