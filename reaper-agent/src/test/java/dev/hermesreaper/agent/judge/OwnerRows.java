package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.judge.Row.keep;
import static dev.hermesreaper.agent.judge.Row.nothing;
import static dev.hermesreaper.agent.judge.Row.reap;
import static dev.hermesreaper.agent.judge.Row.waits;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.process.Stdin;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Who owns a worker, and what becomes of one that nobody owns. */
final class OwnerRows {
    private OwnerRows() {}

    static List<Row> rows() {
        return List.of(
                keep(Reason.OWNED, "age alone: 30 days old, owned, idle all the time", s -> {
                    FakeProcess worker = s.world()
                            .worker(101)
                            .startedAgo("30d")
                            .ownedBy(s.world().dashboard(100));
                    s.watched("20d");
                    return worker;
                }),
                keep(Reason.OWNED, "a live gateway holds its stdin, a subreaper is its parent", s -> {
                    FakeProcess worker =
                            s.world().worker(101).pipedFrom(s.world().dashboard(100));
                    s.watched("1h");
                    return worker;
                }),
                keep(Reason.OWNED, "a live gateway holds its stdin over a socket pair", s -> {
                    FakeProcess worker =
                            s.world().worker(101).socketFrom(s.world().dashboard(100));
                    s.watched("1h");
                    return worker;
                }),
                keep(Reason.OWNED, "its own live parent, no known gateway, holds its stdin", s -> {
                    FakeProcess parent = s.world().start(100).runs("/usr/bin/python3", "python3", "my_gateway.py");
                    FakeProcess worker = s.world().worker(101).ownedBy(parent);
                    s.watched("1h");
                    return worker;
                }),
                keep(Reason.OWNED, "its gateway is its parent, its stdin /dev/null", s -> {
                    FakeProcess worker = s.world()
                            .worker(101)
                            .below(s.world().dashboard(100))
                            .stdin(Stdin.Kind.NOBODY);
                    s.watched("1h");
                    return worker;
                }),
                keep(Reason.OWNED, "its parent is a dashboard that runs as pid 1 of this container", s -> {
                    FakeProcess worker = s.world().worker(101).ownedBy(s.world().dashboard(1));
                    s.watched("1h");
                    return worker;
                }),
                keep(Reason.OWNED, "its gateway started in the same clock tick", s -> {
                    FakeProcess dashboard = s.world().dashboard(100).startedAgo("2h");
                    FakeProcess worker = s.world().worker(101).below(dashboard);
                    s.watched("1h");
                    return worker;
                }),
                keep(Reason.OWNED, "its gateway's executable was replaced by an update", s -> {
                    FakeProcess dashboard = s.world()
                            .dashboard(100)
                            .runs("/usr/bin/python3.11 (deleted)", "python3", "-m", "hermes_cli.main", "serve");
                    FakeProcess worker = s.world().worker(101).below(dashboard);
                    s.watched("1h");
                    return worker;
                }),
                keep(Reason.OWNED, "--parent-pid of an older process that lives", s -> {
                    s.world().start(100).runs("/usr/bin/python3", "python3", "hidden_gateway.py");
                    return orphan(s, it -> it.of("s1", "--parent-pid", "100"));
                }),
                reap(Reason.ORPHANED, "--parent-pid of a younger process: the pid was recycled", s -> {
                    s.world().dashboard(100).startedAgo("1h");
                    return orphan(s, it -> it.of("s1", "--parent-pid", "100"));
                }),
                reap(Reason.ORPHANED, "--parent-pid of nobody", s -> orphan(s, it -> it.of("s1", "--parent-pid=100"))),
                reap(
                        Reason.ORPHANED,
                        "--parent-pid is no number",
                        s -> orphan(s, it -> it.of("s1", "--parent-pid", "x"))),
                reap(Reason.ORPHANED, "a stranger holds its stdin", s -> {
                    FakeProcess worker = s.world().worker(101);
                    worker.pipedFrom(s.world().start(100).runs("/usr/bin/sleep", "sleep", "infinity"));
                    s.watched("11s");
                    return worker;
                }),
                reap(Reason.ORPHANED, "only its own child holds its stdin", s -> {
                    FakeProcess worker = s.world().worker(101).orphanedTo(1);
                    s.world()
                            .start(102)
                            .runs("/usr/bin/node", "mcp")
                            .below(worker)
                            .startedAgo("2h")
                            .holds(worker);
                    s.watched("11s");
                    return worker;
                }),
                reap(Reason.ORPHANED, "its parent is dead and not collected", s -> {
                    FakeProcess dashboard = s.world().dashboard(100).zombie();
                    return orphan(s, it -> it.below(dashboard));
                }),
                reap(Reason.ORPHANED, "its parent is younger than it: a recycled pid", s -> {
                    FakeProcess dashboard = s.world().dashboard(100).startedAgo("1h");
                    return orphan(s, it -> it.below(dashboard));
                }),
                subreaper("systemd --user", "/usr/lib/systemd/systemd", "/lib/systemd/systemd", "--user"),
                subreaper("WSL's /init", "/init", "/init"),
                subreaper("tini", "/usr/bin/tini", "tini", "-s", "--", "sh"),
                subreaper("one that nobody ever heard of", "/opt/reapd", "reapd"),
                keep(
                        Reason.UNKNOWN,
                        "its stdin is /dev/null and its parent init: a fork of a worker that became a daemon",
                        s -> orphan(s, it -> it.stdin(Stdin.Kind.NOBODY))),
                keep(
                        Reason.UNKNOWN,
                        "its parent, sshd of another user, hides its files: its stdin may be among them",
                        s -> orphan(
                                s,
                                it -> it.below(s.world()
                                        .start(100)
                                        .uid(0)
                                        .runs("/usr/sbin/sshd", "sshd: hermes@notty")
                                        .hidesFiles()))),
                reap(Reason.ORPHANED, "its parent is init, which hides its files", s -> {
                    s.world().process(1).hidesFiles();
                    return orphan(s, it -> {});
                }),
                nothing("a worker-shaped child of a worker is its descendant", s -> {
                    FakeProcess worker = s.world().worker(101).ownedBy(s.world().dashboard(100));
                    FakeProcess fork = s.world().worker(102).below(worker).stdin(Stdin.Kind.NOBODY);
                    s.watched("1h");
                    return fork;
                }),
                waits(Reason.SETTLING, Reason.ORPHANED, "10s", "an orphan seen for the first time", s -> s.world()
                        .worker(101)
                        .orphanedTo(1)),
                waits(Reason.SETTLING, Reason.ORPHANED, "6s", "an orphan after four seconds", s -> {
                    FakeProcess orphan = s.world().worker(101).orphanedTo(1);
                    s.watched("4s");
                    return orphan;
                }),
                waits(Reason.SETTLING, Reason.ORPHANED, "10s", "an orphan of a machine that slept", s -> {
                    FakeProcess orphan = s.world().worker(101).orphanedTo(1);
                    s.watched("1s");
                    s.world().suspend("8h");
                    return orphan;
                }),
                waits(Reason.SETTLING, Reason.ORPHANED, "10s", "it had an owner for a moment in between", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    FakeProcess orphan = s.world().worker(101).orphanedTo(1);
                    s.watched("5s");
                    dashboard.holds(orphan);
                    s.watched("5s");
                    dashboard.letsGoOf(orphan);
                    return orphan;
                }),
                waits(Reason.IDLING, Reason.ORPHANED, "0s", "an orphan that has just moved", s -> orphan(s)
                        .moves()),
                reap(Reason.ORPHANED, "an orphan, and the wall clock stepped back", s -> {
                    FakeProcess orphan = orphan(s);
                    s.world().stepWall(Duration.ofDays(-400));
                    return orphan;
                }),
                reap(Reason.ORPHANED, "an orphan held by SIGSTOP all the time", s -> orphan(s, FakeProcess::stopped)),
                reap(
                        Reason.ORPHANED,
                        "an orphan held by a freezer all the time",
                        s -> orphan(s, it -> it.frozen(true))),
                keep(Reason.BUSY, "an orphan at work", s -> orphan(s, FakeProcess::busy)),
                keep(Reason.BUSY, "an orphan at work for a second less than busy_patience", s -> {
                    FakeProcess orphan = s.world().worker(101).orphanedTo(1).busy();
                    s.watched("4m");
                    s.watched("59s");
                    return orphan;
                }),
                reap(Reason.ORPHANED, "an orphan at work for busy_patience", s -> {
                    FakeProcess orphan = s.world().worker(101).orphanedTo(1).busy();
                    s.watched("4m");
                    s.watched("60s");
                    return orphan;
                }),
                keep(Reason.OWNED, "orphaned = ignore", s -> orphan(s.policy("orphaned", Action.IGNORE))),
                keep(Reason.OWNED, "a gateway that was started after the table was read holds its stdin", s -> {
                    FakeProcess worker = s.world().worker(101).orphanedTo(1);
                    s.watched("1h");
                    s.world().after("table", 1, () -> s.world()
                            .dashboard(300)
                            .startedAgo("0s")
                            .holds(worker));
                    return worker;
                }),
                keep(Reason.BUSY, "at work for an hour, an orphan for a minute of it", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    FakeProcess worker =
                            s.world().worker(101).ownedBy(dashboard).busy();
                    s.watched("59m");
                    s.world().exit(dashboard);
                    s.watched("1m");
                    return worker;
                }),
                Row.report(Reason.ORPHANED, "orphaned = report", s -> orphan(s.policy("orphaned", Action.REPORT))));
    }

    private static FakeProcess orphan(Scene scene) throws InterruptedException {
        return VetoRows.orphan(scene);
    }

    private static FakeProcess orphan(Scene scene, Consumer<FakeProcess> twist) throws InterruptedException {
        return VetoRows.orphan(scene, twist);
    }

    private static Row subreaper(String name, String file, String... words) {
        return reap(Reason.ORPHANED, "adopted by a subreaper: " + name, scene -> {
            World world = scene.world();
            FakeProcess subreaper = world.start(50).runs(file, words).subreaper();
            FakeProcess dashboard = world.dashboard(100).below(subreaper).startedAgo("1d");
            FakeProcess worker = world.worker(101).ownedBy(dashboard);
            world.exit(dashboard);
            scene.watched("11s");
            return worker;
        });
    }
}
