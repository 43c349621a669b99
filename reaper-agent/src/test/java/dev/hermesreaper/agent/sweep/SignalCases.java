package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.cli.HermesReaper;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Objection;
import dev.hermesreaper.agent.reap.Reaper;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.reap.SecondOpinion;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.Nursery.Kind;
import dev.hermesreaper.agent.sweep.Nursery.Nursling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whom a signal reaches. */
final class SignalCases {

    private SignalCases() {}

    /** {@code CASE}. */
    public static void main(String[] arguments) throws Exception {
        Case.play(SignalCases.class, arguments[0]);
    }

    /** A new gateway takes over the input of one that was just told to end. */
    static final class Adopted extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling orphan = nursery.orphan("s", Kind.PLAIN.deaf());
            meddled.on(
                    "after signal " + orphan.pid() + " TERM", () -> nursery.gateway(List.of(nursery.pipeOf(orphan))));
            sweep();
            report("orphan", orphan);
        }
    }

    /** The operator protects it while it is being ended. */
    static final class Protected extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling orphan = nursery.orphan("s", Kind.PLAIN.deaf());
            Agent agent = trial.agent(meddled.host());
            Inspector before = agent.inspector(look -> Sightings.NONE);
            before.look();
            meddled.host().sleep(Duration.ofMillis(150)); // more than settle
            List<Verdict> due =
                    before.look().verdicts().stream().filter(Verdict::isReap).toList();
            Inspector after =
                    trial.set("PROTECT_SESSION_KEYS", "s").agent(meddled.host()).inspector(look -> before.sightings());
            Exchanged opinion = new Exchanged(before);
            meddled.on("after signal " + orphan.pid() + " TERM", () -> opinion.now = after);

            List<Reaping> reapings = new Reaper(
                            meddled.host(),
                            agent.config().reap(),
                            opinion,
                            Ledger.NONE,
                            Optional.empty(),
                            Restraint.NONE)
                    .reap(due);

            say(
                    "orphan",
                    reapings.get(0).outcome().word() + " " + reapings.get(0).signals() + " " + state(orphan.pid()) + " "
                            + orphan.signals());
            say("detail", reapings.get(0).detail());
        }
    }

    private static final class Exchanged implements SecondOpinion {
        private SecondOpinion now;

        Exchanged(SecondOpinion first) {
            now = first;
        }

        @Override
        public Judgement lookAgain(Set<ProcessIdentity> signalled) {
            return now.lookAgain(signalled);
        }

        @Override
        public void missed() {
            now.missed();
        }

        @Override
        public Optional<Objection> objection(ProcessEntry process) {
            return now.objection(process);
        }
    }

    /** All of them are in one session and one process group, with a dashboard and workers in use. */
    static final class OneGroup extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            List<Nursling> used = nursery.family(List.of("used", "used too"), Kind.PLAIN.deaf());
            Nursling orphan = nursery.orphan("leaked", Kind.PLAIN.deaf());
            say("groups", groups(used, orphan).size());
            sweep();
            report("orphan", orphan);
            for (Nursling it : used) {
                report("used", it);
            }
        }

        private static Set<String> groups(List<Nursling> used, Nursling orphan) throws Exception {
            Set<String> groups = new HashSet<>();
            List<Nursling> all = new ArrayList<>(used);
            all.add(orphan);
            for (Nursling it : all) {
                String stat = Files.readString(Path.of("/proc/" + it.pid() + "/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                groups.add(fields[2] + "/" + fields[3]);
            }
            return groups;
        }
    }

    /** The command runs below a leaked worker, from a shell whose words mention one. */
    static final class FromATerminal extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling mine = nursery.orphan("mine", Kind.PLAIN.deaf());
            Nursling other = nursery.orphan("other", Kind.PLAIN);
            Path said = nursery.directory().resolve("said");
            List<String> command = PidNamespace.java(
                    List.of("env", "HERMES_REAPER_JUDGE_MIN_AGE=0s", "HERMES_REAPER_JUDGE_BUSY_PATIENCE=0s"),
                    HermesReaper.class,
                    "--state-dir",
                    Files.createTempDirectory("state").resolve("state"),
                    "sweep",
                    "--settle",
                    "100ms",
                    "--term-grace",
                    "300ms",
                    "--format",
                    "json");
            nursery.tell(
                    mine,
                    "sh -c '" + String.join(" ", command) + " >" + said
                            + " 2>&1; : python3 -m tui_gateway.slash_worker --session-key mine'");
            say("mine", state(mine.pid()) + " " + mine.signals());
            say("other", state(other.pid()) + " " + other.signals());
            say("said", Files.readString(said).replaceAll("\\s+", " "));
        }
    }

    /** Several commands are started together. */
    static final class AtOnce extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            List<Nursling> orphans = List.of(
                    nursery.orphan("deaf", Kind.PLAIN.deaf()),
                    nursery.orphan("deaf too", Kind.PLAIN.deaf()),
                    nursery.orphan("plain", Kind.PLAIN));
            Path state = Files.createTempDirectory("state").resolve("state");
            List<Process> sweeps = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ProcessBuilder command = new ProcessBuilder(PidNamespace.java(
                        List.of("env", "HERMES_REAPER_JUDGE_MIN_AGE=0s"),
                        HermesReaper.class,
                        "--state-dir",
                        state,
                        "sweep",
                        "--settle",
                        "100ms",
                        "--term-grace",
                        "500ms"));
                sweeps.add(command.redirectErrorStream(true)
                        .redirectOutput(nursery.directory().resolve("said" + i).toFile())
                        .start());
            }
            for (Process sweep : sweeps) {
                say("status", sweep.waitFor());
            }
            orphans.forEach(it -> say("orphan", state(it.pid()) + " " + it.signals()));
            say("ledger", Files.readAllLines(state.resolve("ledger.jsonl")).size());
            say("lock", Files.size(state.resolve("pass.lock")));
        }
    }

    /** Somebody else's process, for one who may not signal it: root without the capability to. */
    static final class NotPermitted extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling theirs = nursery.orphan("theirs", Kind.PLAIN.user(65534));
            Nursling ours = nursery.orphan("ours", Kind.PLAIN);
            Path state = Files.createTempDirectory("state").resolve("state");
            trial.set("REAP_USERS", "*");
            for (int pass = 1; pass <= 3; pass++) {
                List<String> complaints = new ArrayList<>();
                Agent agent = trial.agent(meddled.host());
                try (Memory memory = Memory.take(state, agent.host(), Duration.ZERO, complaints::add)
                        .memory()
                        .orElseThrow()) {
                    SweepRequest request = new SweepRequest("pass" + pass, false, false, Set.of());
                    SweepResult result = Trial.sweep(agent, memory.ledger(agent, request));
                    say("pass", Arena.story(result));
                }
                say("ledger", Files.readAllLines(state.resolve("ledger.jsonl")).size());
            }
            say("theirs", state(theirs.pid()) + " " + theirs.signals());
            say("ours", state(ours.pid()));
        }
    }

    /** As the kernel or a seccomp profile without pidfds leaves it; {@code without_pidfd} from the environment. */
    static final class WithoutPidfds extends Case {
        @Override
        void play(Nursery nursery) throws Exception {
            Nursling plain = nursery.orphan("plain", Kind.PLAIN);
            Nursling deaf = nursery.orphan("deaf", Kind.PLAIN.deaf());
            Optional.ofNullable(System.getenv("WITHOUT_PIDFD")).ifPresent(it -> trial.set("REAP_WITHOUT_PIDFD", it));
            sweep();
            report("plain", plain);
            report("deaf", deaf);
            say("limitations", meddled.host().limitations());
        }
    }
}
