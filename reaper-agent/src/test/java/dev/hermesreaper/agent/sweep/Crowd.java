package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.linux.Freezer;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sweep.Nursery.Kind;
import dev.hermesreaper.agent.sweep.Nursery.Nursling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Ends many orphans that ignore SIGTERM, one of them frozen or stopped, and says in what order and after which waits. */
final class Crowd {

    /** How long a process may take to die of SIGKILL where as many others do and the machine is busy. */
    private static final Duration DEATH = Duration.ofMillis(5);

    private final List<Integer> recorded = new ArrayList<>();
    private Duration waited = Duration.ZERO;
    private Duration waitedBeforeKill = Duration.ZERO;

    private Crowd() {}

    /** {@code ORPHANS GRACE_MILLIS}. */
    public static void main(String[] arguments) throws Exception {
        new Crowd().play(Integer.parseInt(arguments[0]), Duration.ofMillis(Long.parseLong(arguments[1])));
    }

    private void play(int size, Duration grace) throws Exception {
        // One of version 2 lets SIGKILL through.
        Optional<Freezer> freezer = Freezer.of(Freezer.Version.ONE);
        try (Nursery nursery = new Nursery()) {
            Trial trial = new Trial()
                    .set("REAP_TERM_GRACE", grace.toMillis() + "ms")
                    .set(
                            "REAP_KILL_GRACE",
                            Math.max(2000, DEATH.multipliedBy(size).toMillis()) + "ms")
                    .set("REAP_MAX_REAPS_PER_SWEEP", "2000");
            MeddledHost meddled = new MeddledHost(countingWaits(ThisMachine.keeping(Set.of())));
            List<Nursling> crowd = IntStream.range(0, size)
                    .mapToObj(i -> nursery.orphan("s" + i, Kind.PLAIN.deaf()))
                    .toList();
            Nursling frozen = crowd.get(size / 2);
            meddled.on("after signal " + frozen.pid() + " TERM", () -> freeze(nursery, freezer, frozen));
            for (Nursling it : crowd) {
                meddled.on("before signal " + it.pid() + " KILL", () -> waitedBeforeKill = waited);
            }

            SweepResult result = Trial.sweep(trial.agent(meddled.host()), new Records());

            List<Reaping> others = result.reapings().stream()
                    .filter(it -> it.verdict().process().pid() != frozen.pid())
                    .toList();
            say("means", freezer.isPresent() ? "freezer" : "stop");
            say(
                    "killed",
                    others.stream().filter(it -> it.outcome() == Outcome.KILLED).count());
            say(
                    "alive",
                    crowd.stream()
                            .filter(it -> !it.equals(frozen) && nursery.isAlive(it))
                            .count());
            say("waited", waitedBeforeKill.toMillis());
            say(
                    "longest",
                    others.stream().mapToLong(it -> it.took().toMillis()).max().orElse(-1));
            say("recorded", recorded.indexOf(frozen.pid()));
            Reaping slow = Trial.of(result, frozen.pid()).orElseThrow();
            say("frozen", slow.outcome().word() + " " + slow.reclaimedBytes());
        } finally {
            freezer.ifPresent(Freezer::close);
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + " " + value);
    }

    /** In which order outcomes become known. */
    private final class Records implements Ledger {
        @Override
        public void intends(Verdict verdict) {}

        @Override
        public void records(Reaping reaping) {
            recorded.add(reaping.verdict().process().pid());
        }
    }

    /** The machine, with a count of the time that was spent waiting for the end of somebody. */
    private Host countingWaits(Host machine) {
        return (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                    long from = System.nanoTime();
                    try {
                        return method.invoke(machine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("awaitExit")) {
                            waited = waited.plusNanos(System.nanoTime() - from);
                        }
                    }
                });
    }

    private static void freeze(Nursery nursery, Optional<Freezer> freezer, Nursling process) {
        if (freezer.isPresent()) {
            freezer.get().freeze(process.pid());
        } else {
            nursery.kill(process.pid(), "STOP");
        }
    }
}
