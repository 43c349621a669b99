package dev.hermesreaper.daemon.drill;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.Stage;
import dev.hermesreaper.agent.demo.StageException;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A stage, a scratch directory, and the log of every signal that a stand-in got. */
final class Scene implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);

    private final Stage stage = Stage.open();
    private final Path directory;
    private final List<Daemon> daemons = new ArrayList<>();

    Scene() {
        try {
            directory = Files.createTempDirectory("drill");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Stage stage() {
        return stage;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path state() {
        return file("state");
    }

    /** Logs its signals. */
    Part part() {
        return Part.plain().loggingSignals(file("signals"));
    }

    Daemon.Plan plan() {
        return new Daemon.Plan(state());
    }

    Daemon started(Daemon.Plan plan) {
        Daemon daemon = plan.started();
        daemons.add(daemon);
        return daemon;
    }

    /** An orphan whose stdin a stranger holds, so that it does not leave by itself. */
    StagedProcess orphan(String key, Part part) {
        StagedGateway dashboard = stage.director().dashboard();
        StagedProcess worker = dashboard.leakedWorker(key, part).worker();
        dashboard.signal("KILL");
        worker.awaitParent(1, SOON);
        return worker;
    }

    /** A worker that has the pid of one that is gone; others that fork meanwhile may take it first, so it is tried again. */
    StagedProcess heir(StagedGateway gateway, String key, long pid) throws InterruptedException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                StagedProcess heir = gateway.worker(key, part().atPid(pid));
                if (heir.pid() == pid) {
                    return heir;
                }
                heir.signal("KILL");
                gateway.reapZombies();
            } catch (StageException taken) {
                pass(Duration.ofMillis(100));
            }
        }
        throw new AssertionError("the pid was not reused");
    }

    /** The signals a stand-in got, in order. */
    List<String> signalsTo(StagedProcess process) throws IOException {
        return Files.exists(file("signals"))
                ? Files.readAllLines(file("signals")).stream()
                        .filter(line -> line.startsWith(process.pid() + " "))
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList()
                : List.of();
    }

    /** Waits until a look has seen it. */
    void awaitSighted(StagedProcess process) throws Exception {
        Path sightings = state().resolve("sightings.json");
        while (!Files.exists(sightings) || !Files.readString(sightings).contains("\"pid\":" + process.pid() + ",")) {
            Thread.sleep(20);
        }
    }

    void awaitSignal(StagedProcess process) throws Exception {
        for (int tries = 0; signalsTo(process).isEmpty(); tries++) {
            check(tries < 2000, "no signal came", process);
            Thread.sleep(20);
        }
    }

    /** Lets real time pass: what is waited for is that nothing happens. */
    void pass(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    static void check(boolean fact, String whatIsWrong, Object... shown) {
        if (!fact) {
            throw new AssertionError(whatIsWrong + " " + List.of(shown));
        }
    }

    @Override
    public void close() {
        daemons.forEach(Daemon::close);
        stage.close();
    }
}
