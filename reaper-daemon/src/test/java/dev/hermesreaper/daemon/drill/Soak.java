package dev.hermesreaper.daemon.drill;

import static dev.hermesreaper.daemon.drill.Scene.SOON;
import static dev.hermesreaper.daemon.drill.Scene.check;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Minutes of random life and random faults. Gateways start, stop and crash; workers idle, work, are started twice, are
 * orphaned stubborn or frozen; the configuration is rewritten well and badly, the state directory damaged, the service
 * frozen, hung up, stopped and killed. At the end nothing leaked is left, and nothing in use ever got a signal.
 */
final class Soak {

    private static final int MOST_GATEWAYS = 6;
    private static final int MOST_WORKERS = 60;
    private static final String CONFIG =
            """
            [scan]
            interval = "2s"
            [judge]
            min_age = "0s"
            settle = "%s"
            superseded_idle = "3s"
            superseded_idle_attached = "3s"
            busy_patience = "20s"
            [reap]
            term_grace = "1s"
            kill_grace = "2s"
            [protect]
            session_keys = ["dear"]
            [ledger]
            max_size = "64KiB"
            keep = 2
            """;

    private final Random random;
    private final PrintStream out;
    private final Scene scene;
    private final Map<StagedGateway, Set<StagedProcess>> gateways = new LinkedHashMap<>();
    private final Map<StagedProcess, String> inUse = new LinkedHashMap<>();
    private final Set<StagedProcess> dear = new LinkedHashSet<>();
    private final Set<StagedProcess> worked = new LinkedHashSet<>();
    private final Set<StagedProcess> successors = new LinkedHashSet<>();
    private final List<StagedProcess> leaked = new ArrayList<>();
    private final Map<String, Integer> done = new HashMap<>();
    private Daemon daemon;
    private int number;
    private int restarts;

    private Soak(long seed, PrintStream out, Scene scene) throws Exception {
        this.random = new Random(seed);
        this.out = out;
        this.scene = scene;
        configure("1s");
        this.daemon = start();
    }

    /** {@code MINUTES [SEED]}. */
    static void run(List<String> words, PrintStream out) throws Exception {
        long seed = words.size() > 1 ? Long.parseLong(words.get(1)) : System.nanoTime();
        out.println("soak: " + words.get(0) + " minutes, seed " + seed);
        Instant end = Instant.now().plus(Duration.ofSeconds((long) (60 * Double.parseDouble(words.get(0)))));
        try (Scene scene = new Scene()) {
            Soak soak = new Soak(seed, out, scene);
            try {
                while (Instant.now().isBefore(end)) {
                    soak.step();
                    soak.checkThoseInUse();
                    scene.pass(Duration.ofMillis(soak.random.nextInt(400)));
                }
                soak.finish();
            } catch (Exception | AssertionError e) {
                out.println("soak: failed with seed " + seed + " after " + soak.done + "\n" + soak.daemon.log());
                throw e;
            }
        }
    }

    private void step() throws Exception {
        int dice = random.nextInt(100);
        if (dice < 12) {
            once("gateway started", this::startGateway);
        } else if (dice < 40) {
            once("worker started", this::startWorker);
        } else if (dice < 50) {
            once("worker at work", this::work);
        } else if (dice < 60) {
            once("worker started twice", this::startTwice);
        } else if (dice < 68) {
            once("gateway killed", () -> endGateway("KILL"));
        } else if (dice < 72) {
            once("gateway stopped", () -> endGateway("TERM"));
        } else if (dice < 76) {
            once("dear orphan", this::dearOrphan);
        } else if (dice < 84) {
            once("configuration rewritten", this::reconfigure);
        } else if (dice < 90) {
            once("state damaged", this::damage);
        } else if (dice < 94) {
            once("service frozen", this::freeze);
        } else if (dice < 97) {
            once("service killed", this::killDaemon);
        } else {
            once("service stopped", this::stopDaemon);
        }
    }

    private interface Step {
        void make() throws Exception;
    }

    private void once(String what, Step step) throws Exception {
        done.merge(what, 1, Integer::sum);
        step.make();
    }

    private Daemon start() {
        restarts++;
        return scene.started(scene.plan()
                .config(scene.file("config.toml"))
                .unset("JUDGE_MIN_AGE")
                .unset("JUDGE_SETTLE")
                .unset("REAP_TERM_GRACE"));
    }

    // Hermes

    private void startGateway() {
        if (gateways.size() < MOST_GATEWAYS) {
            gateways.put(scene.stage().director().dashboard(), new LinkedHashSet<>());
        }
    }

    private StagedGateway anyGateway() {
        if (gateways.isEmpty()) {
            startGateway();
        }
        List<StagedGateway> all = List.copyOf(gateways.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private Part anyPart() {
        Part part = scene.part();
        return switch (random.nextInt(6)) {
            case 0 -> part.ignoringTerm().leakingStdin();
            case 1 -> part.ignoringEof();
            case 2, 3 -> part.leakingStdin();
            case 4 -> part.watchingItsParent();
            default -> part;
        };
    }

    private StagedProcess startWorker() {
        return startWorker(anyGateway(), "s" + number++, anyPart());
    }

    private StagedProcess startWorker(StagedGateway gateway, String key, Part part) {
        if (inUse.size() >= MOST_WORKERS) {
            endGateway("KILL");
            return startWorker(anyGateway(), key, part);
        }
        StagedProcess worker = gateway.workers(List.of(key), part).get(0);
        gateways.get(gateway).add(worker);
        inUse.put(worker, key);
        return worker;
    }

    private void work() {
        if (!inUse.isEmpty()) {
            List<StagedProcess> all = List.copyOf(inUse.keySet());
            StagedProcess worker = all.get(random.nextInt(all.size()));
            if (!worked.contains(worker)) {
                worked.add(worker);
                worker.tell("busy", Map.of("seconds", 1 + random.nextInt(5)));
            }
        }
    }

    /** The older one is leaked, unless it is the one last seen at work, see {@link #useSuccessors}. */
    private void startTwice() {
        StagedGateway gateway = anyGateway();
        String key = "twice" + number++;
        StagedProcess older = startWorker(gateway, key, scene.part());
        if (gateways.containsKey(gateway)) {
            inUse.remove(older);
            leaked.add(older);
            successors.add(startWorker(gateway, key, scene.part()));
        }
    }

    /** A look may have caught the older of two at work while it started; from now on the younger is the one seen last. */
    private void useSuccessors() throws InterruptedException {
        successors.retainAll(inUse.keySet());
        scene.pass(Duration.ofSeconds(6)); // three intervals, so that a look has seen each of them before it works
        successors.forEach(worker -> worker.ask("ping", Map.of()));
    }

    private void endGateway(String signal) {
        StagedGateway gateway = anyGateway();
        Set<StagedProcess> orphans = gateways.remove(gateway);
        inUse.keySet().removeAll(orphans);
        leaked.addAll(orphans);
        // Of one that is stopped in the middle of a command it cannot be told whether it works: it is kept, rightly.
        List<StagedProcess> idle =
                orphans.stream().filter(worker -> !worked.contains(worker)).toList();
        if (!idle.isEmpty() && random.nextInt(4) == 0 && !idle.get(0).standing().isGone()) {
            idle.get(0).signal("STOP");
        }
        gateway.signal(signal);
        gateway.awaitGone(SOON);
        scene.stage().director().reapZombies();
    }

    private void dearOrphan() {
        if (dear.size() < 5) {
            boolean byKey = random.nextBoolean();
            Part part = byKey ? scene.part() : scene.part().env("HERMES_REAPER_KEEP", "1");
            dear.add(scene.orphan(byKey ? "dear" : "marked" + number++, part));
        }
    }

    // Faults

    private void configure(String settle) throws Exception {
        Path file = scene.file("config.toml");
        Files.writeString(scene.file("next.toml"), CONFIG.formatted(settle));
        Files.move(scene.file("next.toml"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void reconfigure() throws Exception {
        switch (random.nextInt(4)) {
            case 0 -> Files.writeString(scene.file("config.toml"), "[judge]\nsettle = 7\n[");
            case 1 -> {
                Files.writeString(scene.file("config.toml"), "");
                scene.pass(Duration.ofMillis(random.nextInt(300)));
                configure("1s");
            }
            default -> configure(List.of("500ms", "1s", "2s").get(random.nextInt(3)));
        }
        if (random.nextBoolean() && Files.readString(scene.file("config.toml")).startsWith("[")) {
            daemon.signal("HUP");
        }
    }

    private void damage() throws Exception {
        String state = scene.state().toString();
        String script =
                switch (random.nextInt(6)) {
                    case 0 -> "head -c 300 /dev/urandom > $S/sightings.json";
                    case 1 -> "rm -rf $S";
                    case 2 -> "rm -f $S/sightings.json; ln -s /etc/hostname $S/sightings.json";
                    case 3 -> "truncate -s 100 $S/ledger.jsonl";
                    case 4 -> "chmod 777 $S; sleep 1; chmod 700 $S";
                    default -> "head -c 3000 /dev/urandom >> $S/ledger.jsonl; rm -f $S/pass.lock";
                };
        Process process = new ProcessBuilder("sh", "-c", "S=" + state + "; " + script)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
    }

    private void freeze() throws Exception {
        daemon.signal("STOP");
        scene.pass(Duration.ofMillis(500 + random.nextInt(4000)));
        daemon.signal("CONT");
    }

    private void killDaemon() throws Exception {
        daemon.kill();
        configure("1s");
        daemon = start();
    }

    private void stopDaemon() throws Exception {
        Instant asked = Instant.now();
        daemon.signal("TERM");
        int status = daemon.awaitEnd(Duration.ofSeconds(10));
        Duration took = Duration.between(asked, Instant.now());
        check(status == 0 && took.toMillis() < 2500, "it ended with " + status + " after " + took, daemon.log());
        configure("1s");
        daemon = start();
    }

    // What must hold

    private void checkThoseInUse() throws Exception {
        check(daemon.isAlive(), "the service is gone");
        List<String> signals =
                Files.exists(scene.file("signals")) ? Files.readAllLines(scene.file("signals")) : List.of();
        Set<String> signalled = new LinkedHashSet<>();
        signals.forEach(line -> signalled.add(line.substring(0, line.indexOf(' '))));
        for (Map.Entry<StagedProcess, String> worker : inUse.entrySet()) {
            check(!signalled.contains(worker.getKey().pid() + ""), "a worker in use was signalled", worker);
        }
        for (StagedProcess worker : dear) {
            check(!signalled.contains(worker.pid() + ""), "a protected worker was signalled", worker);
        }
    }

    private void finish() throws Exception {
        out.println("soak: settling after " + done + ", " + restarts + " lives");
        Process ours = new ProcessBuilder("chmod", "700", scene.state().toString()).start();
        ours.waitFor();
        configure("1s");
        daemon.signal("HUP");
        useSuccessors();
        int left = leaked.size();
        for (Instant end = Instant.now().plusSeconds(90);
                left > 0 && Instant.now().isBefore(end); ) {
            left = scene.stage()
                    .awaitGone(leaked.stream().map(StagedProcess::pid).toList(), Duration.ofSeconds(5))
                    .size();
        }
        List<StagedProcess> leaks = leaked.stream()
                .filter(worker -> !worker.awaitGone(Duration.ofMillis(10)))
                .toList();
        for (StagedProcess leak : leaks) {
            out.println("soak: left " + leak + " " + leak.standing() + (worked.contains(leak) ? ", has worked" : ""));
        }
        check(leaks.isEmpty(), "leaks are left", leaks);
        checkThoseInUse();
        for (StagedProcess worker : inUse.keySet()) {
            check(!worker.standing().isGone(), "a worker in use is gone", worker);
        }
        for (StagedProcess worker : dear) {
            check(!worker.standing().isGone(), "a protected worker is gone", worker);
        }
        out.printf(
                "soak: %d leaked and gone, %d in use and %d protected untouched; the service: %s%n",
                leaked.size(), inUse.size(), dear.size(), Footprint.memory(daemon.pid()));
    }
}
