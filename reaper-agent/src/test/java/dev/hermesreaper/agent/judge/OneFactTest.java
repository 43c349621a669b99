package dev.hermesreaper.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.testing.FakeProcess;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every condition inside a rule is for: two machines that differ by one fact. Where it is there the worker is left
 * alone, where it is missing the worker is ended.
 */
class OneFactTest {

    /** Sets up a scene with the fact or without it, and names the worker. */
    @FunctionalInterface
    private interface Stage {
        FakeProcess set(Scene scene, boolean there) throws InterruptedException;
    }

    private record Fact(String name, Stage stage) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource({"ofOwners", "ofWork", "ofSiblings", "ofRecords", "ofClients", "ofTime"})
    void sparesByItself(Fact fact) throws InterruptedException {
        assertThat(decision(fact, true)).isNotEqualTo(Decision.REAP);
        assertThat(decision(fact, false)).isEqualTo(Decision.REAP);
    }

    private static Decision decision(Fact fact, boolean there) throws InterruptedException {
        Scene scene = new Scene();
        FakeProcess worker = fact.stage().set(scene, there);
        return scene.verdict(worker).orElseThrow().decision();
    }

    private static Stream<Fact> ofOwners() {
        return Stream.of(
                new Fact("a gateway holds its stdin", (s, there) -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    return orphan(s, there ? it -> it.pipedFrom(dashboard) : it -> {});
                }),
                new Fact("a gateway holds its stdin over a socket pair", (s, there) -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    return orphan(s, there ? it -> it.socketFrom(dashboard) : it -> {});
                }),
                new Fact("its parent, which is no known gateway, holds its stdin", (s, there) -> {
                    FakeProcess parent = s.world().start(100).runs("/usr/bin/python3", "python3", "mine.py");
                    FakeProcess other = s.world().start(99).runs("/usr/bin/python3", "python3", "mine.py");
                    return orphan(s, it -> it.below(parent).pipedFrom(there ? parent : other));
                }),
                new Fact("its parent is a gateway", (s, there) -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    return orphan(
                            s, it -> it.below(there ? dashboard : s.world().process(1)));
                }),
                new Fact("its parent is a gateway that is not younger", (s, there) -> {
                    FakeProcess dashboard = s.world().dashboard(100).startedAgo(there ? "3h" : "1h");
                    return orphan(s, it -> it.below(dashboard));
                }),
                new Fact("it is stamped with a process that lives", (s, there) -> {
                    if (there) {
                        s.world().start(100).runs("/usr/bin/python3", "python3", "mine.py");
                    }
                    return orphan(s, it -> it.of("s1", "--parent-pid", "100"));
                }),
                new Fact("it is stamped with a process that is older", (s, there) -> {
                    s.world()
                            .start(100)
                            .runs("/usr/bin/python3", "python3", "x.py")
                            .startedAgo(there ? "3h" : "1h");
                    return orphan(s, it -> it.of("s1", "--parent-pid", "100"));
                }),
                new Fact("somebody near hides what it has open", (s, there) -> {
                    FakeProcess near = s.world().start(100).runs("/usr/bin/python3", "python3", "x.py");
                    if (there) {
                        near.hidesFiles();
                    }
                    return orphan(s, it -> {});
                }),
                new Fact("the other end of its stdin cannot be told", (s, there) -> {
                    FakeProcess worker = orphan(s, it -> {});
                    if (there) {
                        s.world().hidesPeerOf(worker);
                    }
                    return worker;
                }));
    }

    private static Stream<Fact> ofWork() {
        return Stream.of(
                new Fact(
                        "its main thread does not wait for input",
                        (s, there) -> orphan(s, it -> {
                            if (there) {
                                it.sleepsElsewhere();
                            }
                        })),
                new Fact("its main thread moved", (s, there) -> {
                    FakeProcess worker = pair(s);
                    if (there) {
                        worker.moves();
                    }
                    return worker;
                }),
                new Fact(
                        "another thread wakes more than once a second",
                        (s, there) -> orphan(s, it -> it.otherThreads(there ? 2 : 0.5, 0))),
                new Fact(
                        "another thread uses more than a hundredth of a CPU",
                        (s, there) -> orphan(s, it -> it.otherThreads(0.5, there ? 3 : 0.5))),
                new Fact(
                        "a command of its runs",
                        (s, there) -> orphan(s, it -> {
                            if (there) {
                                s.world()
                                        .start(102)
                                        .runs("/bin/sleep", "sleep")
                                        .below(it)
                                        .startedAgo("1h");
                            }
                        })),
                new Fact(
                        "what runs below it is younger than the start-up fleet",
                        (s, there) -> orphan(s, it -> s.world()
                                .start(102)
                                .runs("/usr/bin/npx", "npx")
                                .below(it)
                                .startedAgo(there ? "117m" : "119m"))),
                new Fact(
                        "what runs below it since its start may be what it reads from",
                        (s, there) -> orphan(s, it -> {
                            s.world()
                                    .start(102)
                                    .runs("/usr/bin/make", "make")
                                    .below(it)
                                    .startedAgo("119m");
                            if (there) {
                                it.hidesCall();
                            }
                        })),
                new Fact(
                        "where it may be reading from a child, what runs is not under the wrapper of MCP servers",
                        (s, there) -> orphan(s, it -> s.world()
                                .start(102)
                                .runs("/usr/bin/python3", "python3", there ? "tool.py" : "mcp_stdio_watchdog.py")
                                .below(it.hidesCall())
                                .startedAgo("119m"))),
                new Fact(
                        "what runs below it is not under the wrapper of MCP servers",
                        (s, there) -> orphan(s, it -> {
                            FakeProcess wrapper = s.world()
                                    .start(102)
                                    .runs("/usr/bin/python3", "python3", there ? "tool.py" : "mcp_stdio_watchdog.py")
                                    .below(it)
                                    .startedAgo("1h");
                            s.world()
                                    .start(103)
                                    .runs("/usr/bin/npx", "npx")
                                    .below(wrapper)
                                    .startedAgo("1h");
                        })),
                new Fact(
                        "what it is doing cannot be read",
                        (s, there) -> orphan(s, it -> {
                            if (there) {
                                it.hidesActivity();
                            }
                        })));
    }

    private static Stream<Fact> ofSiblings() {
        return Stream.of(
                new Fact("it was seen working last", (s, there) -> {
                    FakeProcess older = pair(s);
                    if (there) {
                        older.moves();
                        s.watched("3h");
                    }
                    return older;
                }),
                new Fact("a client could be using it: its rank", (s, there) -> {
                    FakeProcess dashboard = s.world().dashboard(100).clients(there ? 2 : 1);
                    FakeProcess older = s.world().worker(101).ownedBy(dashboard);
                    s.world().worker(102).startedAgo("1h").ownedBy(dashboard);
                    s.watched("11m");
                    return older;
                }),
                new Fact("a client could be using it: they cannot be counted", (s, there) -> {
                    FakeProcess older = pair(s);
                    if (there) {
                        s.world().process(100).clientsUnknown();
                    }
                    return older;
                }),
                new Fact("its younger sibling is too young to take its place", (s, there) -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    FakeProcess older = s.world().worker(101).ownedBy(dashboard);
                    s.watched("11m");
                    s.world().worker(102).startedAgo(there ? "59s" : "60s").ownedBy(dashboard);
                    return older;
                }),
                new Fact("its younger sibling is being ended itself", (s, there) -> {
                    FakeProcess older = pair(s);
                    if (there) {
                        s.world().process(102).sessionEnded("tui_close", "30m");
                    }
                    return older;
                }),
                new Fact("what its younger sibling runs cannot be read", (s, there) -> {
                    FakeProcess older = pair(s);
                    if (there) {
                        s.world().process(102).hidesExecutable();
                    }
                    return older;
                }),
                new Fact("the other works for another home", (s, there) -> {
                    FakeProcess older = pair(s);
                    s.world().process(102).home(there ? "/srv/other" : "/srv/hermes");
                    older.home("/srv/hermes");
                    return older;
                }),
                new Fact("the other works for another session", (s, there) -> {
                    FakeProcess older = pair(s);
                    s.world().process(102).of(there ? "s2" : "s1");
                    return older;
                }),
                new Fact("the other has another owner", (s, there) -> {
                    FakeProcess older = pair(s);
                    FakeProcess other = s.world().dashboard(99);
                    s.world().process(102).ownedBy(there ? other : s.world().process(100));
                    return older;
                }));
    }

    private static Stream<Fact> ofRecords() {
        return Stream.of(
                ended("something on record is later than the end", it -> it.sessionMoved("29m")),
                ended("a live gateway claims the session", FakeProcess::sessionClaimed),
                ended("not everything on record could be read", FakeProcess::sessionUnreadable),
                new Fact("the wall clock was set since", (s, there) -> {
                    FakeProcess worker = closed(s, "30m");
                    s.world().stepWall(there ? Duration.ofMinutes(5) : Duration.ZERO);
                    return worker;
                }),
                new Fact("the end is older than the worker", (s, there) -> closed(s, there ? "2h" : "30m")),
                new Fact("the end is younger than session_grace", (s, there) -> closed(s, there ? "9m" : "10m")),
                new Fact("the end is no end of its user's", (s, there) -> {
                    FakeProcess worker = closed(s, "30m");
                    return worker.sessionEnded(there ? "branched" : "tui_close", "30m");
                }),
                new Fact("a client is attached where Hermes ended the session", (s, there) -> {
                    FakeProcess worker = closed(s, "30m").sessionEnded("idle_timeout", "30m");
                    s.world().process(100).clients(there ? 1 : 0);
                    return worker;
                }),
                deserted("its session was used meanwhile", it -> it.sessionUsed("30m")),
                deserted("a live gateway claims its session", FakeProcess::sessionClaimed),
                deserted("what is on record cannot be read", FakeProcess::sessionUnreadable),
                new Fact("the wall clock was set since, and its session has been used", (s, there) -> {
                    FakeProcess worker = deserted(s, 0).sessionUsed("5h");
                    s.world().stepWall(there ? Duration.ofMinutes(5) : Duration.ZERO);
                    return worker;
                }));
    }

    private static Stream<Fact> ofClients() {
        return Stream.of(
                new Fact("a client is attached now", (s, there) -> deserted(s, there ? 1 : 0)),
                new Fact("a client was attached in between", (s, there) -> {
                    FakeProcess worker = deserted(s, 0);
                    s.world().process(100).clients(there ? 1 : 0);
                    s.watched("30m");
                    s.world().process(100).clients(0);
                    s.watched("30m");
                    return worker;
                }),
                new Fact("clients cannot be counted", (s, there) -> {
                    FakeProcess worker = deserted(s, 0);
                    if (there) {
                        s.world().process(100).clientsUnknown();
                    }
                    return worker;
                }),
                new Fact("it has moved since the last client left", (s, there) -> {
                    FakeProcess worker = deserted(s, 0);
                    if (there) {
                        worker.moves();
                    }
                    return worker;
                }),
                new Fact("there are as many clients as workers", (s, there) -> {
                    FakeProcess dashboard = s.policy("surplus", Action.REAP)
                            .world()
                            .dashboard(100)
                            .clients(there ? 2 : 1);
                    FakeProcess older = s.world().worker(101).of("a").ownedBy(dashboard);
                    s.world().worker(102).of("b").startedAgo("1h").ownedBy(dashboard);
                    s.watched("6h");
                    return older;
                }));
    }

    private static Stream<Fact> ofTime() {
        return Stream.of(
                new Fact("it was seen once only", (s, there) -> {
                    s.policy("settle", Duration.ZERO);
                    FakeProcess worker = s.world().worker(101).orphanedTo(1);
                    if (!there) {
                        s.watched("1s");
                    }
                    return worker;
                }),
                new Fact("the machine slept meanwhile", (s, there) -> {
                    FakeProcess worker = orphan(s, it -> {});
                    if (there) {
                        s.world().suspend("1h");
                    }
                    return worker;
                }),
                new Fact("it was without an owner for less than settle", (s, there) -> {
                    FakeProcess worker = s.world().worker(101).orphanedTo(1);
                    s.watched(there ? "9s" : "10s");
                    return worker;
                }));
    }

    private static FakeProcess orphan(Scene s, Consumer<FakeProcess> but) throws InterruptedException {
        FakeProcess worker = s.world().worker(101).orphanedTo(1);
        but.accept(worker);
        s.watched("1m");
        return worker;
    }

    /** The older of two idle workers of one session; the younger is 102, their dashboard 100. */
    private static FakeProcess pair(Scene s) throws InterruptedException {
        FakeProcess dashboard = s.world().dashboard(100);
        FakeProcess older = s.world().worker(101).ownedBy(dashboard);
        s.world().worker(102).startedAgo("1h").ownedBy(dashboard);
        s.watched("11m");
        return older;
    }

    private static FakeProcess closed(Scene s, String ago) throws InterruptedException {
        return RecordRows.idle(s, it -> it.sessionEnded("tui_close", ago));
    }

    private static Fact ended(String name, Consumer<FakeProcess> there) {
        return new Fact("its session was ended, but " + name, (s, is) -> {
            FakeProcess worker = closed(s, "30m");
            if (is) {
                there.accept(worker);
            }
            return worker;
        });
    }

    private static FakeProcess deserted(Scene s, int clients) throws InterruptedException {
        FakeProcess dashboard = s.world().dashboard(100).clients(clients);
        FakeProcess worker = s.world().worker(101).ownedBy(dashboard);
        s.watched("1h");
        return worker;
    }

    private static Fact deserted(String name, Consumer<FakeProcess> there) {
        return new Fact("its gateway is deserted, but " + name, (s, is) -> {
            FakeProcess worker = deserted(s, 0);
            if (is) {
                there.accept(worker);
            }
            return worker;
        });
    }
}
