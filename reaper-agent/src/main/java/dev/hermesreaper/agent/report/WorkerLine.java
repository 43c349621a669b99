package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.hermes.Home;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is reported of one slash worker.
 *
 * @param worker as it was seen
 * @param verdict what was decided about it
 * @param startedAt wall clock of the look less its age
 * @param age at the look, sleep included; never negative
 * @param user name of its user, the number where it has none
 * @param idle for how long it has been seen idle; empty where it works or cannot be read
 */
public record WorkerLine(
        SlashWorker worker,
        Verdict verdict,
        Instant startedAt,
        Duration age,
        Optional<String> user,
        Optional<Duration> idle) {

    public int pid() {
        return worker.pid();
    }

    public boolean isLeaked() {
        return verdict.decision().isLeak();
    }

    /** Whether it belongs to a user whose processes may be reaped; others are listed, not counted. */
    public boolean isOurs() {
        return verdict.isOurs();
    }

    public Optional<String> home() {
        return Optional.of(worker.home()).filter(Home::known).map(Home::path);
    }

    public Optional<String> sessionKey() {
        return Optional.of(worker.options().sessionKey()).filter(key -> !key.isEmpty());
    }

    public Optional<String> model() {
        return Optional.of(worker.options().model()).filter(model -> !model.isEmpty());
    }

    /** The owner, a gateway or any other process. */
    public Optional<ProcessEntry> owner() {
        return worker.ownership().owner();
    }

    public Optional<Integer> ownerPid() {
        return owner().map(ProcessEntry::pid);
    }

    public MemoryUse memory() {
        return worker.details().memory();
    }
}
