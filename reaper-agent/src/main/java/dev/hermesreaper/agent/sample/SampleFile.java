package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.state.Journal;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.SealedLine;
import dev.hermesreaper.agent.state.StateDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The samples on disk: {@code samples.jsonl} takes one a minute and two whenever something was ended, {@code
 * samples-coarse.jsonl} one in half an hour. Both are rotated by size, so that together they stay below 3 MiB: with one
 * gateway the last ten hours or so finely, and more than a month coarsely.
 */
public final class SampleFile {

    static final String FINE = "samples.jsonl";
    static final String COARSE = "samples-coarse.jsonl";

    /** A minute and half an hour; a little less, so that a pass which is early by a moment is not left out. */
    private static final Duration FINELY = Duration.ofSeconds(55);

    private static final Duration COARSELY = Duration.ofMinutes(29);

    private static final Journal.Limits FINE_LIMITS = new Journal.Limits(384L << 10, 1);
    private static final Journal.Limits COARSE_LIMITS = new Journal.Limits(1L << 20, 1);

    private final Journal fine;
    private final Journal coarse;

    /**
     * @param lock held on {@code directory} whenever something is kept
     */
    public SampleFile(StateDirectory directory, PassLock lock) {
        this.fine = new Journal(directory, lock, FINE, FINE_LIMITS);
        this.coarse = new Journal(directory, lock, COARSE, COARSE_LIMITS);
    }

    /**
     * Keeps what a pass saw, where the last sample is old enough.
     *
     * @param seen what it judged
     * @param left what it left, if it ended anything: that is always kept
     * @return what went wrong, e.g. a full disk, in words for the operator
     */
    public Optional<String> keep(Sample seen, Optional<Sample> left) {
        Optional<Sample> last = last(fine);
        if (left.isEmpty() && !isDue(seen, last, FINELY)) {
            return Optional.empty();
        }
        List<Sample> samples = new ArrayList<>();
        samples.add(last.isPresent() ? seen.after(last.get()) : seen);
        if (left.isPresent()) {
            samples.add(last.isPresent() ? left.get().after(last.get()) : left.get());
        }
        Optional<String> problem = Optional.empty();
        for (Sample sample : samples) {
            problem = problem.isPresent() ? problem : fine.append(SampleLine.write(sample), false);
        }
        Sample newest = samples.get(samples.size() - 1);
        if (problem.isEmpty() && isDue(newest, last(coarse), COARSELY)) {
            problem = coarse.append(SampleLine.write(newest), false);
        }
        return problem;
    }

    /** Time since boot tells, where both are of this boot: the wall clock may step. */
    private static boolean isDue(Sample sample, Optional<Sample> last, Duration interval) {
        if (last.isEmpty() || !last.get().bootId().equals(sample.bootId())) {
            return true;
        }
        Duration passed = sample.since(last.get());
        return passed.isNegative() || passed.compareTo(interval) >= 0;
    }

    private static Optional<Sample> last(Journal journal) {
        Optional<String> line = journal.last();
        return line.isPresent() && SealedLine.judge(line.get(), SampleLine.VERSION) == SealedLine.Kind.SOUND
                ? SampleLine.read(line.get())
                : Optional.empty();
    }
}
