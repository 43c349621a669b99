package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.judge.Row.keep;
import static dev.hermesreaper.agent.judge.Row.nothing;
import static dev.hermesreaper.agent.judge.Row.reap;

import dev.hermesreaper.agent.process.Stdin;
import dev.hermesreaper.agent.testing.FakeProcess;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What keeps a worker come what may: all of them orphans that would be ended otherwise. */
final class VetoRows {
    private VetoRows() {}

    /** An orphan that has been seen idle for longer than {@code settle}. */
    static FakeProcess orphan(Scene scene) throws InterruptedException {
        FakeProcess orphan = scene.world().worker(101).orphanedTo(1);
        scene.watched("11s");
        return orphan;
    }

    /** As {@link #orphan}, but {@code twist} happens to it before anybody looks. */
    static FakeProcess orphan(Scene scene, Consumer<FakeProcess> twist) throws InterruptedException {
        FakeProcess orphan = scene.world().worker(101).orphanedTo(1);
        twist.accept(orphan);
        scene.watched("11s");
        return orphan;
    }

    static List<Row> rows() {
        return List.of(
                keep(Reason.ZOMBIE, "a dead worker its gateway has not collected", VetoRows::zombie),
                keep(Reason.ZOMBIE, "a dead worker of another user", s -> zombie(s)
                        .uid(1001)),
                keep(Reason.FOREIGN_NAMESPACE, "in a container", s -> orphan(s, FakeProcess::inOtherPidNamespace)),
                keep(
                        Reason.FOREIGN_NAMESPACE,
                        "in a container, of another user",
                        s -> orphan(s, it -> it.inOtherPidNamespace().uid(1001))),
                keep(Reason.NOT_OURS, "of another user", s -> orphan(s, it -> it.uid(1001))),
                keep(Reason.NOT_OURS, "of root", s -> orphan(s, it -> it.uid(0))),
                keep(
                        Reason.NOT_OURS,
                        "of another user, its executable unreadable",
                        s -> orphan(s, it -> it.uid(1001).hidesExecutable())),
                keep(Reason.UNKNOWN, "its user unreadable", s -> orphan(s, it -> it.uid(-1))),
                keep(Reason.UNKNOWN, "its executable unreadable", s -> orphan(s, FakeProcess::hidesExecutable)),
                keep(Reason.UNKNOWN, "its open files unreadable", s -> orphan(s, FakeProcess::hidesFiles)),
                keep(Reason.UNKNOWN, "what it is doing unreadable", s -> orphan(s, FakeProcess::hidesActivity)),
                keep(Reason.UNKNOWN, "an empty session key", s -> orphan(s, it -> it.of(""))),
                keep(
                        Reason.UNKNOWN,
                        "an empty session key in one word",
                        s -> orphan(s, it -> it.words("python3", "-m", "tui_gateway.slash_worker", "--session-key="))),
                keep(
                        Reason.UNKNOWN,
                        "no session key",
                        s -> orphan(s, it -> it.words("python3", "-m", "tui_gateway.slash_worker"))),
                keep(
                        Reason.UNKNOWN,
                        "a terminal at its stdin",
                        s -> orphan(s, it -> it.stdin(Stdin.Kind.OPEN_TO_ANYBODY))),
                keep(Reason.UNKNOWN, "a socket whose peer nobody names", VetoRows::unresolved),
                keep(Reason.UNKNOWN, "its parent hidden", VetoRows::hiddenParent),
                keep(Reason.UNKNOWN, "its parent's command line unreadable", s -> besideParent(s, 1000)),
                keep(
                        Reason.UNKNOWN,
                        "its parent's command line unreadable, of another user",
                        s -> besideParent(s, 1001)),
                keep(Reason.UNKNOWN, "a Python of its user hides its files", s -> besides(s, 1000)),
                keep(Reason.UNKNOWN, "a Python of root hides its files", s -> besides(s, 0)),
                keep(Reason.UNKNOWN, "a Python of nobody knows whom hides its files", s -> besides(s, -1)),
                reap(Reason.ORPHANED, "a Python of a third user hides its files", s -> besides(s, 1001)),
                reap(Reason.ORPHANED, "a login session hides its files", VetoRows::besideSdPam),
                nothing("its own command line unreadable", s -> orphan(s, FakeProcess::hidesArgv)),
                keep(Reason.UNKNOWN, "a neighbour's command line unreadable", s -> neighbour(s, 1000)),
                keep(Reason.UNKNOWN, "root's neighbour's command line unreadable", s -> neighbour(s, 0)),
                reap(Reason.ORPHANED, "a third user's neighbour's command line unreadable", s -> neighbour(s, 1001)),
                keep(
                        Reason.UNKNOWN,
                        "unreadable stands above protected",
                        s -> orphan(s.jurisdiction("protectedKeys", Set.of("s1")), FakeProcess::hidesExecutable)),
                keep(
                        Reason.PROTECTED,
                        "its session protected",
                        s -> orphan(s.jurisdiction("protectedKeys", Set.of("s1")))),
                reap(
                        Reason.ORPHANED,
                        "another session protected, with what would match as a pattern",
                        s -> orphan(s.jurisdiction("protectedKeys", Set.of("s.", "s*", ".*")))),
                keep(Reason.PROTECTED, "its pid protected", s -> orphan(s.jurisdiction("protectedPids", Set.of(101)))),
                keep(
                        Reason.PROTECTED,
                        "started with HERMES_REAPER_KEEP=1",
                        s -> orphan(s, it -> it.with("HERMES_REAPER_KEEP", "1"))),
                reap(
                        Reason.ORPHANED,
                        "started with HERMES_REAPER_KEEP=0",
                        s -> orphan(s, it -> it.with("HERMES_REAPER_KEEP", "0"))),
                keep(
                        Reason.PROTECTED,
                        "protected stands above managed",
                        s -> orphan(
                                s.jurisdiction("protectedPids", Set.of(101)),
                                it -> it.with("SYSTEMD_EXEC_PID", "101"))),
                keep(
                        Reason.MANAGED,
                        "main process of a unit",
                        s -> orphan(s, it -> it.with("SYSTEMD_EXEC_PID", "101"))),
                reap(
                        Reason.ORPHANED,
                        "started below the main process of a unit",
                        s -> orphan(s, it -> it.with("SYSTEMD_EXEC_PID", "100"))),
                keep(
                        Reason.MANAGED,
                        "managed stands above too young",
                        s -> orphan(s, it -> it.with("SYSTEMD_EXEC_PID", "101").startedAgo("20s"))),
                keep(Reason.TOO_YOUNG, "a second younger than min_age", s -> orphan(s, it -> it.startedAgo("48s"))),
                reap(Reason.ORPHANED, "as old as min_age", s -> orphan(s, it -> it.startedAgo("49s"))),
                keep(Reason.TOO_YOUNG, "started in the future", s -> orphan(s, it -> it.startedAgo("-1h"))),
                keep(
                        Reason.TOO_YOUNG,
                        "too young stands above busy",
                        s -> orphan(s, it -> it.startedAgo("20s").busy())),
                keep(Reason.UNKNOWN, "its environment unreadable", s -> orphan(s, FakeProcess::hidesEnvironment)));
    }

    private static FakeProcess zombie(Scene scene) {
        FakeProcess dashboard = scene.world().dashboard(100);
        return scene.world().worker(101).ownedBy(dashboard).zombie();
    }

    private static FakeProcess unresolved(Scene scene) throws InterruptedException {
        FakeProcess orphan = scene.world().worker(101).stdin(Stdin.Kind.SOCKET);
        scene.world().hidesPeerOf(orphan);
        scene.watched("11s");
        return orphan;
    }

    private static FakeProcess hiddenParent(Scene scene) throws InterruptedException {
        FakeProcess parent = scene.world().dashboard(100).hidden();
        FakeProcess worker = scene.world().worker(101).orphanedTo(1).below(parent);
        scene.watched("11s");
        return worker;
    }

    private static FakeProcess besideParent(Scene scene, int uid) throws InterruptedException {
        FakeProcess parent = scene.world().start(100).hidesArgv().uid(uid);
        FakeProcess worker = scene.world().worker(101).orphanedTo(1).below(parent);
        scene.watched("11s");
        return worker;
    }

    private static FakeProcess besides(Scene scene, int uid) throws InterruptedException {
        scene.world()
                .start(100)
                .runs("/usr/bin/python3", "python3", "x.py")
                .uid(uid)
                .hidesFiles();
        return orphan(scene);
    }

    private static FakeProcess besideSdPam(Scene scene) throws InterruptedException {
        scene.world()
                .start(100)
                .runs("/usr/lib/systemd/systemd", "(sd-pam)")
                .hidesExecutable()
                .hidesFiles();
        return orphan(scene);
    }

    private static FakeProcess neighbour(Scene scene, int uid) throws InterruptedException {
        scene.world().start(100).hidesArgv().hidesExecutable().uid(uid);
        return orphan(scene);
    }
}
