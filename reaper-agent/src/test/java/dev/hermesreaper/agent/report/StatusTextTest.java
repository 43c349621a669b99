package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.report.ServiceState.Life;
import dev.hermesreaper.agent.state.Counts;
import dev.hermesreaper.agent.state.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final ProcessIdentity SERVICE = new ProcessIdentity("boot", 4711, 99);
    private static final Moment START =
            new Moment(Duration.ofHours(2), Duration.ofHours(2), Instant.parse("2026-05-07T12:00:00Z"));

    private static Moment after(Duration time) {
        return new Moment(
                START.sinceBoot().plus(time),
                START.awake().plus(time),
                START.wall().plus(time));
    }

    private static Status status(boolean stopped, Optional<String> configProblem, Optional<String> problem) {
        return new Status(
                SERVICE,
                "0.1.0",
                START.wall(),
                after(Duration.ofMinutes(10)),
                Duration.ofSeconds(30),
                20,
                Optional.of(
                        new Status.Pass(after(Duration.ofMinutes(10)), Duration.ofMillis(31), 128, 123, true, false)),
                new Status.Setup(
                        "reap", Duration.ofSeconds(30), Optional.of("/etc/hermes-reaper/config.toml"), configProblem),
                List.of(8123, 77),
                2,
                Optional.empty(),
                problem,
                stopped);
    }

    private static ProcessEntry process(ProcessIdentity identity, char state) {
        return new ProcessEntry(identity, 1, state, 1, 0, Argv.of("java"), Executable.UNREADABLE, "java");
    }

    private static ServiceState state(Optional<Status> status, Life life, Moment now, Optional<Pause> pause) {
        return new ServiceState(
                "vm-hermes",
                Path.of("/var/lib/hermes-reaper"),
                now,
                status,
                life,
                pause,
                Counts.NONE,
                Optional.empty());
    }

    /** A user asks, and it is root's service that runs. */
    @Test
    void namesTheServiceOfTheMachineWhereThereIsNoneOfTheUser() {
        ServiceState state = new ServiceState(
                "vm-hermes",
                Path.of("/home/jane/.local/state/hermes-reaper"),
                after(Duration.ZERO),
                Optional.empty(),
                Life.NONE,
                Optional.empty(),
                Counts.NONE,
                Optional.of(Path.of("/var/lib/hermes-reaper")));

        assertThat(StatusText.render(state, Layout.of(120)))
                .startsWith("vm-hermes   NO SERVICE   no service has run with this state directory")
                .contains(
                        "The service of this machine is, or was, another one, its state is in /var/lib/hermes-reaper: sudo"
                                + " hermes-reaper status.");
    }

    @Test
    void showsWhatALivingServiceDoes() {
        ServiceState state = state(
                Optional.of(status(false, Optional.empty(), Optional.empty())),
                Life.RUNNING,
                after(Duration.ofSeconds(612)),
                Optional.empty());

        assertThat(StatusText.render(state, Layout.of(120)))
                .isEqualTo(
                        """
                        vm-hermes   RUNNING   hermes-reaperd 0.1.0, pid 4711   for 10m 12s

                        last pass  12s ago: 128 workers, 123 leaked, took 31ms; 20 passes since it began
                        next pass  in 18s, or as soon as a process it watches ends
                        watches    the end of process 77, 8123
                        mode       reap, a safety sweep every 30s
                        config     /etc/hermes-reaper/config.toml
                        state      /var/lib/hermes-reaper
                        """);
    }

    @Test
    void saysWhatIsWrong() {
        ServiceState state = state(
                Optional.of(status(
                        false,
                        Optional.of("/etc/hermes-reaper/config.toml:3: unknown key \u001b[31m"),
                        Optional.of("cannot look"))),
                Life.OVERDUE,
                after(Duration.ofMinutes(15)),
                Optional.of(Pause.of("alice", Instant.EPOCH, Instant.parse("2026-05-07T13:00:00Z"))));

        assertThat(StatusText.render(state, Layout.of(200)))
                .contains("vm-hermes   OVERDUE", "4m 30s late")
                .contains("PAUSED", "until 2026-05-07 13:00:00 UTC by alice")
                .contains("CONFIG     /etc/hermes-reaper/config.toml:3: unknown key \\x1b[31m. The last configuration")
                .contains("PROBLEM    cannot look");
        assertThat(StatusJson.render(state)).contains("\"life\": \"overdue\"", "\"alive\": true", "\"by\": \"alice\"");
    }

    @Test
    void believesOnlyThatVeryProcess() {
        Optional<Status> status = Optional.of(status(false, Optional.empty(), Optional.empty()));
        Moment now = after(Duration.ofSeconds(612));

        assertThat(ServiceState.life(status, Optional.of(process(SERVICE, 'S')), now))
                .isEqualTo(Life.RUNNING);
        assertThat(ServiceState.life(status, Optional.of(process(SERVICE, 'Z')), now))
                .isEqualTo(Life.DIED);
        assertThat(ServiceState.life(status, Optional.of(process(new ProcessIdentity("boot", 4711, 100), 'S')), now))
                .isEqualTo(Life.DIED);
        assertThat(ServiceState.life(
                        status, Optional.of(process(new ProcessIdentity("id over id", 4711, 99), 'S')), now))
                .isEqualTo(Life.RUNNING);
        assertThat(ServiceState.life(status, Optional.empty(), now)).isEqualTo(Life.DIED);
        assertThat(ServiceState.life(
                        Optional.of(status(true, Optional.empty(), Optional.empty())), Optional.empty(), now))
                .isEqualTo(Life.STOPPED);
        assertThat(ServiceState.life(Optional.empty(), Optional.empty(), now)).isEqualTo(Life.NONE);
    }

    @Test
    void isOverdueAMinuteAfterItsPassWasDueAndSleepDoesNotCount() {
        Optional<Status> status = Optional.of(status(false, Optional.empty(), Optional.empty()));
        Optional<ProcessEntry> process = Optional.of(process(SERVICE, 'S'));
        Moment due = after(Duration.ofSeconds(630));
        Moment slept = new Moment(
                due.sinceBoot().plusSeconds(7200), due.awake(), due.wall().plusSeconds(7200));

        assertThat(ServiceState.life(status, process, after(Duration.ofSeconds(690))))
                .isEqualTo(Life.RUNNING);
        assertThat(ServiceState.life(status, process, after(Duration.ofSeconds(691))))
                .isEqualTo(Life.OVERDUE);
        assertThat(ServiceState.life(status, process, slept)).isEqualTo(Life.RUNNING);
    }
}
