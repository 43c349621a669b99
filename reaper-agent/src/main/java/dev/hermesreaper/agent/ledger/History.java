package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.state.JournalReader;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.StateDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What the ledger tells, through all its files, one act at a time: a question, which locks and changes nothing. */
public final class History {

    private final StateDirectory directory;
    private final boolean passRuns;

    private History(StateDirectory directory, boolean passRuns) {
        this.directory = directory;
        this.passRuns = passRuns;
    }

    /** The history kept in {@code stateDirectory}. */
    public static History in(Path stateDirectory, Host host) {
        StateDirectory directory = StateDirectory.existing(stateDirectory, host.self());
        return new History(directory, PassLock.running(directory, host).isPresent());
    }

    /**
     * How reading went.
     *
     * @param file the ledger that was read, or looked for
     * @param files how many files it had, rotated ones included
     * @param damagedLines lines that were not believed
     * @param newerLines lines that a newer version of this program wrote
     * @param problems files that could not be read, in words for the operator
     */
    public record Reading(Path file, int files, long damagedLines, long newerLines, List<String> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }

        /** Whether nothing could be read, although there may be something. */
        public boolean isUnreadable() {
            return files == 0 && !problems.isEmpty();
        }
    }

    /** Hands over every act that was heard of at {@code since} or later, oldest first, in the order of their outcomes. */
    public Reading read(Instant since, Consumer<Act> each) {
        Counting counting = new Counting(new Pairing(act -> {
            if (!act.latest().isBefore(since)) {
                each.accept(act);
            }
        }));
        JournalReader.Read read = new JournalReader(directory, LedgerFile.NAME).read(counting);
        counting.pairing.close(passRuns ? Ending.UNDER_WAY : Ending.INTERRUPTED);
        return new Reading(
                directory.path().resolve(LedgerFile.NAME),
                read.files(),
                counting.damaged,
                counting.newer,
                read.problems());
    }

    private static final class Counting implements JournalReader.Lines {

        private final Pairing pairing;
        private long damaged;
        private long newer;

        Counting(Pairing pairing) {
            this.pairing = pairing;
        }

        @Override
        public void line(String bytes) {
            LineReader.Line line = LineReader.read(bytes);
            switch (line.kind()) {
                case ENTRY -> line.entry().ifPresent(pairing::take);
                case DAMAGED -> damaged++;
                case NEWER -> newer++;
            }
        }

        @Override
        public void broken() {
            damaged++;
        }
    }
}
