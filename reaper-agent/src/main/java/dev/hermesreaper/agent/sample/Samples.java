package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.state.JournalReader;
import dev.hermesreaper.agent.state.SealedLine;
import dev.hermesreaper.agent.state.StateDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples that are on record: a question, which locks and changes nothing.
 *
 * @param all oldest first; coarse ones up to where the fine ones begin
 * @param damagedLines lines that were not believed
 * @param newerLines lines that a newer version of this program wrote
 * @param problems files that could not be read, in words for the operator
 */
public record Samples(List<Sample> all, long damagedLines, long newerLines, List<String> problems) {

    /** None were ever taken. */
    public static final Samples NONE = new Samples(List.of(), 0, 0, List.of());

    public Samples {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    /** Those of {@code since} or later in {@code stateDirectory}. */
    public static Samples in(Path stateDirectory, Self self, Instant since) {
        StateDirectory directory = StateDirectory.existing(stateDirectory, self);
        Reading coarse = new Reading(directory, SampleFile.COARSE, since);
        Reading fine = new Reading(directory, SampleFile.FINE, since);
        List<Sample> all = new ArrayList<>();
        coarse.samples.stream()
                .filter(sample -> fine.samples.isEmpty()
                        || sample.at().isBefore(fine.samples.get(0).at()))
                .forEach(all::add);
        all.addAll(fine.samples);
        List<String> problems = new ArrayList<>(coarse.problems);
        fine.problems.stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
        return new Samples(all, coarse.damaged + fine.damaged, coarse.newer + fine.newer, problems);
    }

    /** Whether nothing could be read, although there may be something. */
    public boolean isUnreadable() {
        return all.isEmpty() && !problems.isEmpty();
    }

    /** These and one more, which was only just taken. */
    public List<Sample> and(Sample now) {
        List<Sample> more = new ArrayList<>(all);
        more.add(all.isEmpty() ? now : now.after(all.get(all.size() - 1)));
        return more;
    }

    private static final class Reading implements JournalReader.Lines {

        private final Instant since;
        private final List<Sample> samples = new ArrayList<>();
        private final List<String> problems;
        private long damaged;
        private long newer;

        Reading(StateDirectory directory, String name, Instant since) {
            this.since = since;
            this.problems = new JournalReader(directory, name).read(this).problems();
        }

        @Override
        public void line(String bytes) {
            switch (SealedLine.judge(bytes, SampleLine.VERSION)) {
                case SOUND -> SampleLine.read(bytes).ifPresentOrElse(this::take, this::broken);
                case DAMAGED -> damaged++;
                case NEWER -> newer++;
            }
        }

        private void take(Sample sample) {
            if (!sample.at().isBefore(since)) {
                samples.add(sample);
            }
        }

        @Override
        public void broken() {
            damaged++;
        }
    }
}
