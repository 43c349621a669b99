package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a bystander who knows everything says of a machine under churn: which workers may be ended, and since when. Whatever
 * makes a worker fair game counts from before it is done, whatever spares it from when it has been done. Times are those of
 * {@link System#nanoTime}.
 */
final class ChurnModel {

    /** A gateway, and how many clients it has. */
    static final class Gateway {
        final StagedGateway process;
        final List<Long> clients = new ArrayList<>();
        boolean alive = true;

        Gateway(StagedGateway process) {
            this.process = process;
        }
    }

    /** A session, and what it was compressed into. */
    static final class Session {
        final String key;
        Optional<Session> next = Optional.empty();
        boolean ended;

        Session(String key) {
            this.key = key;
        }

        Session tip() {
            return next.map(Session::tip).orElse(this);
        }
    }

    /** A worker, when it was or was not fair game, and who sent it a signal. */
    static final class Worker {
        final StagedProcess process;
        final Gateway gateway;
        final Session session;
        final boolean leaked;
        final long startedAt = System.nanoTime();
        private final List<Turn> turns = new ArrayList<>();
        boolean gone;
        boolean closed;
        boolean signalled;
        long busyUntil;

        Worker(StagedProcess process, Gateway gateway, Session session, boolean leaked) {
            this.process = process;
            this.gateway = gateway;
            this.session = session;
            this.leaked = leaked;
        }

        boolean isThere() {
            return !gone && !signalled;
        }

        @Override
        public String toString() {
            return "worker %d of %s under %d (gateway alive %s with %d clients, session ended %s, leaked %s)"
                    .formatted(
                            process.pid(),
                            session.key,
                            gateway.process.pid(),
                            gateway.alive,
                            gateway.clients.size(),
                            session.tip().ended,
                            leaked);
        }
    }

    private record Turn(long at, boolean fairGame) {}

    final List<Gateway> gateways = new ArrayList<>();
    final List<Worker> workers = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int rightSignals;
    private long looked = System.nanoTime();

    /** Something changes: {@code change} from before until after. */
    synchronized void changing(Runnable change) {
        long before = System.nanoTime();
        change.run();
        long after = System.nanoTime();
        for (Worker worker : workers) {
            boolean fairGame = isFairGame(worker);
            List<Turn> turns = worker.turns;
            if (turns.isEmpty() || turns.get(turns.size() - 1).fairGame() != fairGame) {
                turns.add(new Turn(fairGame ? before : after, fairGame));
            }
        }
    }

    /** Whether it may be ended as soon as it is idle. */
    synchronized boolean isFairGame(Worker it) {
        return !it.gateway.alive
                || it.gateway.clients.isEmpty()
                || it.session.tip().ended
                || workers.stream().anyMatch(other -> isYounger(other, it));
    }

    private static boolean isYounger(Worker other, Worker than) {
        return other.isThere()
                && other.gateway == than.gateway
                && other.session == than.session
                && other.startedAt > than.startedAt;
    }

    /** The reaper begins to look. */
    synchronized void looks() {
        looked = System.nanoTime();
    }

    /** The reaper is about to signal {@code worker}. */
    synchronized void signals(Worker worker) {
        long now = System.nanoTime();
        boolean wasBusy = worker.busyUntil > now;
        boolean right = !wasBusy && wasFairGame(worker, now);
        if (right) {
            rightSignals++;
        } else {
            wrong.add((wasBusy ? "busy " : "") + worker);
        }
        changing(() -> worker.signalled = true);
    }

    /** Whether it was at any time between the beginning of the last look and now. */
    private boolean wasFairGame(Worker worker, long now) {
        boolean fairGame = false;
        for (Turn turn : worker.turns) {
            if (turn.at() <= looked) {
                fairGame = turn.fairGame();
            } else if (turn.at() <= now) {
                fairGame |= turn.fairGame();
            }
        }
        return fairGame;
    }

    /** The signals that nobody should have sent. */
    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    synchronized int rightSignals() {
        return rightSignals;
    }

    synchronized List<Worker> there() {
        return workers.stream().filter(Worker::isThere).toList();
    }

    synchronized List<Gateway> alive() {
        return gateways.stream().filter(it -> it.alive).toList();
    }

    /** The age of the youngest worker of any session that goes on as {@code tip}, in seconds. */
    synchronized double youngestAge(Session tip) {
        return workers.stream()
                .filter(it -> Objects.equals(it.session.tip(), tip))
                .map(it -> it.startedAt)
                .max(Comparator.naturalOrder())
                .map(start -> (System.nanoTime() - start) / 1e9)
                .orElse(1e9);
    }
}
