package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class ClientsIT {

    /** Accepts a connection, or closes the last one, whenever it is told to, and says when that is done. */
    private static final String SERVE =
            """
            import socket
            connections = []
            ready(listening.getsockname()[1])
            for line in sys.stdin:
                if line.startswith('accept'): connections.append(listening.accept()[0])
                if line.startswith('ended'):
                    while connections[-1].recv(100): pass
                if line.startswith('fork') and os.fork() == 0:
                    connections.append(listening.accept()[0])
                    say('done')
                    while True: time.sleep(600)
                if not line.startswith('fork'): say('done')
            """;

    private static final String LISTEN = "import socket, time\nlistening = socket.create_server(('%s', 0)%s)\n";

    private final LinuxHost host;
    private final RealProcesses real = new RealProcesses();

    ClientsIT(Means means) {
        this.host = means.host();
    }

    @AfterEach
    void end() {
        real.close();
    }

    private Clients clientsOf(Spawned gateway) {
        return host.clients(host.entry(gateway.pid()).orElseThrow());
    }

    private static Socket connect(Spawned gateway, String address) throws IOException {
        return new Socket(InetAddress.getByName(address), Integer.parseInt(gateway.more(0)));
    }

    private static void tell(Spawned gateway, String what) {
        gateway.tell(what);
        gateway.next();
    }

    /** They are in one network namespace, whose connections are read once for both. */
    @Test
    void countsThoseOfTwoGatewaysApart() throws IOException {
        Spawned one = real.python(LISTEN.formatted("127.0.0.1", "") + SERVE);
        Spawned two = real.python(LISTEN.formatted("127.0.0.1", "") + SERVE);
        ProcessEntry first = host.entry(one.pid()).orElseThrow();
        ProcessEntry second = host.entry(two.pid()).orElseThrow();
        try (Socket a = connect(two, "127.0.0.1");
                Socket b = connect(two, "127.0.0.1")) {
            tell(two, "accept");
            assertThat(a.isConnected() && b.isConnected()).isTrue();

            assertThat(host.clients(List.of(first, second)))
                    .containsEntry(first, Clients.counted(0, "established connections to port " + one.more(0)))
                    .containsEntry(second, Clients.counted(2, "established connections to port " + two.more(0)));
        }
    }

    @Test
    void countsEstablishedConnectionsToItsPort() throws IOException {
        Spawned gateway = real.python(LISTEN.formatted("127.0.0.1", "") + SERVE);
        String how = "established connections to port " + gateway.more(0);

        assertThat(clientsOf(gateway)).isEqualTo(Clients.counted(0, how));
        try (Socket first = connect(gateway, "127.0.0.1")) {
            assertThat(clientsOf(gateway)).as("not accepted yet").isEqualTo(Clients.counted(1, how));
            tell(gateway, "accept");
            assertThat(clientsOf(gateway)).isEqualTo(Clients.counted(1, how));
            try (Socket second = connect(gateway, "127.0.0.1");
                    Socket third = connect(gateway, "127.0.0.1")) {
                tell(gateway, "accept");
                tell(gateway, "accept");
                assertThat(clientsOf(gateway)).isEqualTo(Clients.counted(3, how));
                assertThat(first.isConnected() && second.isConnected() && third.isConnected())
                        .isTrue();
                third.shutdownOutput();
                tell(gateway, "ended");
                assertThat(clientsOf(gateway)).as("one has hung up").isEqualTo(Clients.counted(2, how));
            }
        }
    }

    @Test
    void countsThoseOverIpv6AndMappedOnes() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/net/tcp6")), "no IPv6 here");
        Spawned gateway = real.python(LISTEN.formatted("", ", family=socket.AF_INET6, dualstack_ipv6=True") + SERVE);

        try (Socket v6 = connect(gateway, "::1");
                Socket v4 = connect(gateway, "127.0.0.1")) {
            tell(gateway, "accept");
            tell(gateway, "accept");
            assertThat(v6.isConnected() && v4.isConnected()).isTrue();
            assertThat(clientsOf(gateway).attached()).isEqualTo(2);
        }
    }

    /** The table of IPv6 is left out where none of them could be in it. */
    @Test
    void countsThoseOverIpv6BesideAGatewayWithout() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/net/tcp6")), "no IPv6 here");
        Spawned without = real.python(LISTEN.formatted("127.0.0.1", "") + SERVE);
        Spawned with = real.python(LISTEN.formatted("", ", family=socket.AF_INET6, dualstack_ipv6=True") + SERVE);

        try (Socket client = connect(with, "::1")) {
            tell(with, "accept");
            assertThat(client.isConnected()).isTrue();
            Map<ProcessEntry, Clients> clients = host.clients(List.of(
                    host.entry(without.pid()).orElseThrow(),
                    host.entry(with.pid()).orElseThrow()));
            assertThat(clients.values()).extracting(Clients::attached).containsExactlyInAnyOrder(0, 1);
        }
    }

    /** A server that drives its own browser through a port. */
    @Test
    void doesNotCountWhatAFamilySaysToItself() throws IOException {
        Spawned browser = real.python(LISTEN.formatted("127.0.0.1", "") + SERVE);
        Spawned server = real.python(
                "import socket, time\nout = socket.create_connection(('127.0.0.1', %s))\n".formatted(browser.more(0))
                        + "ready()\nwhile True: time.sleep(600)");
        tell(browser, "accept");
        ProcessEntry driven = host.entry(browser.pid()).orElseThrow();
        List<ProcessEntry> family = List.of(host.entry(server.pid()).orElseThrow());

        assertThat(host.clients(driven, List.of()).attached()).isEqualTo(1);
        assertThat(host.clients(driven, family).attached()).isZero();

        try (Socket outside = connect(browser, "127.0.0.1")) {
            assertThat(outside.isConnected()).isTrue();
            assertThat(host.clients(driven, family).attached())
                    .as("not accepted yet")
                    .isEqualTo(1);
            tell(browser, "accept");
            assertThat(host.clients(driven, family).attached()).isEqualTo(1);
        }
    }

    @Test
    void doesNotCountItsOwnConnectionsToOthers() throws IOException {
        Spawned other = real.python(LISTEN.formatted("127.0.0.1", "") + SERVE);
        Spawned gateway = real.python(LISTEN.formatted("127.0.0.1", "")
                + "out = socket.create_connection(('127.0.0.1', %s))\n".formatted(other.more(0))
                + SERVE);

        assertThat(clientsOf(gateway).attached()).isZero();
        assertThat(clientsOf(other).attached()).isEqualTo(1);
    }

    @Test
    void cannotTellThoseOfAForkedServer() throws IOException {
        Spawned gateway = real.python(LISTEN.formatted("127.0.0.1", "") + SERVE);

        try (Socket client = connect(gateway, "127.0.0.1")) {
            tell(gateway, "fork");
            assertThat(client.isConnected()).isTrue();
            assertThat(clientsOf(gateway).countable()).isFalse();
        }
    }

    @Test
    void cannotTellThoseOfAUnixSocket() {
        Spawned gateway = real.python(
                """
                import socket
                listening = socket.socket(socket.AF_UNIX)
                listening.bind('listening')
                listening.listen()
                ready()
                sys.stdin.read()
                """);

        assertThat(clientsOf(gateway)).isEqualTo(Clients.unknown("it listens on a unix socket"));
    }

    @Test
    void hasNoneWhereItListensNowhere() {
        Spawned gateway = real.python("ready()\nsys.stdin.read()\n");

        assertThat(clientsOf(gateway)).isEqualTo(Clients.NO_LISTENER);
    }
}
