package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sweep.Nursery.Kind;
import dev.hermesreaper.agent.sweep.Nursery.Nursling;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Breaks the state directory at a moment of a pass, and says what became of all concerned. */
final class Faults {

    /** When it breaks. */
    enum When {
        BEFORE_THE_PASS,
        WHILE_IT_WAITS,
        BEFORE_TERM,
        BETWEEN_TERM_AND_KILL
    }

    /** What happens to the directory. */
    enum Fault {
        FULL,
        READ_ONLY,
        DELETED,
        SYMLINK
    }

    private final Nursery nursery;
    private final Path disk;
    private final Path state;
    private final Path elsewhere;
    private final List<Nursling> used;

    private Faults(Nursery nursery) throws IOException, InterruptedException {
        this.nursery = nursery;
        disk = Files.createTempDirectory("disk");
        sh("mount -t tmpfs -o size=96k,mode=700 tmpfs " + disk);
        state = disk.resolve("state");
        used = nursery.family(List.of("used", "used too"), Kind.PLAIN.deaf());
        elsewhere = Files.createDirectory(
                disk.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** {@code FAULT WHEN…}. */
    public static void main(String[] arguments) throws Exception {
        try (Nursery nursery = new Nursery()) {
            Faults faults = new Faults(nursery);
            try {
                for (int i = 1; i < arguments.length; i++) {
                    faults.run(Fault.valueOf(arguments[0]), When.valueOf(arguments[i]));
                }
            } finally {
                sh("umount -l " + faults.disk + "; rmdir " + faults.disk);
            }
        }
    }

    private void run(Fault fault, When when) throws IOException, InterruptedException {
        say("when", when);
        say("healthy", pass(() -> {}, When.WHILE_IT_WAITS));
        say("told", pass(() -> breaks(fault), when));
        say("elsewhere", names(elsewhere));
        mend(fault);
        say("mended", pass(() -> {}, When.WHILE_IT_WAITS));
        say(
                "used",
                used.stream()
                        .filter(it -> nursery.isAlive(it) && it.signals().isEmpty())
                        .count());
        List<Act> acts = new ArrayList<>();
        History.Reading reading = History.in(state, host()).read(Instant.MIN, acts::add);
        say("history", acts.isEmpty() ? "empty" : reading.damagedLines() + " damaged " + reading.problems());
    }

    private static Host host() {
        return ThisMachine.keeping(Set.of());
    }

    /** One pass, as the command does it, over one orphan that obeys and one that does not. */
    private List<String> pass(Runnable breaking, When when) throws InterruptedException {
        MeddledHost meddled = new MeddledHost(host());
        Nursling plain = nursery.orphan("plain", Kind.PLAIN);
        Nursling deaf = nursery.orphan("deaf", Kind.PLAIN.deaf());
        switch (when) {
            case BEFORE_THE_PASS -> breaking.run();
            case WHILE_IT_WAITS -> meddled.on("after sleep", breaking);
            case BEFORE_TERM -> meddled.on("before hold " + plain.pid(), breaking);
            case BETWEEN_TERM_AND_KILL -> meddled.on("after signal " + deaf.pid() + " TERM", breaking);
        }
        List<String> complaints = new ArrayList<>();
        Agent agent = new Trial().set("REAP_TERM_GRACE", "200ms").agent(meddled.host());
        try (Memory memory = Memory.take(state, agent.host(), Duration.ZERO, complaints::add)
                .memory()
                .orElseThrow()) {
            SweepRequest request = new SweepRequest("trial", false, false, Set.of());
            Sweep.Done done = agent.sweep(memory.ledger(agent, request), Restraint.NONE, Sweep.Progress.NONE)
                    .run(request, memory);
            memory.remember(agent, done);
            if (nursery.isAlive(plain) || nursery.isAlive(deaf) || done.result().reaped() != 2) {
                say("not ended", Arena.story(done.result()));
            }
        }
        return complaints;
    }

    private void breaks(Fault fault) {
        try {
            switch (fault) {
                case FULL -> fill();
                case READ_ONLY -> sh("mount -o remount,ro " + disk);
                case DELETED -> sh("rm -r " + state);
                case SYMLINK -> sh("mv " + state + " " + state + ".away; ln -s " + elsewhere + " " + state);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill() {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            // That was the purpose.
        }
    }

    private void mend(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case FULL -> Files.delete(disk.resolve("filler"));
            case READ_ONLY -> sh("mount -o remount,rw " + disk);
            case DELETED -> {}
            case SYMLINK -> sh("rm " + state + "; mv " + state + ".away " + state);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(Path::toString).toList();
        }
    }

    private static void sh(String script) throws IOException, InterruptedException {
        if (new ProcessBuilder("sh", "-ec", script).inheritIO().start().waitFor() != 0) {
            throw new IOException(script);
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + " " + value);
    }
}
