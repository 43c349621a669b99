package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.host.linux.RecheckedProcess;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.sweep.Nursery.Kind;
import dev.hermesreaper.agent.sweep.Nursery.Nursling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ends orphans each of which is exchanged, at one moment of the pass, for another process with the same pid and the very
 * same words. Says how many were exchanged, and how many of the others were signalled.
 */
final class PidReuse {

    private static final int BATCH = 25;

    /** How a process is held. */
    enum Holding {
        /** As the reaper does it here. */
        PIDFD,
        /** As it does it where there are no pidfds. */
        RECHECK,
        /** By its number, as a script would: to see that this finds what it looks for. */
        NUMBER
    }

    /** When it is exchanged. */
    enum Window {
        BEFORE_IT_IS_HELD("before hold %d"),
        AFTER_IT_IS_HELD("after hold %d"),
        AFTER_THE_FRESH_LOOK("before entry %d"),
        BEFORE_TERM("before signal %d TERM"),
        AFTER_TERM("after signal %d TERM"),
        BEFORE_KILL("before signal %d KILL");

        private final String question;

        Window(String question) {
            this.question = question;
        }

        static List<Window> of(String signal) {
            return signal.equals("TERM")
                    ? List.of(BEFORE_IT_IS_HELD, AFTER_IT_IS_HELD, AFTER_THE_FRESH_LOOK, BEFORE_TERM)
                    : List.of(AFTER_TERM, BEFORE_KILL);
        }
    }

    private final Nursery nursery;
    private final Holding holding;
    private final List<Window> windows;
    private final List<Nursling> others = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    private PidReuse(Nursery nursery, Holding holding, List<Window> windows) {
        this.nursery = nursery;
        this.holding = holding;
        this.windows = windows;
    }

    /** {@code HOLDING TERM|KILL ROUNDS}. */
    public static void main(String[] arguments) throws Exception {
        try (Nursery nursery = new Nursery()) {
            PidReuse reuse = new PidReuse(nursery, Holding.valueOf(arguments[0]), Window.of(arguments[1]));
            for (int left = Integer.parseInt(arguments[2]); left > 0; left -= BATCH) {
                reuse.pass(Math.min(left, BATCH));
            }
            System.out.println("exchanged " + reuse.others.size());
            System.out.println("wrong " + reuse.wrong());
            System.out.println("outcomes " + reuse.outcomes);
        }
    }

    private void pass(int orphans) throws InterruptedException {
        Trial trial = new Trial();
        Host linux = ThisMachine.keeping(Set.of());
        MeddledHost meddled = new MeddledHost(linux, held -> held(linux, held));
        for (int i = 0; i < orphans; i++) {
            Nursling orphan = nursery.orphan("s" + i, Kind.PLAIN.deaf());
            int session = i;
            meddled.on(
                    windows.get(i % windows.size()).question.formatted(orphan.pid()),
                    () -> others.add(
                            nursery.orphan("s" + session, Kind.PLAIN.deaf().insteadOf(orphan.pid()))));
        }
        int before = others.size();
        SweepResult result = Trial.sweep(trial.agent(meddled.host()));
        result.reapings().forEach(it -> outcomes.merge(it.outcome().word(), 1, Integer::sum));
        if (others.size() - before != orphans) {
            System.out.println("missed " + Arena.story(result) + " " + meddled.left());
        }
        // Whoever came instead has to go before the next pass, which would find it an orphan like any other.
        tally(others.subList(before, others.size()));
    }

    private final List<Nursling> hit = new ArrayList<>();

    private void tally(List<Nursling> these) {
        for (Nursling it : these) {
            if (!nursery.isAlive(it) || !it.signals().isEmpty()) {
                hit.add(it);
            }
            nursery.kill(it.pid(), "KILL");
        }
    }

    private int wrong() {
        return hit.size();
    }

    private HeldProcess held(Host linux, HeldProcess held) {
        return switch (holding) {
            case PIDFD -> held;
            case RECHECK -> new RecheckedProcess(held.process(), linux::entry);
            case NUMBER -> new ByNumber(held);
        };
    }

    /** Signals whoever has the pid. */
    private final class ByNumber implements HeldProcess {

        private final HeldProcess held;

        ByNumber(HeldProcess held) {
            this.held = held;
        }

        @Override
        public ProcessEntry process() {
            return held.process();
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public boolean hasExited() {
            return Optional.of(process().pid()).filter(Nursery::isAlive).isEmpty();
        }

        @Override
        public SignalResult signal(Signal signal) {
            nursery.kill(process().pid(), signal.name());
            return SignalResult.SENT;
        }

        @Override
        public void close() {
            held.close();
        }
    }
}
