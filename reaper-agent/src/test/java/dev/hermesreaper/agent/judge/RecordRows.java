package dev.hermesreaper.agent.judge;

import static dev.hermesreaper.agent.judge.Row.keep;
import static dev.hermesreaper.agent.judge.Row.reap;
import static dev.hermesreaper.agent.judge.Row.report;
import static dev.hermesreaper.agent.judge.Row.waits;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.testing.FakeProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What is on record about the session of a worker that a live dashboard with a client owns. */
final class RecordRows {
    private RecordRows() {}

    static List<Row> rows() {
        return List.of(
                kept("a session that was never used: no row", it -> {}),
                kept("a session that is open on record and was used long ago", it -> it.sessionUsed("3d")),
                kept("compression", it -> it.sessionEnded("compression", "40m")),
                kept("a branch", it -> it.sessionEnded("branched", "40m")),
                kept("/new", it -> it.sessionEnded("new_session", "40m")),
                kept("/resume of another", it -> it.sessionEnded("resumed_other", "40m")),
                kept("a word nobody knows", it -> it.sessionEnded("moon_phase", "40m")),
                kept("an end without a word", it -> it.sessionEnded("", "40m")),
                kept("Hermes itself, and a client is attached", it -> it.sessionEnded("ws_disconnect", "40m")),
                kept("the user, but before this worker was started", it -> it.sessionEnded("tui_close", "2h")),
                kept("the user, in the second this worker was started", it -> it.sessionEnded("tui_close", "71m")),
                kept("the user, in the future", it -> it.sessionEnded("tui_close", "-5m")),
                kept("the user, but something on record is later", it -> it.sessionEnded("tui_close", "40m")
                        .sessionMoved("39m")),
                kept("the user, but a live gateway claims it", it -> it.sessionEnded("tui_close", "40m")
                        .sessionClaimed()),
                kept(
                        "the user, after it had been compressed, but Hermes ended what it went on as",
                        it -> it.sessionCompressedAndEnded("ws_disconnect", "40m")),
                keep(Reason.UNKNOWN, "what is on record cannot be read", s -> idle(s, FakeProcess::sessionUnreadable)),
                keep(
                        Reason.UNKNOWN,
                        "ended by the user, but not everything could be read",
                        s -> idle(s, it -> it.sessionEnded("tui_close", "40m").sessionUnreadable())),
                keep(Reason.UNKNOWN, "ended by the user, and the wall clock was set meanwhile", s -> {
                    FakeProcess worker = idle(s, it -> {});
                    s.world().stepWall(Duration.ofHours(1));
                    return worker.sessionEnded("tui_close", "40m");
                }),
                keep(Reason.UNKNOWN, "ended by the user, and the wall clock was set before it was first seen", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    s.world().worker(99).of("other").ownedBy(dashboard);
                    s.look();
                    s.world().stepWall(Duration.ofHours(-1));
                    FakeProcess worker = s.world().worker(101).startedAgo("1h").ownedBy(dashboard);
                    s.watched("11m");
                    return worker.sessionEnded("tui_close", "40m");
                }),
                keep(Reason.OWNED, "ended by the user, but idle for a second less than session_grace", s -> {
                    FakeProcess worker = s.world()
                            .worker(101)
                            .ownedBy(s.world().dashboard(100))
                            .sessionEnded("tui_close", "40m");
                    s.watched("9m59s");
                    return worker;
                }),
                keep(
                        Reason.BUSY,
                        "ended by the user, but at work",
                        s -> idle(s, it -> it.sessionEnded("tui_close", "40m").busy())),
                keep(
                        Reason.OWNED,
                        "session_ended = ignore",
                        s -> idle(s.policy("sessionEnded", Action.IGNORE), it -> it.sessionEnded("tui_close", "40m"))),
                keep(
                        Reason.PROTECTED,
                        "ended by the user, and protected",
                        s -> idle(s, it -> it.sessionEnded("tui_close", "40m").with("HERMES_REAPER_KEEP", "1"))),
                report(
                        Reason.SESSION_ENDED,
                        "session_ended = report",
                        s -> idle(s.policy("sessionEnded", Action.REPORT), it -> it.sessionEnded("tui_close", "40m"))),
                waits(
                        Reason.IDLING,
                        Reason.SESSION_ENDED,
                        "6m",
                        "ended by the user four minutes ago, idle for long",
                        s -> idle(s, it -> it.sessionEnded("tui_close", "4m"))),
                ended("tui_close"),
                ended("cli_close"),
                ended("session_reset"),
                ended("profile_deleted"),
                reap(
                        Reason.SESSION_ENDED,
                        "what it was compressed into was ended by the user",
                        s -> idle(s, it -> it.sessionCompressedAndEnded("tui_close", "40m"))),
                automatic("ws_disconnect"),
                automatic("idle_timeout"),
                automatic("lru_evict"),
                automatic("tui_shutdown"),
                automatic("agent_close"),
                automatic("ws_orphan_reap"),
                automatic("startup_orphan_reap"),
                automatic("superseded_by_resume"),
                keep(Reason.OWNED, "ended by Hermes, whether a client is attached cannot be told", s -> {
                    FakeProcess worker = idle(s, it -> it.sessionEnded("idle_timeout", "40m"));
                    s.world().process(100).clientsUnknown();
                    return worker;
                }),
                reap(Reason.SESSION_ENDED, "nobody owns it either, but orphaned = ignore", s -> {
                    FakeProcess worker = s.policy("orphaned", Action.IGNORE)
                            .world()
                            .worker(101)
                            .orphanedTo(1)
                            .sessionEnded("tui_close", "40m");
                    s.watched("11m");
                    return worker;
                }),
                reap(Reason.SESSION_ENDED, "the youngest of two of an ended session", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    s.world().worker(101).ownedBy(dashboard).sessionEnded("tui_close", "40m");
                    FakeProcess younger = s.world()
                            .worker(102)
                            .startedAgo("1h")
                            .ownedBy(dashboard)
                            .sessionEnded("tui_close", "40m");
                    s.watched("11m");
                    return younger;
                }),
                keep(Reason.OWNED, "the older of two, the younger being ended for a reason of its own", s -> {
                    FakeProcess dashboard = s.world().dashboard(100);
                    FakeProcess older = s.world().worker(101).ownedBy(dashboard);
                    s.world().worker(102).startedAgo("1h").ownedBy(dashboard).sessionEnded("tui_close", "40m");
                    s.watched("11m");
                    return older;
                }));
    }

    static FakeProcess idle(Scene scene, Consumer<FakeProcess> onRecord) throws InterruptedException {
        FakeProcess worker =
                scene.world().worker(101).startedAgo("1h").ownedBy(scene.world().dashboard(100));
        scene.watched("11m");
        onRecord.accept(worker);
        return worker;
    }

    private static Row kept(String name, Consumer<FakeProcess> onRecord) {
        return keep(Reason.OWNED, "idle for 11m, ended by: " + name, s -> idle(s, onRecord));
    }

    private static Row ended(String word) {
        return reap(
                Reason.SESSION_ENDED,
                "idle for 11m, ended by the user with " + word,
                s -> idle(s, it -> it.sessionEnded(word, "40m")));
    }

    private static Row automatic(String word) {
        return reap(Reason.SESSION_ENDED, "ended by Hermes with " + word + ", and no client is attached", s -> {
            FakeProcess worker = idle(s, it -> it.sessionEnded(word, "40m"));
            s.world().process(100).clients(0);
            return worker;
        });
    }
}
