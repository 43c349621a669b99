package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.config.ScanConfig;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/** Words that an option takes and whose type does not name them, for the completion of shells. */
interface Candidates {

    /** Of {@code --source}. */
    final class Sources implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(ScanConfig.Source.values())
                    .map(it -> it.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    /** Of {@code --reason}. */
    final class Reasons implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return JudgePolicy.REASONS.iterator();
        }
    }
}
