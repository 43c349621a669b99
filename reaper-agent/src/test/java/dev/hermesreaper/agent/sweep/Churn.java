package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.sweep.ChurnModel.Gateway;
import dev.hermesreaper.agent.sweep.ChurnModel.Session;
import dev.hermesreaper.agent.sweep.ChurnModel.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Does to real processes and a real database what users and crashes do, at random, and tells the model. */
final class Churn {

    /** How many workers there are to begin with. */
    static final int CAST = 10;

    private static final int MOST_GATEWAYS = 4;
    private static final int MOST_WORKERS = 24;

    private final Arena arena;
    private final RecordedHome home;
    private final MeddledHost machine;
    private final Random random;
    private final ChurnModel model = new ChurnModel();
    private final List<Session> sessions = new ArrayList<>();
    private final List<String> unused;

    /** @param keys of the arena, one for every session there may be */
    Churn(Arena arena, RecordedHome home, MeddledHost machine, Random random, List<String> keys) {
        this.arena = arena;
        this.home = home;
        this.machine = machine;
        this.random = random;
        this.unused = new ArrayList<>(keys);
        listenForLooks();
    }

    private void listenForLooks() {
        machine.on("before table", () -> {
            model.looks();
            listenForLooks();
        });
    }

    ChurnModel model() {
        return model;
    }

    /** Two gateways, and some workers. */
    void begin() {
        startGateway();
        startGateway();
        for (int i = 0; i < CAST; i++) {
            startWorker(any(model.alive()));
        }
    }

    /** One thing happens. */
    void round() {
        List<Gateway> gateways = model.alive();
        if (gateways.isEmpty()) {
            startGateway();
            return;
        }
        Gateway gateway = any(gateways);
        int dice = random.nextInt(100);
        if (dice < 10) {
            startGateway();
        } else if (dice < 16) {
            endGateway(gateway, dice < 13 ? "TERM" : "KILL");
        } else if (dice < 50) {
            startWorker(gateway);
        } else if (dice < 62) {
            keepBusy();
        } else if (dice < 72) {
            endSession();
        } else if (dice < 78) {
            reopenSession();
        } else if (dice < 83) {
            compressSession();
        } else if (dice < 95) {
            changeClients(gateway);
        } else {
            closeWorker(gateway);
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void startGateway() {
        if (model.alive().size() == MOST_GATEWAYS) {
            return;
        }
        Part part = random.nextInt(4) == 0 ? Part.plain().detached() : Part.plain();
        StagedGateway process = arena.stage().director().dashboard(part);
        Gateway gateway = new Gateway(process);
        model.changing(() -> {
            gateway.clients.addAll(arena.stage().attach(process, 1 + random.nextInt(2)));
            model.gateways.add(gateway);
        });
    }

    /** Those of its workers whose stdin nobody else holds leave by themselves, unless they are at work. */
    private void endGateway(Gateway gateway, String signal) {
        model.changing(() -> {
            gateway.alive = false;
            gateway.process.signal(signal);
            gateway.process.awaitGone(Duration.ofSeconds(10));
            gateway.clients.clear();
        });
    }

    private void startWorker(Gateway gateway) {
        if (model.there().size() >= MOST_WORKERS || unused.isEmpty()) {
            return;
        }
        List<Session> open = sessions.stream().filter(it -> it.next.isEmpty()).toList();
        Session session = open.isEmpty() || random.nextInt(3) == 0 ? newSession() : any(open);
        reopen(session);
        boolean leaked = random.nextInt(3) == 0;
        Part part = arena.part().env("HERMES_HOME", home.path().toString());
        model.changing(() -> {
            StagedProcess process = leaked
                    ? gateway.process.leakedWorker(session.key, part).worker()
                    : gateway.process.worker(session.key, random.nextInt(5) == 0 ? part.detached() : part);
            Worker worker = new Worker(process, gateway, session, leaked);
            model.workers.add(worker);
            for (Signal signal : List.of(Signal.TERM, Signal.KILL)) {
                machine.on("before signal " + process.pid() + " " + signal, () -> model.signals(worker));
            }
        });
    }

    private Session newSession() {
        Session session = new Session(unused.remove(unused.size() - 1));
        sessions.add(session);
        if (random.nextBoolean()) {
            home.does("session('%s')", session.key);
        }
        return session;
    }

    /** One command at a time: those that queue would keep a worker at work long after everything else is over. */
    private void keepBusy() {
        List<Worker> reachable = model.there().stream()
                .filter(it -> it.gateway.alive && it.busyUntil < System.nanoTime())
                .toList();
        if (reachable.isEmpty()) {
            return;
        }
        Worker worker = any(reachable);
        double seconds = 0.3 + random.nextDouble();
        long from = System.nanoTime();
        try {
            worker.process.tell(random.nextBoolean() ? "nap" : "busy", Map.of("seconds", seconds));
        } catch (RuntimeException e) {
            return; // ended meanwhile
        }
        while (Arena.isWaitingForInput(worker.process)) {
            Thread.onSpinWait();
            if (System.nanoTime() - from > seconds * 1e9) {
                return;
            }
        }
        synchronized (model) {
            worker.busyUntil = Math.max(worker.busyUntil, from + (long) (seconds * 1e9));
        }
    }

    private void endSession() {
        List<Session> open =
                sessions.stream().filter(it -> it.next.isEmpty() && !it.ended).toList();
        if (open.isEmpty()) {
            return;
        }
        Session session = any(open);
        // A second before two seconds after the start of a worker could be before it, as far as clocks can tell.
        double in = Math.max(0, 2.3 - model.youngestAge(session));
        model.changing(() -> {
            session.ended = true;
            home.does("end('%s', now(%s), 'tui_close')", session.key, in);
        });
    }

    private void reopenSession() {
        List<Session> ended = sessions.stream().filter(it -> it.ended).toList();
        if (!ended.isEmpty()) {
            reopen(any(ended));
        }
    }

    private void reopen(Session session) {
        model.changing(() -> {
            home.does("reopen('%s')", session.key);
            session.ended = false;
        });
    }

    private void compressSession() {
        List<Session> open =
                sessions.stream().filter(it -> it.next.isEmpty() && !it.ended).toList();
        if (open.isEmpty() || unused.isEmpty()) {
            return;
        }
        Session session = any(open);
        Session next = new Session(unused.remove(unused.size() - 1));
        model.changing(() -> {
            // In the order in which Hermes writes: for a moment it is compressed into nothing.
            home.does("at = now(); end('%s', at, 'compression')", session.key)
                    .does("session('%s', None, None, '%s', at)", next.key, session.key);
            session.next = Optional.of(next);
        });
        sessions.add(next);
    }

    private void changeClients(Gateway gateway) {
        if (!gateway.clients.isEmpty() && random.nextInt(3) > 0) {
            List<Long> leaving = List.copyOf(gateway.clients);
            model.changing(() -> {
                gateway.clients.clear();
                arena.stage().detach(leaving);
            });
        } else {
            model.changing(() -> gateway.clients.addAll(arena.stage().attach(gateway.process, 1)));
        }
    }

    /** As a gateway does it: SIGTERM and wait. */
    private void closeWorker(Gateway gateway) {
        List<Worker> own = model.there().stream()
                .filter(it -> it.gateway == gateway && it.busyUntil < System.nanoTime())
                .filter(it -> it.process.standing().parentPid() == gateway.process.pid())
                .toList();
        if (own.isEmpty()) {
            return;
        }
        Worker worker = any(own);
        model.changing(() -> {
            gateway.process.close(worker.process);
            worker.closed = true;
            worker.gone = true;
        });
    }
}
