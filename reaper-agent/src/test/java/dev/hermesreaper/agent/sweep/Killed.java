package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.cli.HermesReaper;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.sweep.Nursery.Kind;
import dev.hermesreaper.agent.sweep.Nursery.Nursling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Kills the command {@code sweep} with SIGKILL at random moments of its life, again and again on the same state. */
final class Killed {

    private static final int A_WHOLE_ONE_EVERY = 12;

    private final Nursery nursery;
    private final Host host = ThisMachine.keeping(Set.of());
    private final Path state = Files.createTempDirectory("state").resolve("state");
    private final List<Nursling> orphans = new ArrayList<>();
    private int between;

    private Killed(Nursery nursery) throws IOException {
        this.nursery = nursery;
    }

    /** {@code KILLS SEED}. */
    public static void main(String[] arguments) throws Exception {
        try (Nursery nursery = new Nursery()) {
            new Killed(nursery).run(Integer.parseInt(arguments[0]), new Random(Long.parseLong(arguments[1])));
        }
    }

    private void run(int kills, Random random) throws IOException, InterruptedException {
        List<Nursling> used = nursery.family(List.of("used", "used too"), Kind.PLAIN.deaf());
        long life = whole();
        for (int kill = 1; kill <= kills; kill++) {
            breed();
            Process sweep = sweep();
            // The first part of it is a Java that starts.
            TimeUnit.MILLISECONDS.sleep(life * 4 / 10 + random.nextLong(life * 6 / 10));
            sweep.destroyForcibly().waitFor();
            between += (int) orphans.stream()
                    .filter(it -> nursery.isAlive(it) && it.signals().contains("TERM"))
                    .count();
            read();
            if (kill % A_WHOLE_ONE_EVERY == 0 || kill == kills) {
                life = whole();
            }
        }
        say(
                "used",
                used.stream()
                        .filter(it -> nursery.isAlive(it) && it.signals().isEmpty())
                        .count());
        say("between", between);
        say("killed", kills);
    }

    /** One that obeys and one that does not. */
    private void breed() {
        orphans.removeIf(it -> !nursery.isAlive(it));
        if (orphans.size() < 6) {
            orphans.add(nursery.orphan("plain", Kind.PLAIN));
            orphans.add(nursery.orphan("deaf", Kind.PLAIN.deaf()));
        }
    }

    /** One that is not killed: it must find everything in order, and leave nobody. */
    private long whole() throws IOException, InterruptedException {
        breed();
        long begun = System.nanoTime();
        Process sweep = sweep();
        String said = new String(sweep.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (sweep.waitFor() != 0 || !said.isEmpty()) {
            say("failed", sweep.exitValue() + " " + said);
        }
        long life = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        long left = orphans.stream().filter(nursery::isAlive).count();
        if (left > 0) {
            say("left", left);
        }
        say("life", life);
        return life;
    }

    private Process sweep() throws IOException {
        ProcessBuilder command = new ProcessBuilder(PidNamespace.java(
                List.of(),
                HermesReaper.class,
                "--state-dir",
                state,
                "--source",
                "proc",
                "sweep",
                "--quiet",
                "--settle",
                "100ms",
                "--term-grace",
                "300ms"));
        command.environment().put("HERMES_REAPER_JUDGE_MIN_AGE", "0s");
        return command.start();
    }

    private void read() {
        List<Act> acts = new ArrayList<>();
        History.Reading reading = History.in(state, host).read(Instant.MIN, acts::add);
        if (!reading.problems().isEmpty() || reading.damagedLines() > 0) {
            say("damaged", reading.damagedLines() + " " + reading.problems());
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + " " + value);
    }
}
