package dev.hermesreaper.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.process.Moment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears, over a real datagram socket. */
@EnabledOnOs(OS.LINUX)
class ServiceManagerIT {

    private static final String LISTENER =
            """
            import socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('\\0' + name[1:] if name.startswith('@') else name)
            print('bound', flush=True)
            while True:
                print(repr(s.recv(4096).decode()), flush=True)
            """;

    @TempDir
    private Path directory;

    private Duration awake = Duration.ofSeconds(1000);
    private Optional<Process> listener = Optional.empty();
    private Optional<BufferedReader> heard = Optional.empty();

    @AfterEach
    void end() {
        listener.ifPresent(Process::destroyForcibly);
    }

    private void listen(String name) throws IOException {
        Process process = new ProcessBuilder("python3", "-c", LISTENER, name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        listener = Optional.of(process);
        heard = Optional.of(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        assertThat(next()).isEqualTo("bound");
    }

    private String next() throws IOException {
        return heard.orElseThrow().readLine();
    }

    private ServiceManager manager(Map<String, String> environment) {
        return ServiceManager.in(environment, 4711, this::now).orElseThrow();
    }

    private Moment now() {
        return new Moment(awake, awake, Instant.EPOCH);
    }

    private Vitals vitals() {
        return new Vitals(
                4711,
                now(),
                Optional.empty(),
                0,
                Duration.ofSeconds(30),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void tellsASocketAtAPathThatItIsReadyReloadsAndStops() throws IOException {
        String path = directory.resolve("notify").toString();
        listen(path);
        ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", path));

        manager.configured(EffectiveConfig.defaults(), vitals());
        assertThat(next()).isEqualTo("'READY=1\\nSTATUS=Taking the first look'");

        manager.reloading();
        manager.configured(EffectiveConfig.defaults(), vitals());
        assertThat(next()).isEqualTo("'RELOADING=1\\nMONOTONIC_USEC=1000000000'");
        assertThat(next()).isEqualTo("'READY=1'");

        manager.failed("no\nproc", vitals());
        manager.failed("no\nproc", vitals());
        manager.stopped(vitals());
        assertThat(next()).isEqualTo("'STATUS=Could not look: no proc'");
        assertThat(next()).isEqualTo("'STOPPING=1\\nSTATUS=Stopped'");
    }

    @Test
    void isReadyAgainWhereTheNewConfigurationCannotBeUsed() throws IOException {
        String path = directory.resolve("notify").toString();
        listen(path);
        ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", path));
        manager.configured(EffectiveConfig.defaults(), vitals());
        next();

        manager.reloading();
        manager.complained("config.toml: unknown key", vitals());

        assertThat(next()).startsWith("'RELOADING=1");
        assertThat(next()).isEqualTo("'READY=1'");
    }

    @Test
    void beatsInTheAbstractNamespaceThreeTimesWithinTheLimit() throws IOException {
        String name = "@hermes-reaper-it-" + ProcessHandle.current().pid();
        listen(name);
        ServiceManager manager =
                manager(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711"));

        assertThat(manager.every()).isEqualTo(Duration.ofSeconds(10));
        manager.beat();
        manager.beat(); // not again so soon
        awake = awake.plusSeconds(10);
        manager.beat();
        manager.stopped(vitals());

        assertThat(next()).isEqualTo("'WATCHDOG=1'");
        assertThat(next()).isEqualTo("'WATCHDOG=1'");
        assertThat(next()).startsWith("'STOPPING=1");
    }

    @Test
    void beatsForNobodyWhereTheWatchdogIsForAnotherProcess() throws IOException {
        String path = directory.resolve("notify").toString();
        listen(path);
        ServiceManager manager =
                manager(Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1"));

        manager.beat();
        manager.stopped(vitals());

        assertThat(next()).startsWith("'STOPPING=1");
    }

    @Test
    void goesOnWhereNobodyListensOrAsked() {
        manager(Map.of("NOTIFY_SOCKET", directory.resolve("gone").toString())).stopped(vitals());

        assertThat(ServiceManager.in(Map.of(), 4711, this::now)).isEmpty();
        assertThat(ServiceManager.in(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), 4711, this::now))
                .isEmpty();
    }
}
