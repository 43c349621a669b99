package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.judge.Row.keep;
import static dev.hermesreaper.agent.judge.Row.reap;
import static dev.hermesreaper.agent.judge.Row.report;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.testing.FakeProcess;
import java.util.List;
import java.util.function.Consumer;

/** Gateways with no client, or with fewer than workers. */
final class DesertedRows {
    private DesertedRows() {}

    static List<Row> rows() {
        return List.of(
                keep(Reason.OWNED, "no client for 59 minutes", s -> deserted(s, "59m", it -> {})),
                keep(Reason.OWNED, "idle for an hour, the client left a minute ago", s -> {
                    FakeProcess worker = s.world().worker(101).ownedBy(s.world().dashboard(100));
                    s.watched("59m");
                    s.world().process(100).clients(0);
                    s.watched("1m");
                    return worker;
                }),
                keep(Reason.OWNED, "no client for two hours but for a moment in between", s -> {
                    FakeProcess worker = deserted(s, "59m", it -> {});
                    s.world().process(100).clients(1);
                    s.watched("1m");
                    s.world().process(100).clients(0);
                    s.watched("59m");
                    return worker;
                }),
                keep(Reason.OWNED, "no client for two hours, and it moved in between", s -> {
                    FakeProcess worker = deserted(s, "1h", it -> {});
                    worker.moves();
                    s.watched("59m");
                    return worker;
                }),
                keep(Reason.BUSY, "no client for an hour, and it works", s -> deserted(s, "1h", FakeProcess::busy)),
                keep(
                        Reason.OWNED,
                        "no client for an hour, whether any is attached cannot be told",
                        s -> deserted(s, "1h", it -> s.world().process(100).clientsUnknown())),
                keep(Reason.OWNED, "no client for an hour of a gateway that listens nowhere", s -> {
                    FakeProcess titled = s.world()
                            .start(100)
                            .runs("/usr/bin/python3", "hermes")
                            .startedAgo("60d");
                    FakeProcess worker = s.world().worker(101).ownedBy(titled);
                    s.watched("1h");
                    return worker;
                }),
                keep(
                        Reason.OWNED,
                        "no client for an hour, its session was used half an hour ago",
                        s -> deserted(s, "1h", it -> it.sessionUsed("30m"))),
                keep(
                        Reason.OWNED,
                        "no client for an hour, a live gateway claims its session",
                        s -> deserted(s, "1h", it -> it.sessionUsed("3d").sessionClaimed())),
                keep(
                        Reason.UNKNOWN,
                        "no client for an hour, its session cannot be read",
                        s -> deserted(s, "1h", FakeProcess::sessionUnreadable)),
                keep(
                        Reason.OWNED,
                        "abandoned = ignore",
                        s -> deserted(s.policy("abandoned", Action.IGNORE), "1h", it -> {})),
                report(
                        Reason.ABANDONED,
                        "abandoned = report",
                        s -> deserted(s.policy("abandoned", Action.REPORT), "1h", it -> {})),
                reap(Reason.ABANDONED, "no client for an hour, never used", s -> deserted(s, "1h", it -> {})),
                reap(
                        Reason.ABANDONED,
                        "no client for an hour, its session open and used three days ago",
                        s -> deserted(s, "1h", it -> it.sessionUsed("3d"))),
                keep(Reason.OWNED, "six hours idle, a client for every worker", s -> surplus(s, 3, "6h")[0]),
                keep(
                        Reason.OWNED,
                        "a minute less than six hours idle, two clients for three workers",
                        s -> surplus(s, 2, "5h59m")[0]),
                keep(
                        Reason.OWNED,
                        "of three idle for six hours one of the two last active",
                        s -> surplus(s, 2, "6h")[1]),
                keep(
                        Reason.OWNED,
                        "beyond the clients, but its session was used an hour ago",
                        s -> surplus(s, 2, "6h")[0].sessionUsed("1h")),
                keep(
                        Reason.UNKNOWN,
                        "beyond the clients, but its session cannot be read",
                        s -> surplus(s, 2, "6h")[0].sessionUnreadable()),
                keep(
                        Reason.OWNED,
                        "beyond the clients, surplus = ignore",
                        s -> surplus(s.policy("surplus", Action.IGNORE), 2, "6h")[0]),
                report(Reason.SURPLUS, "beyond the clients for six hours", s -> surplus(s, 2, "6h")[0]),
                reap(
                        Reason.SURPLUS,
                        "beyond the clients for six hours, surplus = reap",
                        s -> surplus(s.policy("surplus", Action.REAP), 2, "6h")[0]));
    }

    private static FakeProcess deserted(Scene scene, String time, Consumer<FakeProcess> then)
            throws InterruptedException {
        FakeProcess worker =
                scene.world().worker(101).ownedBy(scene.world().dashboard(100).clients(0));
        scene.watched(time);
        then.accept(worker);
        return worker;
    }

    /** Three of three sessions, oldest first. */
    private static FakeProcess[] surplus(Scene scene, int clients, String time) throws InterruptedException {
        FakeProcess dashboard = scene.world().dashboard(100).clients(clients);
        FakeProcess[] workers = new FakeProcess[3];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = scene.world()
                    .worker(101 + i)
                    .of("s" + i)
                    .startedAgo((12 - i) + "h")
                    .ownedBy(dashboard);
        }
        scene.watched(time);
        return workers;
    }
}
