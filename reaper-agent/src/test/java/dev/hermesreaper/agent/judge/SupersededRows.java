package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.judge.Row.keep;
import static dev.hermesreaper.agent.judge.Row.reap;
import static dev.hermesreaper.agent.judge.Row.report;
import static dev.hermesreaper.agent.judge.Row.waits;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.function.Consumer;

/** Several workers of one session, or nearly. */
final class SupersededRows {
    private SupersededRows() {}

    static List<Row> rows() {
        return List.of(
                keep(Reason.NEWEST, "the youngest of three", s -> three(s, "11m")[2]),
                keep(Reason.OWNED, "the older one, its only younger sibling younger than min_age", s -> {
                    FakeProcess older = s.world().worker(101).ownedBy(s.world().dashboard(100));
                    s.watched("11m");
                    s.world().worker(102).startedAgo("59s").ownedBy(dashboard(s));
                    return older;
                }),
                keep(Reason.TOO_YOUNG, "the youngest, younger than min_age", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    s.world().worker(101).ownedBy(dashboard);
                    return s.world().worker(102).startedAgo("59s").ownedBy(dashboard);
                }),
                keep(Reason.OWNED, "the one last seen working, though not the youngest", s -> {
                    FakeProcess[] workers = three(s, "1m");
                    workers[0].moves();
                    s.watched("3h");
                    return workers[0];
                }),
                reap(Reason.SUPERSEDED, "the one seen working before the one last seen working", s -> {
                    FakeProcess[] workers = three(s, "1m");
                    workers[0].moves();
                    s.watched("1m");
                    workers[1].moves();
                    s.watched("3h");
                    return workers[0];
                }),
                keep(
                        Reason.OWNED,
                        "alike but for the session, which would match as a pattern",
                        s -> alike(s, it -> it.of("s."), it -> it.of("s1"))),
                keep(
                        Reason.OWNED,
                        "alike but for a newline in the session",
                        s -> alike(s, it -> it.of("s1"), it -> it.of("s1\n"))),
                keep(
                        Reason.OWNED,
                        "alike but for the home",
                        s -> alike(
                                s,
                                it -> it.home("/home/hermes/.hermes/profiles/a"),
                                it -> it.home("/home/hermes/.hermes"))),
                keep(
                        Reason.OWNED,
                        "alike, the home of the older one doubtful",
                        s -> alike(
                                s,
                                it -> it.home("/home/hermes/.hermes").hasOpen("/elsewhere"),
                                it -> it.home("/elsewhere"))),
                keep(
                        Reason.OWNED,
                        "alike, the home of the younger one doubtful",
                        s -> alike(s, it -> it.home("/elsewhere"), it -> it.home("/home/hermes/.hermes")
                                .hasOpen("/elsewhere"))),
                keep(
                        Reason.OWNED,
                        "alike but for the user",
                        s -> alike(s.jurisdiction("everybody", true), it -> {}, it -> it.uid(1001))),
                keep(
                        Reason.OWNED,
                        "alike but for the gateway",
                        s -> alike(s, it -> {}, it -> it.ownedBy(s.world().dashboard(150)))),
                keep(
                        Reason.OWNED,
                        "alike but for the holder of the stdin, under one parent",
                        s -> alike(s, it -> {}, it -> it.pipedFrom(s.world().dashboard(150)))),
                keep(
                        Reason.OWNED,
                        "what the younger one runs cannot be read",
                        s -> alike(s, it -> {}, FakeProcess::hidesExecutable)),
                keep(
                        Reason.OWNED,
                        "the younger one is dead and not collected",
                        s -> alike(s, it -> {}, FakeProcess::zombie)),
                keep(Reason.NEWEST, "the younger one a fork of it that became a daemon and reads the same pipe", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    s.world().worker(101).ownedBy(dashboard);
                    FakeProcess real = s.world().worker(102).startedAgo("1h").ownedBy(dashboard);
                    s.world().worker(103).startedAgo("30m").sharesStdinOf(real);
                    s.watched("11m");
                    return real;
                }),
                keep(
                        Reason.UNKNOWN,
                        "the older of two, stopped in its read: a command may lie in its pipe",
                        s -> alike(s, FakeProcess::stopped, it -> {})),
                waits(
                        Reason.IDLING,
                        Reason.SUPERSEDED,
                        "10m",
                        "the older of two whose clients were there until just now",
                        s -> {
                            FakeProcess dashboard = s.world().dashboard(100).clients(2);
                            s.world().worker(102).startedAgo("1h").ownedBy(dashboard);
                            FakeProcess older = s.world().worker(101).ownedBy(dashboard);
                            s.watched("30m");
                            dashboard.clients(0);
                            s.watched("0s");
                            return older;
                        }),
                keep(
                        Reason.UNKNOWN,
                        "the older of two, frozen in its read: a command may lie in its pipe",
                        s -> alike(s, it -> it.frozen(true), it -> {})),
                keep(Reason.OWNED, "superseded = ignore", s -> three(s.policy("superseded", Action.IGNORE), "11m")[0]),
                report(
                        Reason.SUPERSEDED,
                        "superseded = report",
                        s -> three(s.policy("superseded", Action.REPORT), "11m")[0]),
                waits(Reason.IDLING, Reason.SUPERSEDED, "10m", "three seen for the first time", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    s.world().worker(102).ownedBy(dashboard).startedAgo("1h");
                    return s.world().worker(101).ownedBy(dashboard);
                }),
                waits(
                        Reason.IDLING,
                        Reason.SUPERSEDED,
                        "6m",
                        "the oldest of three after four minutes",
                        s -> three(s, "4m")[0]),
                waits(
                        Reason.IDLING,
                        Reason.SUPERSEDED,
                        "110m",
                        "the second youngest of three, two clients attached",
                        s -> attached(s, 2, "10m")[1]),
                reap(Reason.SUPERSEDED, "the oldest of three, two clients attached", s -> attached(s, 2, "10m")[0]),
                waits(
                        Reason.IDLING,
                        Reason.SUPERSEDED,
                        "110m",
                        "the oldest of three, three clients attached",
                        s -> attached(s, 3, "10m")[0]),
                reap(
                        Reason.SUPERSEDED,
                        "the oldest of three, one client attached, idle for 10 min",
                        s -> attached(s, 1, "10m")[0]),
                reap(
                        Reason.SUPERSEDED,
                        "the oldest of three, three clients attached, idle for 2 h",
                        s -> attached(s, 3, "2h")[0]),
                waits(Reason.IDLING, Reason.SUPERSEDED, "110m", "the oldest of three, clients not countable", s -> {
                    FakeProcess[] workers = three(s, "10m");
                    dashboard(s).clientsUnknown();
                    return workers[0];
                }),
                reap(Reason.SUPERSEDED, "the oldest of three, clients not countable, idle for 2 h", s -> {
                    FakeProcess[] workers = three(s, "2h");
                    dashboard(s).clientsUnknown();
                    return workers[0];
                }),
                waits(Reason.IDLING, Reason.SUPERSEDED, "110m", "a fork of its dashboard serves the clients", s -> {
                    FakeProcess[] workers = three(s, "0s");
                    s.world().dashboard(150).below(dashboard(s)).clients(2);
                    s.watched("10m");
                    return workers[0];
                }),
                waits(
                        Reason.IDLING,
                        Reason.SUPERSEDED,
                        "110m",
                        "its owner is no gateway, so nobody's clients can be counted",
                        s -> {
                            FakeProcess parent = s.world().start(100).runs("/usr/bin/python3", "python3", "own.py");
                            FakeProcess worker = s.world().worker(101).ownedBy(parent);
                            s.world().worker(102).ownedBy(parent).startedAgo("1h");
                            s.watched("10m");
                            return worker;
                        }),
                reap(Reason.SUPERSEDED, "the oldest of three of a session with a newline", s -> {
                    FakeProcess[] workers = three(s, "0s");
                    for (FakeProcess worker : workers) {
                        worker.of("evil\nREAP everything");
                    }
                    s.watched("10m");
                    return workers[0];
                }),
                reap(Reason.SUPERSEDED, "the oldest of three", s -> three(s, "10m")[0]),
                reap(Reason.SUPERSEDED, "the second of three, the youngest younger than min_age", s -> {
                    FakeProcess[] workers = three(s, "10m");
                    workers[2].startedAgo("30s");
                    return workers[0];
                }),
                reap(
                        Reason.SUPERSEDED,
                        "one of two born in the same clock tick: the lower pid",
                        s -> alike(s, it -> it.startedAgo("2h"), it -> it.startedAgo("2h"))));
    }

    private static FakeProcess dashboard(Scene scene) {
        return scene.world().process(100);
    }

    /** Three workers of one session, 101 to 103 from the oldest, seen so long. */
    private static FakeProcess[] three(Scene scene, String seen) throws InterruptedException {
        World world = scene.world();
        FakeProcess dashboard = world.dashboard(100);
        FakeProcess[] workers = {
            world.worker(101).startedAgo("3h").ownedBy(dashboard),
            world.worker(102).startedAgo("2h").ownedBy(dashboard),
            world.worker(103).startedAgo("1h").ownedBy(dashboard)
        };
        scene.watched(seen);
        return workers;
    }

    private static FakeProcess[] attached(Scene scene, int clients, String seen) throws InterruptedException {
        FakeProcess[] workers = three(scene, seen);
        dashboard(scene).clients(clients);
        return workers;
    }

    /** Two workers that differ in one thing, seen idle for three hours; the older one. */
    private static FakeProcess alike(Scene scene, Consumer<FakeProcess> older, Consumer<FakeProcess> younger)
            throws InterruptedException {
        World world = scene.world();
        FakeProcess dashboard = world.dashboard(100);
        FakeProcess first = world.worker(101).startedAgo("2h").ownedBy(dashboard);
        FakeProcess second = world.worker(102).startedAgo("1h").ownedBy(dashboard);
        older.accept(first);
        younger.accept(second);
        scene.watched("3h");
        return first;
    }
}
