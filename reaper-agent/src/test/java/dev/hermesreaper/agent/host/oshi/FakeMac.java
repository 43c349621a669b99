package dev.hermesreaper.agent.host.oshi;

import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.oshi.OpenEnds.End;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Jurisdiction;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.Inspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import oshi.SystemInfo;
import oshi.software.os.NetworkParams;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * A Mac that nobody here has: the processes of an issue's machine as OSHI would list them for its user, pipes as libproc
 * numbers them, jobs as launchctl names them, judged by the real judge over stepped time.
 */
final class FakeMac {

    private static final int JANE = 501;
    private static final long BOOT = 1_780_000_000L;
    static final int ORPHAN = 8400;
    static final int OWNED = 8101;
    static final int DASHBOARD = 8100;

    private final Map<Integer, OSProcess> processes = new HashMap<>();
    final Map<Integer, AtomicLong> cpuMillis = new HashMap<>();
    final Map<Integer, Map<String, String>> environments = new HashMap<>();
    final Map<Integer, List<End>> ends = new HashMap<>();
    final Map<Integer, Integer> parents = new HashMap<>();
    final List<String> jobs = new ArrayList<>(List.of("8100\t0\tai.hermes.dashboard"));
    final Map<Integer, List<Integer>> children = new HashMap<>();
    boolean launchctlAnswers = true;
    boolean libprocTells = true;
    boolean cpuTimeIsTold = true;
    private Duration up = Duration.ofDays(30);
    private Duration awake = Duration.ofDays(20);
    private Optional<Inspector> inspector = Optional.empty();

    FakeMac() {
        try (InputStream in = FakeMac.class.getResourceAsStream("/tables/homebrew.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    // OSHI leaves launchd out: it is root's
                    .filter(columns -> !columns[0].equals("1"))
                    .forEach(this::start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pipe(OWNED, DASHBOARD, 0x10);
        pipe(8102, DASHBOARD, 0x20);
        pipe(8301, 8300, 0x30);
        pipe(8502, 8501, 0x40);
        ends.put(ORPHAN, List.of(new End(0, true, 0x50, 0), new End(2, false, 0, 0)));
    }

    private void start(String... columns) {
        int pid = Integer.parseInt(columns[0]);
        parents.put(pid, Integer.parseInt(columns[1]));
        cpuMillis.put(pid, new AtomicLong(4000));
        environments.put(pid, Map.of("HOME", "/Users/jane"));
        OSProcess process = mock(OSProcess.class);
        when(process.getProcessID()).thenReturn(pid);
        when(process.getParentProcessID()).thenAnswer(call -> parents.get(pid));
        when(process.getStartTime())
                .thenReturn(BOOT * 1000 + up.minus(age(columns[2])).toMillis());
        when(process.getPath()).thenReturn(columns[3]);
        when(process.getArguments()).thenReturn(Arrays.asList(columns).subList(4, columns.length));
        when(process.getName()).thenReturn(columns[3].substring(columns[3].lastIndexOf('/') + 1));
        when(process.getUserID()).thenReturn(Integer.toString(JANE));
        when(process.getState()).thenReturn(OSProcess.State.SLEEPING);
        when(process.getThreadCount()).thenReturn(3);
        when(process.getUserTime()).thenAnswer(call -> cpuMillis.get(pid).get());
        when(process.getEnvironmentVariables()).thenAnswer(call -> environments.get(pid));
        processes.put(pid, process);
        ends.put(pid, List.of(new End(0, false, 0, 0)));
    }

    private static Duration age(String text) {
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return text.endsWith("d") ? Duration.ofDays(count) : Duration.ofHours(count);
    }

    /** {@code writer} holds the other end of what {@code reader} reads. */
    void pipe(int reader, int writer, long number) {
        ends.put(reader, List.of(new End(0, true, number, number + 1)));
        List<End> more = new ArrayList<>(ends.get(writer));
        more.add(new End(20 + more.size(), true, number + 1, number));
        ends.put(writer, more);
    }

    /** Its lid is shut for so long: the boot clock goes on, the other one does not. */
    void sleep(Duration time) {
        up = up.plus(time);
    }

    /** One look, so much later. */
    Judgement after(String time) {
        Duration passed = Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
        up = up.plus(passed);
        awake = awake.plus(passed);
        return look();
    }

    /** One look now, which knows what those before it saw. */
    Judgement look() {
        if (inspector.isEmpty()) {
            Config config = Config.defaults();
            inspector = Optional.of(new Inspector(
                    new Lookout(host()),
                    new Judge(config.judge(), jurisdiction(config)),
                    (look, workers, freshness) -> Map.of(),
                    look -> Sightings.NONE));
        }
        return inspector.get().look();
    }

    private static Jurisdiction jurisdiction(Config config) {
        return new Jurisdiction(
                false,
                Set.of(JANE),
                false,
                Set.of(),
                Set.of(),
                Set.copyOf(config.protect().environment()));
    }

    private Host host() {
        OperatingSystem os = mock(OperatingSystem.class);
        when(os.getSystemBootTime()).thenReturn(BOOT);
        when(os.getProcesses()).thenAnswer(call -> List.copyOf(processes.values()));
        when(os.getProcess(anyInt())).thenAnswer(call -> processes.get(call.<Integer>getArgument(0)));
        NetworkParams network = mock(NetworkParams.class);
        when(network.getHostName()).thenReturn("janes-mac");
        when(os.getNetworkParams()).thenReturn(network);
        SystemInfo system = mock(SystemInfo.class, RETURNS_DEEP_STUBS);
        when(system.getOperatingSystem()).thenReturn(os);
        Set<String> variables = Set.of("HOME", "HERMES_HOME", "HERMES_REAPER_KEEP");
        return new OshiHost(
                new OshiMachine(system),
                variables,
                Optional.of(new Mac(
                        libprocTells ? Optional.of(new Ends()) : Optional.empty(), this::launchctl, cpuTimeIsTold)),
                () -> new Moment(up, awake, Instant.ofEpochSecond(BOOT).plus(up)));
    }

    private Optional<List<String>> launchctl(String... words) {
        return launchctlAnswers ? Optional.of(words[0].equals("list") ? jobs : List.of()) : Optional.empty();
    }

    private final class Ends implements OpenEnds {
        @Override
        public Optional<List<End>> of(int pid) {
            return Optional.ofNullable(ends.get(pid));
        }

        @Override
        public List<Integer> children(int pid) {
            return children.getOrDefault(pid, List.of());
        }
    }
}
