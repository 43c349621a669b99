package dev.hermesreaper.agent.host.oshi;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.sweep.Inspector;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oshi.SystemInfo;
import oshi.software.os.NetworkParams;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * A Mac that nobody here has: the processes of an issue's machine as OSHI would list them for its user, pipes as libproc
 * numbers them, jobs as launchctl names them, judged by the real judge over stepped time.
 */
class MacTest {

    private static final int JANE = 501;
    private static final long BOOT = 1_780_000_000L;
    private static final int ORPHAN = 8400;
    private static final int OWNED = 8101;
    private static final int DASHBOARD = 8100;

    private final Map<Integer, OSProcess> processes = new HashMap<>();
    private final Map<Integer, AtomicLong> cpuMillis = new HashMap<>();
    private final Map<Integer, Map<String, String>> environments = new HashMap<>();
    private final Map<Integer, List<End>> ends = new HashMap<>();
    private final Map<Integer, Integer> parents = new HashMap<>();
    private final List<String> jobs = new ArrayList<>(List.of("8100\t0\tai.hermes.dashboard"));
    private final Map<Integer, List<Integer>> children = new HashMap<>();
    private boolean launchctlAnswers = true;
    private boolean libprocTells = true;
    private boolean cpuTimeIsTold = true;
    private Duration up = Duration.ofDays(30);
    private Duration awake = Duration.ofDays(20);
    private Optional<Inspector> inspector = Optional.empty();

    @BeforeEach
    void capture() throws IOException {
        try (InputStream in = MacTest.class.getResourceAsStream("/tables/homebrew.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    // OSHI leaves launchd out: it is root's
                    .filter(columns -> !columns[0].equals("1"))
                    .forEach(this::start);
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
    private void pipe(int reader, int writer, long number) {
        ends.put(reader, List.of(new End(0, true, number, number + 1)));
        List<End> more = new ArrayList<>(ends.get(writer));
        more.add(new End(20 + more.size(), true, number + 1, number));
        ends.put(writer, more);
    }

    @Test
    void endsTheOrphanThatWaitsForNobodyAndNobodyElse() {
        assertThat(verdicts(look())).containsEntry(ORPHAN, "wait settling");

        Map<Integer, String> later = verdicts(after("5m1s"));

        assertThat(later).containsEntry(ORPHAN, "reap orphaned").hasSize(6);
        later.remove(ORPHAN);
        assertThat(later).allSatisfy((pid, verdict) -> assertThat(verdict).isEqualTo("keep owned"));
    }

    /** What a fork server or a wrapper in between leaves behind. */
    @Test
    void keepsAChildOfLaunchdWhoseStdinADashboardHolds() {
        pipe(ORPHAN, DASHBOARD, 0x60);

        look();

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "keep owned");
    }

    @Test
    void keepsAChildOfLaunchdWhoseStdinSomebodyUnseenHolds() {
        ends.put(ORPHAN, List.of(new End(0, true, 0x60, 0x61)));

        look();

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsWhatLaunchdStartedItself() {
        jobs.add(ORPHAN + "\t0\torg.example.worker");

        look();
        Judgement later = after("5m1s");

        assertThat(verdicts(later)).containsEntry(ORPHAN, "keep managed");
        assertThat(story(later)).contains("org.example.worker");
    }

    @Test
    void keepsEveryChildOfLaunchdWhereLaunchctlDoesNotAnswer() {
        launchctlAnswers = false;

        look();
        Judgement later = after("5m1s");

        assertThat(verdicts(later)).containsEntry(ORPHAN, "keep managed");
        assertThat(story(later)).contains("launchctl list cannot be run");
    }

    @Test
    void keepsOneThatWorksByTheTimeItRuns() {
        look();
        cpuMillis.get(ORPHAN).addAndGet(200);

        assertThat(verdicts(after("1m"))).containsEntry(ORPHAN, "keep busy");
        assertThat(verdicts(after("1m"))).as("idle since now").containsEntry(ORPHAN, "wait idling");
        assertThat(verdicts(after("3m1s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    /** Short commands are work, however far the looks are apart. */
    @Test
    void noticesACommandThatTookATenthOfASecondWithinAnHour() {
        look();
        cpuMillis.get(OWNED).addAndGet(120);

        assertThat(verdicts(after("1h"))).containsEntry(OWNED, "keep busy").containsEntry(8102, "keep unknown");
    }

    @Test
    void keepsOneThatHidesAChild() {
        children.put(ORPHAN, List.of(9999));

        look();

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsEverybodyWhereCpuTimeCannotBeBelieved() {
        cpuTimeIsTold = false;

        look();

        assertThat(verdicts(after("5m1s")))
                .allSatisfy((pid, verdict) -> assertThat(verdict).startsWith("keep "));
    }

    @Test
    void keepsOneWhoseStdinCannotBeReadAlthoughLibprocTells() {
        ends.remove(ORPHAN);

        look();

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    /** What it waits for cannot be read: it may be a command without CPU time. */
    @Test
    void givesAnOrphanThatSeemsIdleThePatienceOfOneAtWork() {
        look();

        assertThat(verdicts(after("4m59s"))).containsEntry(ORPHAN, "wait idling");
        assertThat(verdicts(after("2s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    /** An idle worker's watchdog wakes every two seconds. */
    @Test
    void countsAWatchdogsWakeUpsAsNoWork() {
        look();
        cpuMillis.get(ORPHAN).addAndGet(10);

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    @Test
    void takesAChildOfLaunchdForUnownedWhereLibprocTellsNothing() {
        libprocTells = false;

        look();
        Map<Integer, String> later = verdicts(after("5m1s"));

        assertThat(later).containsEntry(ORPHAN, "reap orphaned");
        assertThat(later).containsEntry(OWNED, "keep owned");
    }

    @Test
    void keepsOneWhoseParentIsAnothersWhereLibprocTellsNothing() {
        libprocTells = false;
        parents.put(ORPHAN, 4242);

        look();

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsOneWhoseEnvironmentTheSystemHides() {
        environments.put(ORPHAN, Map.of());

        look();

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsOneThatIsProtected() {
        environments.put(ORPHAN, Map.of("HOME", "/Users/jane", "HERMES_REAPER_KEEP", "1"));

        look();

        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "keep protected");
    }

    /** A Mac's lid: its boot clock goes on, the other one does not. */
    @Test
    void waitsAnewAfterSleep() {
        look();
        up = up.plus(Duration.ofHours(8));

        assertThat(verdicts(look())).containsEntry(ORPHAN, "wait settling");
        assertThat(verdicts(after("5m1s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    private Judgement after(String time) {
        Duration passed = Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
        up = up.plus(passed);
        awake = awake.plus(passed);
        return look();
    }

    private Judgement look() {
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

    private static Map<Integer, String> verdicts(Judgement judgement) {
        return new HashMap<>(judgement.verdicts().stream()
                .collect(Collectors.toMap(verdict -> verdict.process().pid(), MacTest::words)));
    }

    private static String words(Verdict verdict) {
        return verdict.decision().word() + " " + verdict.reason().word();
    }

    private static String story(Judgement judgement) {
        return judgement.verdicts().toString();
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
