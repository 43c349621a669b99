package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.Nursery.Kind;
import dev.hermesreaper.agent.sweep.Nursery.Nursling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a process, and what it has started, comes to its end. */
final class EndingCases {

    private EndingCases() {}

    /** {@code CASE}. */
    public static void main(String[] arguments) throws Exception {
        Case.play(EndingCases.class, arguments[0]);
    }

    /** Needs four seconds to save its work when it is told to end. */
    static final class Flushing extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling orphan = nursery.orphan("s", Kind.PLAIN);
            nursery.tell(orphan, "trap 'sleep 4; echo flushed >>\"$LOG\"; exit 0' TERM");
            trial.set("REAP_TERM_GRACE", "10s");
            sweep();
            report("orphan", orphan);
        }
    }

    /** More are due than one sweep may end. */
    static final class TooMany extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            List<Nursling> orphans = IntStream.range(0, 5)
                    .mapToObj(i -> nursery.orphan("s" + i, Kind.PLAIN))
                    .toList();
            trial.set("REAP_MAX_REAPS_PER_SWEEP", "2");
            for (int pass = 0; pass < 3; pass++) {
                SweepResult result = sweep();
                say(
                        "outcomes",
                        result.reapings().stream()
                                .map(it -> it.outcome().word())
                                .toList());
                say("alive", orphans.stream().filter(nursery::isAlive).count());
            }
        }
    }

    /** Waits for a child made by vfork, in state D, where only SIGKILL reaches one that handles SIGTERM. */
    static final class Uninterruptible extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling orphan = python(
                    nursery,
                    """
                    import ctypes, signal, time
                    signal.signal(signal.SIGTERM, lambda number, frame: None)
                    if ctypes.CDLL(None).vfork() == 0:
                        time.sleep(600)
                    """);
            // One that reads its modules from a slow disk is in D as well, for a moment, and has no child yet.
            await(() -> hasChild(orphan) && isIn(orphan, 'D'));
            say("state", Nursery.stateOf(orphan.pid()).orElse('?'));
            trial.set("JUDGE_BUSY_PATIENCE", "0s").set("JUDGE_SETTLE", "0s");
            sweep();
            report("orphan", orphan);
            System.out.println(trial.agent(meddled.host())
                    .inspector(look -> Sightings.NONE)
                    .look()
                    .verdicts());
            reportBelow("below", orphan);
        }
    }

    /** Its main thread is dead, another one is not: it still holds its memory. */
    static final class Leaderless extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling orphan = python(
                    nursery,
                    """
                    import _thread, ctypes, platform, time
                    _thread.start_new_thread(time.sleep, (600.0,))
                    ctypes.CDLL(None).syscall({'x86_64': 60, 'aarch64': 93}[platform.machine()], 0)
                    """);
            await(() -> isIn(orphan, 'Z'));
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + orphan.pid() + "/task"))) {
                say("threads", threads.count());
            }
            Nursling other = nursery.orphan("other", Kind.PLAIN);
            trial.set("JUDGE_BUSY_PATIENCE", "0s");
            sweep();
            report("orphan", orphan);
            report("other", other);
        }
    }

    /** An orphan that runs this as its module. */
    private static Nursling python(Nursery nursery, String module) throws IOException {
        Path modules = Files.createDirectories(nursery.directory().resolve("modules/tui_gateway"));
        Files.createFile(modules.resolve("__init__.py"));
        Files.writeString(modules.resolve("slash_worker.py"), module);
        return nursery.spawn(
                Kind.PLAIN
                        .with("orphan", true)
                        .with("stdin", "pipe")
                        .env("PYTHONPATH", modules.getParent().toString()),
                List.of(
                        Path.of("/usr/bin/python3").toRealPath().toString(),
                        "-m",
                        "tui_gateway.slash_worker",
                        "--session-key",
                        "s"));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i == 1000) {
                throw new AssertionError("what is waited for did not come within ten seconds");
            }
            Thread.sleep(10);
        }
    }

    private static boolean isIn(Nursling process, char state) {
        return Nursery.stateOf(process.pid()).filter(it -> it == state).isPresent();
    }

    private static boolean hasChild(Nursling process) {
        return ProcessHandle.of(process.pid())
                .flatMap(it -> it.children().findAny())
                .isPresent();
    }

    /** All that a worker can start: servers, sessions of their own, disguises, and what starts others all the time. */
    static final class Tree extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling orphan = nursery.orphan("s", Kind.PLAIN.deaf());
            nursery.tell(orphan, "mkfifo fifo; sleep 301 &");
            nursery.tell(orphan, "setsid sh -c 'sleep 302 & wait' &");
            nursery.tell(
                    orphan, "sh -c 'sleep 307 | ./python3 -m tui_gateway.slash_worker --session-key below & wait' &");
            nursery.tell(orphan, "sh -c 'while :; do sleep 303 & sleep 0.1; done' &");
            nursery.tell(orphan, "sh -c 'trap : TERM; while :; do sleep 304 & sleep 0.1; done' &");
            nursery.tell(orphan, "setpriv --reuid 65534 --clear-groups sleep 305 &");
            nursery.tell(orphan, "DEAF=1 ./python3 ./hermes dashboard --port 0 <>fifo &");
            nursery.tell(orphan, "trap 'sleep 306 & echo TERM >>\"$LOG\"' TERM");
            List<String> started = List.of(
                    "sleep 301",
                    "sleep 302",
                    "sleep 303",
                    "sleep 304",
                    "sleep 305",
                    "sleep 307",
                    "./python3 -m tui_gateway.slash_worker --session-key below",
                    "./python3 ./hermes dashboard --port 0");
            await(() -> started.stream().allMatch(Tree::runs));
            sweep();
            report("orphan", orphan);
            for (String words : List.of(
                    "sleep 301",
                    "sleep 302",
                    "sleep 303",
                    "sleep 304",
                    "sleep 306",
                    "sleep 307",
                    "--session-key below")) {
                say("left", words + ": " + count(words));
            }
            say("others", count("sleep 305") + " " + count("dashboard"));
            Trial.of(Trial.sweep(trial.agent(meddled.host())), orphan.pid()).ifPresent(it -> say("again", it));
            reportBelow("below", orphan);
        }

        private static boolean runs(String words) {
            try {
                return count(it -> it.strip().equals(words)) > 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static long count(String words) throws IOException {
            return count(it -> it.contains(words));
        }

        private static long count(Predicate<String> commandLine) throws IOException {
            try (Stream<Path> all = Files.list(Path.of("/proc"))) {
                return all.filter(it -> it.getFileName().toString().matches("[0-9]+"))
                        .filter(it -> Nursery.isAlive(
                                Integer.parseInt(it.getFileName().toString())))
                        .filter(it -> commandLine.test(words(it)))
                        .count();
            }
        }

        private static String words(Path process) {
            try {
                return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                        .replace('\0', ' ');
            } catch (IOException gone) {
                return "";
            }
        }
    }
}
