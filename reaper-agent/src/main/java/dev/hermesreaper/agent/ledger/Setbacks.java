package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.Journal;
import dev.hermesreaper.agent.state.JournalReader;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.SealedLine;
import dev.hermesreaper.agent.state.StateDirectory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who could not be ended lately, in {@code setbacks}: so that a process the kernel holds, or will not let us signal, is not
 * tried and recorded with every pass for years. It only ever puts an attempt off, by an hour at most; a line that is lost
 * or damaged costs one attempt.
 */
public final class Setbacks {

    private static final String NAME = "setbacks";

    /** Some thousand lines; the older half is forgotten then. */
    private static final Journal.Limits LIMITS = new Journal.Limits(1 << 18, 1);

    private static final String VERSION = "1";
    private static final int FIELDS = 8;

    private final Journal journal;
    private final JournalReader reader;
    private final Map<ProcessIdentity, Setback> all = new HashMap<>();
    private boolean read;

    /**
     * @param lock held on {@code directory} whenever something is added
     */
    public Setbacks(StateDirectory directory, PassLock lock) {
        this.journal = new Journal(directory, lock, NAME, LIMITS);
        this.reader = new JournalReader(directory, NAME);
    }

    Optional<Setback> of(ProcessIdentity identity) {
        if (!read) {
            read = true;
            reader.read(new JournalReader.Lines() {
                @Override
                public void line(String bytes) {
                    parse(bytes).ifPresent(setback -> all.put(setback.identity(), setback));
                }

                @Override
                public void broken() {
                    // The end of a killed writer.
                }
            });
        }
        return Optional.ofNullable(all.get(identity)).filter(it -> it.times() > 0);
    }

    /** One more for {@code identity}. Says why it could not be kept. */
    Optional<String> add(ProcessIdentity identity, Duration now, String outcome) {
        int times = of(identity).map(Setback::times).orElse(0);
        return put(new Setback(identity, Math.min(times, 1000) + 1, now, outcome));
    }

    /** It could be ended after all, or is no longer to be. */
    Optional<String> remove(ProcessIdentity identity, Duration now) {
        return of(identity).isPresent() ? put(new Setback(identity, 0, now, "none")) : Optional.empty();
    }

    private Optional<String> put(Setback setback) {
        all.put(setback.identity(), setback);
        return journal.append(write(setback), false);
    }

    private static String write(Setback it) {
        ProcessIdentity who = it.identity();
        String body = "%s %s %d %d %d %d %s"
                .formatted(
                        VERSION,
                        who.bootId(),
                        who.pid(),
                        who.startTicks(),
                        it.times(),
                        it.last().toMillis(),
                        it.outcome());
        return body + " " + SealedLine.checksum(body);
    }

    private static Optional<Setback> parse(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS
                || !fields[0].equals(VERSION)
                || !SealedLine.checksum(line.substring(0, line.lastIndexOf(' ')))
                        .equals(fields[FIELDS - 1])) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Setback(
                    new ProcessIdentity(fields[1], Integer.parseInt(fields[2]), Long.parseLong(fields[3])),
                    Integer.parseInt(fields[4]),
                    Duration.ofMillis(Long.parseLong(fields[5])),
                    fields[6]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
