package dev.hermesreaper.agent.record;

import static dev.hermesreaper.agent.record.Asking.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who says that a session is in use. Process 42 lives since the epoch of the tests, and it is an hour later. */
final class LeaseIT {

    @TempDir
    private Path directory;

    private HermesHome home;
    private Asking asking;

    @BeforeEach
    void aHome() throws IOException, InterruptedException {
        home = new HermesHome(directory.resolve("home")).withOneSession();
        asking = Asking.in(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"session_id\":\"s1\",\"pid\":42,\"process_start_time\":1778025601.3}', 1",
        "'{\"session_id\":\"s1\",\"pid\":42}', 1",
        "'{\"session_id\":\"s1\",\"pid\":42,\"process_start_time\":1778020000}', 0",
        "'{\"session_id\":\"s1\",\"pid\":42,\"process_start_time\":1778020000,\"updated_at\":1778025500}', 0",
        "'{\"session_id\":\"s1\",\"pid\":42,\"process_start_time\":1778020000,\"updated_at\":1778026000}', 1",
        "'{\"session_id\":\"s1\",\"pid\":43,\"process_start_time\":1778025600}', 0",
        "'{\"session_id\":\"s2\",\"pid\":42,\"process_start_time\":1778025600}', 0",
    })
    void aClaimHoldsWhileTheProcessThatMadeItLives(String entry, int leases) throws IOException, InterruptedException {
        claims("{\"entries\":[%s]}".formatted(entry));

        SessionRecord record = asking.about("s1", home);

        assertThat(record.problems()).isEmpty();
        assertThat(record.leases()).hasSize(leases);
        assertThat(record.leases()).allSatisfy(it -> assertThat(it.kind()).isEqualTo(Lease.Kind.ACTIVE_SESSION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"entries\":{}}",
                "{\"entries\":[1]}",
                "{\"entries\":[[]]}",
                "{\"entries\":[{}]}",
                "{\"entries\":[{\"session_id\":\"s1\"}]}",
                "{\"entries\":[{\"pid\":42}]}",
                "{\"entries\":[{\"session_id\":[],\"pid\":42}]}",
                "{\"entries\":[{\"session_id\":\"s1\",\"pid\":\"42\"}]}",
                "{\"entries\":[{\"session_id\":\"s1\",\"pid\":42,\"process_start_time\":1e999}]}",
                "{\"entries\":[{\"session_id\":\"s1\",\"pid\":42,\"process_start_time\":NaN}]}",
                "{\"entries\":[{\"session_id\":\"s1\",\"pid\":4"
            })
    void isUnknownWhereTheClaimsAreNotWhatHermesWrites(String text) throws IOException, InterruptedException {
        claims(text);

        SessionRecord record = asking.about("s1", home);

        assertThat(record.isKnown()).isFalse();
        assertThat(record.row()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"", " "})
    void isUnknownWhereTheClaimsAreDeepOrLong(String piece) throws IOException, InterruptedException {
        claims("{\"entries\":" + piece.repeat(100_000));
        SessionRecord deep = asking.about("s1", home);
        claims(piece.repeat(3_000_000));
        SessionRecord large = asking.about("s1", home);

        assertThat(deep.isKnown()).isFalse();
        assertThat(large.isKnown()).isFalse();
    }

    @Test
    void aTurnHoldsUntilItExpiresAlsoInTheNameOfTheFirstOfItsChain() throws IOException, InterruptedException {
        home.python(
                "db = connect()",
                "session('s0', -100, -50, 'compression')",
                "db.execute(\"UPDATE sessions SET parent_session_id = 's0' WHERE id = 's1'\")",
                "db.execute(\"INSERT INTO session_turn_leases VALUES ('s0', 'pid=42:turn=x', ?, ?)\", (T, T + 3601))",
                "db.execute(\"INSERT INTO session_turn_leases VALUES ('s1', 'pid=42:turn=y', ?, ?)\", (T, T + 3599))");

        List<Lease> leases = asking.about("s1", home).leases();

        assertThat(leases).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(Lease.Kind.TURN);
            assertThat(it.key()).isEqualTo("s0");
            assertThat(it.holder()).isEqualTo("pid=42:turn=x");
        });
    }

    @Test
    void aHeartbeatCountsWhileFreshAndOfALivingProcess() throws IOException, InterruptedException {
        home.python(
                "db = connect()",
                "beat = lambda b, pid, at: db.execute('INSERT INTO gateway_heartbeats VALUES (?, ?, ?, ?, ?, ?)',"
                        + " (b, pid, T, T + at, 'p', 'h'))",
                "beat('fresh', 42, 3500); beat('stale', 42, 3400); beat('dead', 43, 3500); beat('absurd', -1, 3500)",
                "beat('before its process', 42, -1000)");

        assertThat(asking.about("s1", home).heartbeats()).containsExactly(new Heartbeat(42, "fresh", at(3500)));
    }

    private void claims(String text) throws IOException {
        Path runtime = Files.createDirectories(home.path().resolve("runtime"));
        Files.writeString(runtime.resolve("active_sessions.json"), text, StandardCharsets.UTF_8);
    }
}
