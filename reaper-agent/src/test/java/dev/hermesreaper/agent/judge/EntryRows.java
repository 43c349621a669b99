package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.judge.Row.keep;
import static dev.hermesreaper.agent.judge.Row.nothing;
import static dev.hermesreaper.agent.judge.Row.reap;
import static dev.hermesreaper.agent.judge.Row.report;
import static dev.hermesreaper.agent.judge.Row.waits;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.process.Stdin;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Entries, and the chains of a dashboard's terminal. */
final class EntryRows {
    private EntryRows() {}

    static List<Row> rows() {
        return List.of(
                nothing("a dashboard nobody looks at", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    s.watched("30d");
                    return dashboard;
                }),
                nothing("a node TUI that was orphaned", s -> {
                    FakeProcess node = s.world().node(100);
                    s.watched("30d");
                    return node;
                }),
                keep(Reason.OWNED, "an entry whose node lives", s -> {
                    chain(s.world());
                    s.watched("30d");
                    return s.world().process(120);
                }),
                keep(Reason.OWNED, "the worker of a chain somebody may look at", s -> {
                    chain(s.world());
                    s.world().process(100).clients(1);
                    s.watched("30d");
                    return s.world().process(121);
                }),
                keep(Reason.OWNED, "the worker of a chain whose clients cannot be counted", s -> {
                    chain(s.world());
                    s.world().process(100).clientsUnknown();
                    s.watched("30d");
                    return s.world().process(121);
                }),
                keep(Reason.OWNED, "the worker of a terminal's own TUI, idle for a month", s -> {
                    FakeProcess tui =
                            s.world().start(100).runs("/usr/bin/python3", "python3", "/usr/local/bin/hermes", "--tui");
                    FakeProcess node = s.world().node(110).below(tui);
                    FakeProcess entry = s.world().entry(120).below(node).socketFrom(node);
                    s.watched("30d");
                    return s.world().worker(121).ownedBy(entry);
                }),
                report(Reason.ABANDONED, "the worker of a chain nobody has looked at for an hour", s -> {
                    chain(s.world());
                    s.watched("1h");
                    return s.world().process(121);
                }),
                report(Reason.ABANDONED, "the same with abandoned = reap: its node lives", s -> {
                    chain(s.policy("abandoned", Action.REAP).world());
                    s.watched("1h");
                    return s.world().process(121);
                }),
                keep(Reason.OWNED, "the same with abandoned = ignore", s -> {
                    chain(s.policy("abandoned", Action.IGNORE).world());
                    s.watched("1h");
                    return s.world().process(121);
                }),
                keep(Reason.OWNED, "the same for a minute less than an hour", s -> {
                    chain(s.world());
                    s.watched("59m");
                    return s.world().process(121);
                }),
                keep(Reason.OWNED, "the same, and a client was there in between", s -> {
                    chain(s.world());
                    s.watched("30m");
                    s.world().process(100).clients(1);
                    s.watched("1m");
                    s.world().process(100).clients(0);
                    s.watched("59m");
                    return s.world().process(121);
                }),
                keep(
                        Reason.OWNED,
                        "an entry, anybody at the other end of its stdin",
                        s -> deserted(s, world -> world.start(5)
                                .runs("/usr/bin/sleep", "sleep")
                                .holds(world.process(120)))),
                keep(
                        Reason.UNKNOWN,
                        "an entry that reads /dev/null",
                        s -> deserted(s, world -> world.process(120).stdin(Stdin.Kind.NOBODY))),
                keep(
                        Reason.UNKNOWN,
                        "an entry, the peer of its stdin unknown",
                        s -> deserted(s, world -> world.hidesPeerOf(world.process(120)))),
                keep(
                        Reason.UNKNOWN,
                        "an entry, a Python beside it hides its files",
                        s -> deserted(s, world -> world.start(5)
                                .runs("/usr/bin/python3", "python3", "x")
                                .hidesFiles())),
                keep(
                        Reason.UNKNOWN,
                        "an entry whose parent is hidden",
                        s -> deserted(s, world -> world.process(120)
                                .below(world.node(5).hidden()))),
                keep(
                        Reason.PROTECTED,
                        "an entry started with HERMES_REAPER_KEEP=1",
                        s -> deserted(s, world -> world.process(120).with("HERMES_REAPER_KEEP", "1"))),
                keep(
                        Reason.BUSY,
                        "an entry whose other threads work",
                        s -> deserted(s, world -> world.process(120).otherThreads(40, 5))),
                keep(
                        Reason.BUSY,
                        "an entry with a worker at work",
                        s -> deserted(s, world -> world.worker(121)
                                .ownedBy(world.process(120))
                                .busy())),
                keep(
                        Reason.UNKNOWN,
                        "an entry held by SIGSTOP in the middle of a turn",
                        s -> deserted(
                                s, world -> world.process(120).sleepsElsewhere().stopped())),
                keep(
                        Reason.UNKNOWN,
                        "an entry held by a freezer in the middle of a turn",
                        s -> deserted(
                                s, world -> world.process(120).sleepsElsewhere().frozen(true))),
                keep(Reason.PROTECTED, "an entry with a protected worker", s -> {
                    s.jurisdiction("protectedKeys", Set.of("mine"));
                    return deserted(s, world -> world.worker(121).of("mine").ownedBy(world.process(120)));
                }),
                keep(Reason.PROTECTED, "an entry with a protected worker below a shell", s -> {
                    s.jurisdiction("protectedKeys", Set.of("mine"));
                    return deserted(s, world -> world.worker(122)
                            .of("mine")
                            .pipedFrom(world.process(120))
                            .below(world.start(121).below(world.process(120)).startedAgo("959h59m")));
                }),
                keep(
                        Reason.BUSY,
                        "an entry that runs a command born late",
                        s -> deserted(s, world -> world.start(130)
                                .runs("/usr/bin/make", "make")
                                .below(world.process(120))
                                .startedAgo("10m"))),
                waits(Reason.SETTLING, Reason.ORPHANED, "10s", "an entry without anybody at its stdin, at first", s -> {
                    s.world().entry(120).stdin(Stdin.Kind.SOCKET);
                    return s.world().process(120);
                }),
                keep(
                        Reason.UNKNOWN,
                        "an entry at the end of its stdin, below a shell that lives and may wait for its answer",
                        s -> deserted(s, world -> world.process(120)
                                .below(world.start(5).startedAgo("60d").runs("/usr/bin/bash", "bash")))),
                keep(
                        Reason.UNKNOWN,
                        "an entry at the end of its stdin, below a program whose name begins like that of systemd",
                        s -> deserted(s, world -> world.process(120)
                                .below(world.start(5)
                                        .startedAgo("60d")
                                        .runs("/usr/bin/systemd-inhibit", "systemd-inhibit", "python3")))),
                reap(Reason.ORPHANED, "an entry without anybody at its stdin", s -> deserted(s, world -> {})),
                reap(
                        Reason.ORPHANED,
                        "an entry without anybody at its stdin, below a subreaper",
                        s -> deserted(s, world -> world.process(120)
                                .below(world.start(5)
                                        .startedAgo("60d")
                                        .runs("/usr/lib/systemd/systemd", "systemd", "--user")))),
                reap(
                        Reason.ORPHANED,
                        "an entry with an MCP server from its first minute",
                        s -> deserted(s, world -> world.start(130)
                                .runs("/usr/bin/node", "mcp")
                                .below(world.process(120))
                                .startedAgo("959h59m"))),
                reap(
                        Reason.ORPHANED,
                        "an entry with an idle worker",
                        s -> deserted(s, world -> world.worker(121).ownedBy(world.process(120)))),
                reap(Reason.ORPHANED, "the idle worker of an entry that nobody can reach", s -> {
                    deserted(s, world -> world.worker(121).ownedBy(world.process(120)));
                    return s.world().process(121);
                }),
                reap(Reason.ORPHANED, "the idle worker stamped with an entry that nobody can reach", s -> {
                    deserted(s, world -> world.worker(121).orphanedTo(1).of("s1", "--parent-pid", "120"));
                    return s.world().process(121);
                }));
    }

    /** Dashboard 100, node 110, entry 120, worker 121; nobody is attached. */
    private static void chain(World world) {
        FakeProcess dashboard = world.dashboard(100).clients(0);
        FakeProcess node = world.node(110).below(dashboard);
        FakeProcess entry = world.entry(120).below(node).socketFrom(node);
        world.worker(121).ownedBy(entry);
    }

    /** Entry 120 whose node is gone, seen so for longer than {@code settle}. */
    private static FakeProcess deserted(Scene scene, Consumer<World> twist) throws InterruptedException {
        FakeProcess entry = scene.world().entry(120).stdin(Stdin.Kind.SOCKET);
        twist.accept(scene.world());
        scene.watched("11s");
        return entry;
    }
}
