package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.sample.Forecast;
import dev.hermesreaper.agent.sample.Growth;
import dev.hermesreaper.agent.sample.Relief;
import dev.hermesreaper.agent.sample.Sample;
import dev.hermesreaper.agent.sample.Samples;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How the leak went since some moment, up to one look: from what passes sampled, and what the ledger has on record.
 */
public final class LeakHistory {

    /** Acts that are shown one by one. */
    static final int LISTED = 200;

    private final Instant since;
    private final Samples read;
    private final List<Sample> samples;
    private final HistoryTotals totals = new HistoryTotals();
    private final Deque<Act> last = new ArrayDeque<>();
    private final History.Reading ledger;

    /**
     * @param since what was asked from
     * @param read the samples on record since then
     * @param now the look that is reported on, as a sample
     * @param acts reads the acts since then
     */
    public LeakHistory(Instant since, Samples read, Sample now, History acts) {
        this.since = since;
        this.read = read;
        this.samples = read.and(now);
        this.ledger = acts.read(since, this::take);
    }

    private void take(Act act) {
        totals.add(act);
        last.addLast(act);
        if (last.size() > LISTED) {
            last.removeFirst();
        }
    }

    Instant since() {
        return since;
    }

    /** When the first sample was taken. */
    Instant from() {
        return samples.get(0).at();
    }

    Instant until() {
        return now().at();
    }

    /** What was seen only just now. */
    Sample now() {
        return samples.get(samples.size() - 1);
    }

    /** Oldest first, the last is of now; never empty. */
    List<Sample> samples() {
        return samples;
    }

    /** Whether no pass has left a sample in that time. */
    boolean isEmpty() {
        return samples.size() < 2;
    }

    Growth leaked() {
        return Growth.ofLeaked(samples);
    }

    Growth workers() {
        return Growth.ofWorkers(samples);
    }

    List<GatewayGrowth> gateways() {
        return GatewayGrowth.of(samples);
    }

    List<Relief> reliefs() {
        return Relief.in(samples);
    }

    List<Forecast> forecasts() {
        return Forecast.of(samples);
    }

    HistoryTotals totals() {
        return totals;
    }

    /** The last {@value #LISTED} acts, oldest first. */
    List<Act> acts() {
        return List.copyOf(last);
    }

    /** Numbers of workers as they rose and fell: the first, those around every fall, and now. */
    List<Integer> course() {
        List<Integer> course = new ArrayList<>(List.of(samples.get(0).workers()));
        for (Relief relief : reliefs()) {
            turn(course, relief.workersBefore());
            turn(course, relief.workersAfter());
        }
        turn(course, now().workers());
        return course;
    }

    private static void turn(List<Integer> course, int workers) {
        if (course.get(course.size() - 1) != workers) {
            course.add(workers);
        }
    }

    long damagedLines() {
        return read.damagedLines() + ledger.damagedLines();
    }

    long newerLines() {
        return read.newerLines() + ledger.newerLines();
    }

    /** What could not be read, in words for the operator. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(read.problems());
        ledger.problems().stream()
                .filter(problem -> !problems.contains(problem))
                .forEach(problems::add);
        return problems;
    }

    /** Whether nothing could be read, although there may be something. */
    public boolean isUnreadable() {
        return read.isUnreadable() || ledger.isUnreadable();
    }
}
