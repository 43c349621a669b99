package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.state.BareHost;
import dev.hermesreaper.agent.state.Journal;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.ProbeHost;
import dev.hermesreaper.agent.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger in a directory of its own, written under the real lock at a time that stands still until it is told. */
final class Book extends BareHost implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-05-07T12:00:00Z");
    static final String OTHER_BOOT = "11111111-8f1f-4dbb-9c0c-5ad2b1a4a7c3";

    private final ProbeHost real = new ProbeHost();
    private final StateDirectory directory;
    private final PassLock lock;
    private final Journal.Limits limits;
    final List<String> complaints = new ArrayList<>();
    Instant wall = NOON;
    Duration uptime = Duration.ofHours(1);
    Duration step = Duration.ZERO;

    Book(Path path, long maxSize, int keep) throws InterruptedException {
        directory = StateDirectory.open(path, real.self());
        lock = PassLock.acquire(directory, Duration.ZERO, real)
                .lock()
                .orElseThrow(() -> new IllegalStateException("no lock on " + path));
        limits = new Journal.Limits(maxSize, keep);
    }

    Book(Path path) throws InterruptedException {
        this(path, 16L << 20, 4);
    }

    /** The ledger of pass {@code sweepId}. */
    LedgerFile ledger(String sweepId) {
        return new LedgerFile(
                new Journal(directory, lock, LedgerFile.NAME, limits),
                new Setbacks(directory, lock),
                this,
                sweepId,
                complaints::add);
    }

    Path file() {
        return directory.path().resolve(LedgerFile.NAME);
    }

    Path file(int number) {
        return directory.path().resolve(LedgerFile.NAME + "." + number);
    }

    /** What is told of a directory after the pass. */
    record Told(List<Act> acts, History.Reading reading) {}

    Told told() {
        return told(directory.path(), this, Instant.MIN);
    }

    static Told told(Path directory, BareHost host, Instant since) {
        List<Act> acts = new ArrayList<>();
        return new Told(acts, History.in(directory, host).read(since, acts::add));
    }

    static Verdict verdict(String bootId, int pid, String key, Evidence... evidence) {
        ProcessEntry process = new ProcessEntry(
                new ProcessIdentity(bootId, pid, 7000L + pid),
                1,
                'S',
                1,
                0,
                Argv.of("python3", "-m", "tui_gateway.slash_worker", "--token", "secret"),
                Executable.UNREADABLE,
                "python3");
        return new Verdict(
                process, key, Decision.REAP, Reason.SUPERSEDED, Optional.empty(), List.of(evidence), List.of());
    }

    static Verdict verdict(int pid) {
        return verdict(
                BOOT,
                pid,
                "20260505_104123_c8063a",
                new Evidence("verdict", "3 younger workers of this session, youngest 9003", "judge"),
                new Evidence("keeper", "9003", "/proc/9003/stat"));
    }

    static Reaping reaping(Verdict verdict, Outcome outcome) {
        List<Signal> signals =
                switch (outcome) {
                    case EXITED -> List.of(Signal.TERM);
                    case KILLED, SURVIVED -> List.of(Signal.TERM, Signal.KILL);
                    default -> List.of();
                };
        return new Reaping(
                verdict,
                outcome,
                outcome == Outcome.SPARED ? "it moved right before the signal" : "",
                signals,
                Duration.ofMillis(310),
                new MemoryUse(true, 94L << 20, 3L << 20),
                List.of(new Reaping.Descendant(
                        verdict(verdict.process().pid() + 500).process(), Outcome.KILLED, "")));
    }

    @Override
    public Self self() {
        return real.self();
    }

    @Override
    public Moment now() {
        Moment now = new Moment(uptime, uptime, wall);
        uptime = uptime.plus(step);
        return now;
    }

    @Override
    public void sleep(Duration time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ProcessEntry> entry(int pid) {
        return real.entry(pid);
    }

    @Override
    public void close() {
        lock.close();
    }
}
