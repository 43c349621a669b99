package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.sample.Census;
import dev.hermesreaper.agent.sample.Sample;
import dev.hermesreaper.agent.sample.SampleFile;
import dev.hermesreaper.agent.sample.Samples;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.ProbeHost;
import dev.hermesreaper.agent.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The incident of 128 workers, sampled every half hour by passes that end nothing: two days until there are 128, then
 * somebody ends 109 by hand, then four hours until there are 46.
 */
final class IncidentHistory {

    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final int HALF_HOURS = 96;
    private static final int LEFT = 19;
    private static final int BACK = 46;

    private final ProbeHost host = new ProbeHost();
    private final Path state;

    IncidentHistory(Path state) {
        this.state = state;
    }

    /** Plays it, and keeps its samples in the state directory. */
    void play() throws InterruptedException {
        StateDirectory directory = StateDirectory.open(state, host.self());
        try (PassLock lock =
                PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow()) {
            SampleFile file = new SampleFile(directory, lock);
            for (int i = 0; i <= HALF_HOURS; i++) {
                keep(file, before(i));
            }
            for (int i = 0; i < 8; i++) {
                keep(file, afterwards(i));
            }
        }
    }

    /** {@code i} half hours after the beginning: two days until there are 128. */
    private static Machine before(int i) {
        double grown = (double) i / HALF_HOURS;
        Duration later = HALF_HOUR.multipliedBy(i - HALF_HOURS);
        Machine machine = new Machine(
                later,
                Machine.memory(
                        Math.round(4600 - 4413 * Math.min(1, 1.6 * grown)),
                        Math.round(81 + 3912 * Math.max(0, 2 * grown - 1))));
        ProcessEntry dashboard = machine.dashboard(8123, 2, Math.round(90 + 722 * grown));
        Map<String, Integer> sessions = new LinkedHashMap<>();
        sessions.put("20260505_104123_c8063a", grown(62, grown));
        sessions.put("20260506_072606_f58b62", grown(30, 2 * grown - 1));
        sessions.put("20260506_082737_2a52e2", grown(29, 2 * grown - 1));
        sessions.put("20260506_114839_5a88dd", grown(4, 3 * grown - 2));
        sessions.put("20260505_163042_6b92fb", grown(3, grown));
        workers(machine, dashboard, sessions, Duration.ofDays(2).multipliedBy(i).dividedBy(HALF_HOURS));
        return machine;
    }

    private static int grown(int most, double part) {
        return (int) Math.round(most * Math.max(0, part));
    }

    private static void keep(SampleFile file, Machine machine) {
        Optional<String> problem = file.keep(new Census(machine.judgement()).sample(), Optional.empty());
        if (problem.isPresent()) {
            throw new AssertionError(problem.get());
        }
    }

    /** {@code i} half hours after a minute after the incident. */
    static Machine afterwards(int i) {
        int workers = LEFT + (BACK - LEFT) * i / 8;
        Machine machine = new Machine(Duration.ofMinutes(1).plus(HALF_HOUR.multipliedBy(i)), memory(i));
        workers(machine, machine.dashboard(8123, 2, 150 + 6L * workers), sessions(workers), Duration.ofHours(5));
        return machine;
    }

    /** Workers of {@code sessions}, the oldest of each as old as {@code oldest}. */
    private static void workers(
            Machine machine, ProcessEntry dashboard, Map<String, Integer> sessions, Duration oldest) {
        int pid = 20_000;
        for (Map.Entry<String, Integer> session : sessions.entrySet()) {
            for (int n = 0; n < session.getValue(); n++) {
                Duration age = oldest.minus(oldest.multipliedBy(n).dividedBy(session.getValue() + 1));
                Doing doing = session.getKey().startsWith("turn") ? Doing.WORKING : Doing.IDLE;
                machine.worker(pid++, session.getKey(), Optional.of(dashboard), Machine.HERMES, age, doing);
            }
        }
    }

    /** In the end 15, 14, 14 and 1, and 2 that are in a turn. */
    private static Map<String, Integer> sessions(int workers) {
        Map<String, Integer> sessions = new LinkedHashMap<>();
        int stacked = workers - 3;
        sessions.put("20260506_082737_2a52e2", (stacked + 2) / 3);
        sessions.put("20260506_072606_f58b62", (stacked + 1) / 3);
        sessions.put("20260505_104123_c8063a", stacked / 3);
        sessions.put("20260507_142806_ea1f49", 1);
        sessions.put("turn-1", 1);
        sessions.put("turn-2", 1);
        return sessions;
    }

    /** 4.4 GiB available, and 95 MB less for every worker. */
    private static HostMemory memory(int i) {
        return Machine.memory(4505 - 91L * ((BACK - LEFT) * i / 8), 81);
    }

    /** What is reported at the end. */
    Past past(Machine last, Instant since) {
        Sample now = new Census(last.judgement()).sample();
        Samples samples = Samples.in(state, host.self(), since);
        return new Past(
                Observed.in(state, host.self()),
                Optional.of(new LeakHistory(since, samples, now, History.in(state, host))));
    }
}
