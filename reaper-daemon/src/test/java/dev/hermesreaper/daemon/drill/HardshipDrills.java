package dev.hermesreaper.daemon.drill;

import static dev.hermesreaper.daemon.drill.Scene.SOON;
import static dev.hermesreaper.daemon.drill.Scene.check;

import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the machine does to the service: no descriptors, no memory, no disk, planted files, pids that come back. */
final class HardshipDrills {

    private HardshipDrills() {}

    /** More gateways than descriptors to watch them with: it says so, and the safety sweep finds what the watch cannot. */
    static void outOfDescriptors(List<String> words, PrintStream out) {
        try (Scene scene = new Scene()) {
            List<StagedGateway> dashboards = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                dashboards.add(scene.stage().director().dashboard());
            }
            StagedGateway last = dashboards.get(59);
            StagedProcess worker = last.leakedWorker("s", scene.part()).worker();
            Daemon daemon = scene.started(scene.plan()
                    .after("ulimit -n 110")
                    .set("SCAN_INTERVAL", "2s")
                    .set("REAP_KILL_GRACE", "1s"));
            daemon.await("event=service.problem", "only");

            last.signal("KILL");

            daemon.await("event=worker.outcome", "pid=" + worker.pid(), "outcome=exited");
            check(daemon.isAlive(), "it is gone", daemon.log());
        }
    }

    /** A heap that just about holds: 300 workers to look at, and 40 of them to end at once. */
    static void littleMemory(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            StagedGateway healthy = scene.stage().director().dashboard();
            healthy.workers(IntStream.range(0, 160).mapToObj(i -> "h" + i).toList(), scene.part());
            StagedGateway dying = scene.stage().director().dashboard();
            List<StagedProcess> leaked = dying.workers(
                    IntStream.range(0, 40).mapToObj(i -> "l" + i).toList(),
                    scene.part().ignoringEof());
            Daemon daemon = scene.started(
                    scene.plan().set("JUDGE_BUSY_PATIENCE", "1s").jvm("-Xmx12m").jvm("-XX:+CrashOnOutOfMemoryError"));
            dying.signal("KILL");

            for (StagedProcess worker : leaked) {
                check(worker.awaitGone(Duration.ofSeconds(60)), "it was not ended", worker, daemon.log());
            }
            check(daemon.isAlive(), "it is gone", daemon.log());
            check(healthy.ask("ping", Map.of()).get("ok").getAsBoolean(), "the healthy dashboard does not answer");
        }
    }

    /** A full disk below the state directory: said, and no reason to stop. */
    static void diskFull(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            Files.createDirectories(scene.state());
            sh("mount -t tmpfs -o size=64k,mode=700 tmpfs " + scene.state());
            Daemon daemon = scene.started(scene.plan().set("SCAN_INTERVAL", "1s"));
            sh("cat /dev/zero > " + scene.state() + "/ballast 2>/dev/null || true");

            StagedProcess worker = scene.orphan("s", scene.part());

            daemon.await("event=worker.outcome", "pid=" + worker.pid(), "outcome=exited");
            check(daemon.log().contains("no space left"), "it does not say that the disk is full", daemon.log());
            sh("rm " + scene.state() + "/ballast");
            StagedProcess second = scene.orphan("t", scene.part());
            daemon.await("event=worker.outcome", "pid=" + second.pid(), "outcome=exited");
        }
    }

    /** Rubbish, links and foreign files at every path it writes: nothing is followed, believed or overwritten. */
    static void hostileState(List<String> words, PrintStream out) throws Exception {
        for (String name : List.of("sightings.json", "ledger.jsonl", "pass.lock", "service.lock")) {
            try (Scene scene = new Scene()) {
                Path precious = Files.writeString(scene.file("precious"), "untouched");
                sh("mkdir -m 700 " + scene.state());
                Files.createSymbolicLink(scene.state().resolve(name), precious);
                hardened(scene, name + " is a link");
                check(Files.readString(precious).equals("untouched"), "it wrote through the link", name);
            }
        }
        for (String rubbish : List.of("", "{", "{\"schema\":\"hermes-reaper/sightings/99\"}", "\0\0\0\0", "[[[[[[[[")) {
            try (Scene scene = new Scene()) {
                sh("mkdir -m 700 " + scene.state());
                for (String name :
                        List.of("sightings.json", "ledger.jsonl", "pass.lock", "service.lock", "counts.json")) {
                    sh("umask 077; cat > " + scene.state().resolve(name), rubbish);
                }
                hardened(scene, "rubbish " + rubbish.replace('\0', '0'));
            }
        }
    }

    private static void hardened(Scene scene, String what) {
        Daemon daemon = scene.started(scene.plan().set("SCAN_INTERVAL", "1s"));
        StagedProcess orphan = scene.orphan("s", scene.part());
        StagedProcess owned = scene.stage().director().dashboard().worker("t", scene.part());
        daemon.await("event=worker.outcome", "pid=" + orphan.pid(), "outcome=exited");
        check(!owned.standing().isGone(), "a worker in use is gone", what, daemon.log());
        check(daemon.isAlive(), "the daemon is gone", what, daemon.log());
        daemon.signal("TERM");
        check(daemon.awaitEnd(SOON) == 0, "it did not stop", what, daemon.log());
    }

    /** The pid counter wraps: the pid of a gateway and of an ended worker come back as somebody else. */
    static void pidsWrap(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            Daemon daemon =
                    scene.started(scene.plan().set("SCAN_INTERVAL", "1s").set("JUDGE_SETTLE", "2s"));
            StagedGateway keeper = scene.stage().director().dashboard();
            for (int round = 0; round < 5; round++) {
                StagedProcess orphan = scene.orphan("s" + round, scene.part());
                scene.awaitSighted(orphan);
                long pid = orphan.pid();
                orphan.signal("KILL");
                check(orphan.awaitGone(SOON), "it did not go");
                StagedProcess heir = scene.heir(keeper, "heir" + round, pid);
                scene.pass(Duration.ofSeconds(3));
                check(!heir.standing().isGone(), "the heir is gone", daemon.log());
                check(scene.signalsTo(heir).isEmpty(), "the heir was signalled", scene.signalsTo(heir));
            }
        }
    }

    /** A worker started with the marker is kept in every path: as an orphan, a duplicate, before and after a reload. */
    static void keepMarker(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            Daemon daemon = scene.started(scene.plan()
                    .set("SCAN_INTERVAL", "1s")
                    .set("JUDGE_SUPERSEDED_IDLE", "0s")
                    .set("JUDGE_SUPERSEDED_IDLE_ATTACHED", "0s"));
            StagedProcess orphan = scene.orphan("s", scene.part().env("HERMES_REAPER_KEEP", "1"));
            StagedGateway dashboard = scene.stage().director().dashboard();
            StagedProcess kept = dashboard.worker("twice", scene.part().env("HERMES_REAPER_KEEP", "1"));
            StagedProcess older = dashboard.worker("twice", scene.part());
            StagedProcess newest = dashboard.worker("twice", scene.part());
            // A look may have caught any of them at work while it started, and the one last seen at work is kept.
            scene.awaitSighted(newest);
            newest.ask("ping", Map.of());

            daemon.await("event=worker.outcome", "pid=" + older.pid());
            daemon.signal("HUP");
            daemon.await("event=config.loaded");
            scene.pass(Duration.ofSeconds(3));

            for (StagedProcess worker : List.of(orphan, kept, newest)) {
                check(!worker.standing().isGone(), "it is gone", worker, daemon.log());
                check(scene.signalsTo(worker).isEmpty(), "it was signalled", worker, daemon.log());
            }
        }
    }

    private static void sh(String script) throws Exception {
        sh(script, "");
    }

    private static void sh(String script, String input) throws Exception {
        Process process = new ProcessBuilder("sh", "-ec", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        check(process.waitFor() == 0, "failed:", script);
    }
}
