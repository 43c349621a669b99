package dev.hermesreaper.agent.demo;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Real processes that look like Hermes, for the demo and for tests: started in an instant, gone together.
 *
 * <pre>{@code
 * try (Stage stage = Stage.open()) {
 *     StagedGateway dashboard = stage.director().subreaper("systemd", "--user").dashboard();
 *     StagedProcess worker = dashboard.worker("20260505_104123_c8063a");
 *     dashboard.signal("KILL");
 *     worker.awaitGone(Duration.ofSeconds(2));
 * }
 * }</pre>
 *
 * <p>Nothing outlives the stage, however it ends: every process sleeps on a pipe that its director holds, and a warden
 * kills what cannot (see {@code standin/body.py}, {@code standin/warden.py}). Only processes started here can be
 * signalled. Listens on loopback only. Linux; on macOS everything but subreapers, impostors, node and standings.
 */
public final class Stage implements AutoCloseable {
    private final Python python;
    private final StandinFiles files;
    private final Director director;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Stage(Python python, StandinFiles files, Director director) {
        this.python = python;
        this.files = files;
        this.director = director;
    }

    /**
     * Starts the director.
     *
     * @throws StageException if there is no python3 of at least 3.8 on PATH, or the stand-ins do not start
     */
    public static Stage open() {
        Python python = Python.find();
        StandinFiles files = StandinFiles.extract();
        try {
            return new Stage(python, files, Director.start(python, files.root()));
        } catch (StageException e) {
            files.remove();
            throw e;
        }
    }

    /** The parent of everything; what it starts is its child, unless the part is detached. */
    public StagedParent director() {
        return new StagedParent(director, List.of());
    }

    /** The interpreter that the stand-ins run on, as it appears in their argv. */
    public Path pythonExecutable() {
        return python.executable();
    }

    /** The directory of the stand-ins, private and removed at the end: tests may keep files there. */
    public Path root() {
        return files.root();
    }

    /** Connects that many clients to a dashboard, which has accepted them when this returns. */
    public List<Long> attach(StagedGateway dashboard, int clients) {
        return attach(dashboard.port(), clients);
    }

    /** Connects to whatever stand-in listens on this loopback port. */
    public List<Long> attach(int port, int clients) {
        JsonObject answer = ask("connect", Map.of("port", port, "count", clients), StagedProcess.PATIENCE);
        return StagedProcess.longs(answer, "clients");
    }

    /** Closes these connections; when this returns, the other side has closed them, too. */
    public void detach(List<Long> clients) {
        ask("disconnect", Map.of("clients", clients), StagedProcess.PATIENCE);
    }

    /**
     * Signals a process of this stage that is known by its pid only.
     *
     * @param name without SIG, as {@code TERM}
     */
    public void signal(long pid, String name) {
        ask("kill", Map.of("pid", pid, "signal", name), StagedProcess.PATIENCE);
    }

    /** Waits until all of them are gone or zombies; returns those that are neither in time. */
    public List<Long> awaitGone(List<Long> pids, Duration timeout) {
        return StagedProcess.left(director, pids, timeout);
    }

    /** The pids of all processes of this stage that live, the director excepted. */
    public List<Long> livePids() {
        return StagedProcess.longs(ask("survivors", Map.of(), StagedProcess.PATIENCE), "pids");
    }

    private JsonObject ask(String command, Map<String, ?> arguments, Duration timeout) {
        return director.ask(List.of(), command, arguments, timeout);
    }

    /** Ends every process of the stage and removes its files. May be called again, and from a shutdown hook. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            director.end();
            files.remove();
        }
    }
}
