package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sweep.Nursery.Nursling;
import java.util.Set;

/** One case, set up in a pid namespace of its own and played there: it says what came of whom. */
abstract class Case {

    final Trial trial = new Trial();
    final MeddledHost meddled = new MeddledHost(ThisMachine.keeping(Set.of()));
    private SweepResult result;

    /** Runs the case that is the inner class of that name. */
    static void play(Class<?> cases, String name) throws Exception {
        Class<?> played = Class.forName(cases.getName() + "$" + name);
        try (Nursery nursery = new Nursery()) {
            Case it = (Case) played.getDeclaredConstructor().newInstance();
            it.play(nursery);
        }
    }

    abstract void play(Nursery nursery) throws Exception;

    SweepResult sweep() throws InterruptedException {
        result = Trial.sweep(trial.agent(meddled.host()));
        return result;
    }

    /** {@code NAME outcome [signals] alive|zombie|gone [signals it has seen]}. */
    void report(String name, Nursling it) {
        String outcome = Trial.of(result, it.pid())
                .map(reaping -> reaping.outcome().word() + " " + reaping.signals())
                .orElseGet(() -> result.verdicts().stream()
                        .filter(verdict -> verdict.process().pid() == it.pid())
                        .findFirst()
                        .map(verdict -> verdict.decision().word() + " "
                                + verdict.reason().word())
                        .orElse("not seen"));
        say(name, outcome + " " + state(it.pid()) + " " + it.signals());
        Trial.of(result, it.pid())
                .map(Reaping::detail)
                .filter(detail -> !detail.isEmpty())
                .ifPresent(detail -> say(name + "-detail", detail));
    }

    /** {@code NAME outcome}, in the order of their pids. */
    void reportBelow(String name, Nursling it) {
        Trial.of(result, it.pid())
                .orElseThrow()
                .descendants()
                .forEach(below -> say(
                        name,
                        String.join(" ", below.process().argv().words()) + ": "
                                + below.outcome().word() + " "
                                + state(below.process().pid()) + " " + below.detail()));
    }

    static String state(int pid) {
        return Nursery.stateOf(pid)
                .map(state -> state == 'Z' ? "zombie" : "alive")
                .orElse("gone");
    }

    static void say(String what, Object value) {
        System.out.println(what + " " + value);
    }
}
