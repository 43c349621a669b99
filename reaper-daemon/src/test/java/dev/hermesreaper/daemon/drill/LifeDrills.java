package dev.hermesreaper.daemon.drill;

import static dev.hermesreaper.daemon.drill.Scene.SOON;
import static dev.hermesreaper.daemon.drill.Scene.check;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the service lives: alone, reloaded, stopped, killed, frozen, beside cron. */
final class LifeDrills {

    private LifeDrills() {}

    /** A second one is refused and says by whom; a killed one leaves nothing that refuses its successor. */
    static void twoServices(List<String> words, PrintStream out) {
        try (Scene scene = new Scene()) {
            Daemon first = scene.started(scene.plan());
            Daemon second = scene.plan().start();
            check(second.awaitEnd(SOON) == 5, "the second one did not end with 5", second.log());
            check(second.log().contains("(pid " + first.pid() + ")"), "it does not say who runs", second.log());
            check(first.isAlive(), "the first one is gone");

            first.kill();
            Daemon third = scene.started(scene.plan().set("SCAN_INTERVAL", "1s"));
            StagedProcess worker = scene.orphan("s", scene.part());
            third.await("event=worker.outcome", "pid=" + worker.pid(), "outcome=exited");
            out.println(second.log());
        }
    }

    /** SIGTERM while a victim is given its grace: gone within 2 s, status 0, and nobody is killed any more. */
    static void stopInGrace(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            Daemon daemon =
                    scene.started(scene.plan().set("REAP_TERM_GRACE", "60s").set("SCAN_INTERVAL", "1s"));
            StagedProcess worker = scene.orphan("s", scene.part().ignoringTerm());
            scene.awaitSignal(worker);

            Instant asked = Instant.now();
            daemon.signal("TERM");
            int status = daemon.awaitEnd(Duration.ofSeconds(5));
            Duration took = Duration.between(asked, Instant.now());

            check(status == 0 && took.toMillis() < 2000, "it took " + took + " and ended with " + status, daemon.log());
            check(!worker.standing().isGone(), "the worker was ended after the stop", daemon.log());
            check(scene.signalsTo(worker).equals(List.of("TERM")), "other signals", scene.signalsTo(worker));
            String ledger = Files.readString(scene.state().resolve("ledger.jsonl"));
            check(ledger.endsWith("\n") && ledger.contains("\"spared\""), "half a ledger", ledger);
            out.println("stopped in " + took.toMillis() + " ms during term_grace");
        }
    }

    /** SIGKILL between TERM and KILL: the next one judges from scratch; a new owner of the pid is no victim. */
    static void killedBetweenTermAndKill(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            Daemon daemon =
                    scene.started(scene.plan().set("REAP_TERM_GRACE", "60s").set("SCAN_INTERVAL", "1s"));
            StagedGateway dashboard = scene.stage().director().dashboard();
            Part stubborn = scene.part().ignoringTerm();
            StagedProcess stays = dashboard.leakedWorker("stays", stubborn).worker();
            StagedProcess leaves = dashboard.leakedWorker("leaves", stubborn).worker();
            dashboard.signal("KILL");
            scene.awaitSignal(stays);
            scene.awaitSignal(leaves);
            daemon.kill();
            leaves.signal("KILL");
            check(leaves.awaitGone(SOON), "it did not go");
            StagedProcess heir = scene.heir(scene.stage().director().dashboard(), "heir", leaves.pid());

            Daemon next = scene.started(scene.plan().set("REAP_TERM_GRACE", "1s"));
            next.await("event=worker.outcome", "pid=" + stays.pid(), "outcome=killed");

            check(!heir.standing().isGone(), "the heir of the pid is gone", next.log());
            check(scene.signalsTo(heir).equals(List.of("TERM")), "the heir was signalled", scene.signalsTo(heir));
        }
    }

    /** A bad file and SIGHUP: the last good one stays in force, it is said, and the service goes on; the next is taken on. */
    static void badConfigInReload(List<String> words, PrintStream out) throws IOException {
        try (Scene scene = new Scene()) {
            Path config = scene.file("config.toml");
            Files.writeString(config, "[protect]\nsession_keys = [\"dear\"]\n");
            Daemon daemon = scene.started(scene.plan().config(config).set("SCAN_INTERVAL", "1s"));
            StagedProcess dear = scene.orphan("dear", scene.part());

            Files.writeString(config, "[protect]\nsession_keys = 7\n");
            daemon.signal("HUP");
            daemon.await("event=service.problem", "session_keys");
            Files.writeString(config, "[protect\n");
            daemon.await("event=service.problem", "config.toml");
            StagedProcess other = scene.orphan("other", scene.part());
            daemon.await("event=worker.outcome", "pid=" + other.pid(), "outcome=exited");
            check(!dear.standing().isGone(), "the protected worker is gone", daemon.log());

            Files.writeString(config, "[protect]\nsession_keys = []\n");
            daemon.await("event=config.loaded");
            daemon.await("event=worker.outcome", "pid=" + dear.pid(), "outcome=exited");
            check(scene.signalsTo(dear).equals(List.of("TERM")), "other signals", scene.signalsTo(dear));
        }
    }

    /** SIGSTOP while a worker settles: the wait starts anew, and that is said. */
    static void stoppedForAWhile(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            Daemon daemon = scene.started(scene.plan().set("JUDGE_SETTLE", "3s").set("SCAN_INTERVAL", "1s"));
            StagedProcess worker = scene.orphan("s", scene.part());
            scene.awaitSighted(worker);
            daemon.signal("STOP");
            scene.pass(Duration.ofSeconds(6));
            Instant woken = Instant.now();
            daemon.signal("CONT");

            daemon.await("event=service.gap");
            String line = daemon.await("event=verdict.reap", "pid=" + worker.pid());

            Duration after = Duration.between(woken, Instant.parse(line.substring(0, line.indexOf(' '))));
            check(after.toMillis() >= 2990, "settle did not start anew", after, daemon.log());
            out.println("judged " + after.toMillis() + " ms after SIGCONT, settle 3 s");
        }
    }

    /** Sweeps of cron come in between: nobody is signalled twice, and each of them does its work. */
    static void withCron(List<String> words, PrintStream out) throws Exception {
        try (Scene scene = new Scene()) {
            Daemon daemon = scene.started(scene.plan().set("SCAN_INTERVAL", "1s"));
            for (int i = 0; i < 4; i++) {
                StagedProcess worker = scene.orphan("s" + i, scene.part());
                Process cron = new ProcessBuilder(cron(scene))
                        .redirectErrorStream(true)
                        .redirectOutput(scene.file("cron").toFile())
                        .start();
                int status = cron.waitFor();
                check(status == 0, "the sweep ended with " + status, Files.readString(scene.file("cron")));
                check(worker.awaitGone(SOON), "nobody ended it", daemon.log());
                check(scene.signalsTo(worker).equals(List.of("TERM")), "signals", scene.signalsTo(worker));
            }
            check(daemon.isAlive(), "the daemon is gone", daemon.log());
        }
    }

    private static List<String> cron(Scene scene) {
        List<String> command =
                new ArrayList<>(List.of("env", "HERMES_REAPER_JUDGE_MIN_AGE=0s", "HERMES_REAPER_JUDGE_SETTLE=500ms"));
        command.addAll(Namespace.java(List.of("-Xmx64m"), "dev.hermesreaper.agent.cli.HermesReaper"));
        command.addAll(List.of("--state-dir", scene.state().toString(), "sweep"));
        return command;
    }
}
