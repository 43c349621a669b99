package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.record.ProcessStarts;
import dev.hermesreaper.agent.record.RecordQuestion;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.record.SessionRecords;
import dev.hermesreaper.agent.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings what Hermes has on record about the sessions of workers. Hermes writes its database all the time, and reading it
 * costs a copy, so an answer may be a few minutes old; before a signal it is asked for afresh. Whoever has no answer is
 * unknown, and kept. Keeps what it read: one for the life of a program. Not thread-safe.
 */
final class RecordReader implements RecordSource {

    /** All homes together may take so long; a look older than 30 s is not acted on. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    /** One home, on a slow disk or a hostile file, may not take all of it. */
    private static final Duration AT_MOST_A_HOME = Duration.ofSeconds(3);

    /** How old an answer may be that nobody is signalled on. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private static final int MOST_HOMES = 64;

    private final Host host;
    private final Path stateDirectory;
    private final Map<Home, Answer> answers = new LinkedHashMap<>();
    private Optional<SessionRecords> records = Optional.empty();

    /**
     * @param stateDirectory where private copies of databases go if it can be used
     */
    RecordReader(Host host, Path stateDirectory) {
        this.host = host;
        this.stateDirectory = stateDirectory;
    }

    private record Home(Path path, int ownerUid) {}

    private record Answer(Moment at, Map<String, SessionRecord> records) {}

    @Override
    public Map<ProcessIdentity, SessionRecord> of(Look look, Collection<SlashWorker> workers, Freshness freshness) {
        Map<Home, List<SlashWorker>> homes = new LinkedHashMap<>();
        Map<ProcessIdentity, SessionRecord> found = new HashMap<>();
        for (SlashWorker worker : workers) {
            if (!worker.home().known() || worker.options().sessionKey().isEmpty()) {
                continue;
            }
            if (!host.seesSameFiles(worker.process())) {
                found.put(worker.identity(), elsewhere(worker));
                continue;
            }
            Optional<Home> home = home(worker);
            if (home.isPresent()) {
                homes.computeIfAbsent(home.get(), it -> new ArrayList<>()).add(worker);
            } else {
                found.put(worker.identity(), unwritable(worker));
            }
        }
        Moment start = host.now();
        for (Map.Entry<Home, List<SlashWorker>> each : homes.entrySet()) {
            Set<String> keys = keys(each.getValue());
            Map<String, SessionRecord> answer = answer(look, each.getKey(), keys, freshness, left(start));
            for (SlashWorker worker : each.getValue()) {
                SessionRecord onRecord = answer.get(worker.options().sessionKey());
                if (onRecord != null) {
                    found.put(worker.identity(), onRecord);
                }
            }
        }
        return found;
    }

    /** A home of that name may be here too, and somebody else's: that there is no row in it would say nothing. */
    private static SessionRecord elsewhere(SlashWorker worker) {
        return unknown(
                worker,
                "process %d is in a container or has another root directory, or that cannot be told: its files are not read"
                        .formatted(worker.pid()));
    }

    private static SessionRecord unwritable(SlashWorker worker) {
        return unknown(worker, "this locale has no bytes for the name of its home; run with LC_ALL=C.UTF-8");
    }

    private static SessionRecord unknown(SlashWorker worker, String why) {
        return new SessionRecord(
                worker.home().path(),
                worker.options().sessionKey(),
                List.of(why),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** Empty where the JVM cannot write its name, as beyond ASCII in the locale of cron. */
    private static Optional<Home> home(SlashWorker worker) {
        try {
            return Optional.of(
                    new Home(Path.of(worker.home().path()), worker.process().uid()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Set<String> keys(Collection<SlashWorker> workers) {
        return workers.stream().map(worker -> worker.options().sessionKey()).collect(Collectors.toSet());
    }

    private Duration left(Moment start) {
        Duration left = AT_MOST.minus(host.now().since(start));
        return left.compareTo(AT_MOST_A_HOME) < 0 ? left : AT_MOST_A_HOME;
    }

    private Map<String, SessionRecord> answer(
            Look look, Home home, Set<String> keys, Freshness freshness, Duration atMost) {
        Optional<Answer> earlier = Optional.ofNullable(answers.get(home))
                .filter(it -> freshness == Freshness.MINUTES)
                .filter(it -> look.at().since(it.at()).compareTo(GOOD_FOR) < 0)
                .filter(it -> it.records().keySet().containsAll(keys));
        if (earlier.isPresent()) {
            return earlier.get().records();
        }
        if (atMost.isZero() || atMost.isNegative()) {
            return Map.of();
        }
        Map<String, SessionRecord> read = read(look, home, keys, atMost);
        answers.remove(home);
        answers.put(home, new Answer(look.at(), read));
        if (answers.size() > MOST_HOMES) {
            answers.remove(answers.keySet().iterator().next());
        }
        return read;
    }

    private Map<String, SessionRecord> read(Look look, Home home, Set<String> keys, Duration atMost) {
        try {
            RecordQuestion question = new RecordQuestion(
                    home.path(), home.ownerUid(), keys, look.at().wall());
            return opened().read(question, starts(look), atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever waits next ends; until then nothing is known
            return Map.of();
        }
    }

    private SessionRecords opened() {
        SessionRecords opened = records.orElseGet(() -> new SessionRecords(scratch()));
        records = Optional.of(opened);
        return opened;
    }

    /** A disk rather than memory, and ours alone; where there is no such place yet, what the system has for that. */
    private Path scratch() {
        return Files.isDirectory(stateDirectory)
                        && StateDirectory.existing(stateDirectory, host.self()).isUsable()
                ? stateDirectory
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Start times by the wall clock of now: good enough to tell a lease's holder from its pid's next owner. */
    private ProcessStarts starts(Look look) {
        return pid -> host.entry(pid)
                .filter(process -> !process.isZombie())
                .map(process -> look.at().wall().minus(look.table().ageOf(process)));
    }
}
