package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.record.ProcessStarts;
import dev.hermesreaper.agent.record.RecordQuestion;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.record.SessionRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to a verdict what Hermes has on record about the worker's session: for the person who asks why. It decides nothing;
 * the judge does not know the record.
 */
final class SessionEvidence {

    /** A person waits for the answer. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final Host host;
    private final SessionRecords records;

    /**
     * @param scratch an existing directory, for a private copy of the database
     */
    SessionEvidence(Host host, Path scratch) {
        this.host = host;
        this.records = new SessionRecords(scratch);
    }

    /**
     * {@code judgement} with the record in the evidence on process {@code pid}; unchanged if that is no worker of a known
     * home.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    Judgement addTo(Judgement judgement, int pid) throws InterruptedException {
        Optional<SlashWorker> worker = judgement.look().workers().stream()
                .filter(it -> it.pid() == pid && it.home().known())
                .filter(it -> !it.options().sessionKey().isEmpty())
                .findFirst();
        if (worker.isEmpty()) {
            return judgement;
        }
        List<Evidence> onRecord = read(judgement.look(), worker.get());
        return new Judgement(
                judgement.look(),
                judgement.sightings(),
                judgement.verdicts().stream()
                        .map(verdict ->
                                verdict.identity().equals(worker.get().identity()) ? with(verdict, onRecord) : verdict)
                        .toList());
    }

    private List<Evidence> read(Look look, SlashWorker worker) throws InterruptedException {
        String key = worker.options().sessionKey();
        RecordQuestion question = new RecordQuestion(
                Path.of(worker.home().path()),
                worker.process().uid(),
                Set.of(key),
                look.at().wall());
        Map<String, SessionRecord> answer = records.read(question, starts(look), AT_MOST);
        return Optional.ofNullable(answer.get(key)).map(SessionRecord::evidence).orElse(List.of());
    }

    /** Start times by the wall clock of now: good enough to tell a lease's holder from its pid's next owner. */
    private ProcessStarts starts(Look look) {
        return pid -> host.entry(pid)
                .filter(process -> !process.isZombie())
                .map(process -> startOf(look, look.table().ageOf(process)));
    }

    private static Instant startOf(Look look, Duration age) {
        return look.at().wall().minus(age);
    }

    private static Verdict with(Verdict verdict, List<Evidence> more) {
        List<Evidence> evidence = new ArrayList<>(verdict.evidence());
        evidence.addAll(more);
        return new Verdict(
                verdict.process(),
                verdict.sessionKey(),
                verdict.decision(),
                verdict.reason(),
                verdict.pending(),
                evidence,
                verdict.gates());
    }
}
