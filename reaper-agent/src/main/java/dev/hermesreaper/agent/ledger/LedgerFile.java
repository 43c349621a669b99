package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.state.Journal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes every act of one pass to {@code ledger.jsonl}: a line before the first signal to a process, which is on the disk
 * before the signal can be sent, and a line with what came of it. Words of command lines but the session key are never
 * written. Where it cannot be written the pass goes on, and that is said once.
 *
 * <p>A process that nobody tried to signal is on record only if something changed between the look and the act. {@code
 * deferred} and {@code observed} would be repeated with every pass; one that was deferred by a pause after SIGTERM is on record.
 */
public final class LedgerFile implements Ledger {

    /** Its name in the state directory. */
    public static final String NAME = "ledger.jsonl";

    /** A disk slower than this all together must not hold up the end of 128 processes; the rest is not waited for. */
    private static final Duration FLUSHING_AT_MOST = Duration.ofSeconds(2);

    /** The key of what the judge passes on from a second reader. */
    private static final String DISAGREEMENT = "disagreement";

    private static final Set<Outcome> NO_ACT = EnumSet.of(Outcome.DRY_RUN, Outcome.OBSERVED, Outcome.DEFERRED);

    private final Journal journal;
    private final Setbacks setbacks;
    private final Host host;
    private final String sweepId;
    private final Consumer<String> complaints;
    private final Set<String> said = new HashSet<>();
    private Duration flushing = Duration.ZERO;

    /**
     * @param sweepId names the pass in every line
     * @param complaints is told, in one line each and once, what cannot be recorded
     */
    public LedgerFile(Journal journal, Setbacks setbacks, Host host, String sweepId, Consumer<String> complaints) {
        this.journal = journal;
        this.setbacks = setbacks;
        this.host = host;
        this.sweepId = sweepId;
        this.complaints = complaints;
    }

    @Override
    public Optional<String> putsOff(ProcessIdentity process) {
        return setbacks.of(process)
                .flatMap(setback -> setback.remaining(host.now().sinceBoot())
                        .map(left -> "%s %s so far, tried again in %d min"
                                .formatted(
                                        setback.outcome(),
                                        setback.times() == 1 ? "once" : setback.times() + " times",
                                        left.plusSeconds(59).toMinutes())));
    }

    @Override
    public void intends(Verdict verdict) {
        List<Ground> grounds =
                verdict.evidence().stream().map(LedgerFile::ground).toList();
        Moment before = host.now();
        boolean durable = flushing.compareTo(FLUSHING_AT_MOST) < 0;
        append(entry(before, verdict, grounds, Optional.empty()), durable);
        if (durable) {
            flushing = flushing.plus(host.now().since(before));
            if (flushing.compareTo(FLUSHING_AT_MOST) >= 0) {
                complain("the disk of the ledger is slow: it took "
                        + flushing.toMillis()
                        + " ms so far, and the rest of this pass does not wait for it; a power cut may lose lines");
            }
        }
    }

    /** What a second reader of the process saw may be its command line, and that may hold secrets. */
    private static Ground ground(Evidence evidence) {
        String value = evidence.key().equals(DISAGREEMENT) ? "a second reading of it differs" : evidence.value();
        return new Ground(evidence.key(), value, evidence.source());
    }

    @Override
    public void records(Reaping reaping) {
        if (!NO_ACT.contains(reaping.outcome()) || !reaping.signals().isEmpty()) {
            append(entry(host.now(), reaping.verdict(), List.of(), Optional.of(ending(reaping))), false);
            remember(reaping);
        }
    }

    private void remember(Reaping reaping) {
        ProcessIdentity process = reaping.verdict().identity();
        boolean isSetback = reaping.outcome() == Outcome.SURVIVED || reaping.outcome() == Outcome.NOT_PERMITTED;
        Optional<String> problem = isSetback
                ? setbacks.add(
                        process, host.now().sinceBoot(), reaping.outcome().word())
                : setbacks.remove(process, host.now().sinceBoot());
        problem.ifPresent(this::complain);
    }

    private void append(Entry entry, boolean durable) {
        journal.append(LedgerLine.write(entry), durable).ifPresent(this::complain);
    }

    /** Once a pass: a full disk is full for every line. */
    private void complain(String problem) {
        if (said.add(problem)) {
            complaints.accept(problem);
        }
    }

    private Entry entry(Moment at, Verdict verdict, List<Ground> grounds, Optional<Ending> ending) {
        return new Entry(
                at.wall(),
                sweepId,
                verdict.identity(),
                verdict.sessionKey(),
                verdict.reason().word(),
                grounds,
                ending);
    }

    private static Ending ending(Reaping reaping) {
        return new Ending(
                reaping.outcome().word(),
                RawText.printable(reaping.detail()),
                reaping.signals().stream().map(Signal::name).toList(),
                reaping.took().isNegative() ? Duration.ZERO : reaping.took(),
                reaping.memory(),
                reaping.descendants().stream()
                        .map(below -> new Ending.Descendant(
                                below.process().pid(),
                                below.process().identity().startTicks(),
                                below.outcome().word()))
                        .toList(),
                reaping.descendants().size());
    }
}
