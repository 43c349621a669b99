package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.judge.Row.keep;
import static dev.hermesreaper.agent.judge.Row.reap;
import static dev.hermesreaper.agent.judge.Row.waits;

import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.function.BiConsumer;

/** What is work and what is not: a worker that is superseded and due, but for what it does. */
final class WorkRows {
    private WorkRows() {}

    static List<Row> rows() {
        return List.of(
                superseded(Reason.BUSY, "at work", (world, it) -> it.busy()),
                superseded(
                        Reason.BUSY, "its main thread waits for something else", (world, it) -> it.sleepsElsewhere()),
                superseded(Reason.BUSY, "runs a command born late in its life", (world, it) -> world.start(300)
                        .runs("/usr/bin/make", "make")
                        .below(it)
                        .startedAgo("10m")),
                superseded(
                        Reason.BUSY,
                        "only its sleep is known, and a child runs since its start",
                        (world, it) -> world.start(300)
                                .runs("/usr/bin/make", "make")
                                .below(it.hidesCall())
                                .startedAgo("129m")),
                superseded(Reason.BUSY, "an MCP server of its has a child born late", (world, it) -> {
                    FakeProcess mcp = world.start(300)
                            .runs("/usr/bin/node", "mcp")
                            .below(it)
                            .startedAgo("119m");
                    world.start(301)
                            .runs("/usr/bin/git", "git", "log")
                            .below(mcp)
                            .startedAgo("1m");
                }),
                superseded(Reason.BUSY, "another thread switches twice a second", (world, it) -> it.otherThreads(2, 0)),
                superseded(Reason.BUSY, "another thread takes 2 % of a CPU", (world, it) -> it.otherThreads(0.5, 2)),
                superseded(Reason.UNKNOWN, "what it does cannot be read", (world, it) -> it.hidesActivity()),
                keep(Reason.BUSY, "superseded, but a thread that had worked much ends while another works", s -> {
                    FakeProcess older = pair(s);
                    s.watched("10m");
                    return older.otherThreadEnds(30, 3);
                }),
                idle("its watchdog thread wakes every two seconds", (world, it) -> it.otherThreads(0.5, 0.1)),
                idle("its MCP servers run since its first minute", (world, it) -> world.start(300)
                        .runs("/usr/bin/node", "mcp")
                        .below(it)
                        .startedAgo("129m")),
                idle("an MCP server born late, below its watchdog", (world, it) -> {
                    FakeProcess watchdog = world.start(300)
                            .runs(
                                    "/usr/bin/python3",
                                    "python3",
                                    "/opt/hermes/tools/mcp_stdio_watchdog.py",
                                    "--ppid",
                                    "101")
                            .below(it)
                            .startedAgo("10m");
                    FakeProcess npx =
                            world.start(301).runs("/usr/bin/node", "npx").below(watchdog);
                    world.start(302).runs("/usr/bin/node", "server").below(npx).startedAgo("9m");
                }),
                idle("only its sleep is known, and nothing runs below it", (world, it) -> it.hidesCall()),
                idle("a command of its is dead and not collected", (world, it) -> world.start(300)
                        .runs("/usr/bin/make", "make")
                        .below(it)
                        .startedAgo("10m")
                        .zombie()),
                waits(Reason.IDLING, Reason.SUPERSEDED, "10m", "superseded, it served a command just now", s -> {
                    FakeProcess older = pair(s);
                    s.watched("9m");
                    older.moves();
                    s.world().process(102).moves();
                    return older;
                }),
                waits(
                        Reason.IDLING,
                        Reason.SUPERSEDED,
                        "10m",
                        "superseded, its counters moved while the machine slept",
                        s -> {
                            FakeProcess older = pair(s);
                            s.watched("9m");
                            s.world().suspend("1h");
                            older.moves();
                            return older;
                        }),
                waits(Reason.IDLING, Reason.SUPERSEDED, "10m", "superseded, and the machine slept", s -> {
                    FakeProcess older = pair(s);
                    s.watched("9m");
                    s.world().suspend("1h");
                    return older;
                }),
                waits(
                        Reason.IDLING,
                        Reason.SUPERSEDED,
                        "10m",
                        "superseded, what it did could not be read for a while",
                        s -> {
                            FakeProcess older = pair(s);
                            s.watched("9m");
                            older.hidesActivity();
                            s.watched("9m");
                            older.showsActivity();
                            return older;
                        }),
                reap(Reason.SUPERSEDED, "superseded, a machine that slept for a second", s -> {
                    FakeProcess older = pair(s);
                    s.watched("10m");
                    s.world().suspend("1s");
                    return older;
                }));
    }

    /** Two workers of one session, both 2 h old or nearly; the older one. */
    private static FakeProcess pair(Scene scene) {
        FakeProcess dashboard = scene.world().dashboard(100);
        FakeProcess older = scene.world().worker(101).ownedBy(dashboard);
        scene.world().worker(102).ownedBy(dashboard).startedAgo("119m");
        return older;
    }

    private static Row superseded(Reason kept, String name, BiConsumer<World, FakeProcess> twist) {
        return keep(kept, "superseded, but " + name, scene -> twisted(scene, twist));
    }

    private static Row idle(String name, BiConsumer<World, FakeProcess> twist) {
        return reap(Reason.SUPERSEDED, "superseded, and " + name, scene -> twisted(scene, twist));
    }

    private static FakeProcess twisted(Scene scene, BiConsumer<World, FakeProcess> twist) throws InterruptedException {
        FakeProcess older = pair(scene);
        scene.watched("10m");
        scene.look();
        twist.accept(scene.world(), older);
        scene.watched("10m");
        return older;
    }
}
