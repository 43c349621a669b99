package dev.hermesreaper.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases made to hold us up, fill our memory, or run something: unknown, and soon. */
@Timeout(60)
final class HostileDatabaseIT {

    private static final String ENDLESS =
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT 's1' AS id, x AS started_at,"
                    + " x AS ended_at, 'tui_close' AS end_reason FROM n WHERE x < 0";

    @TempDir
    private Path directory;

    private HermesHome home;
    private Asking asking;

    @BeforeEach
    void aHome() throws IOException {
        home = new HermesHome(directory.resolve("home"));
        asking = Asking.in(directory);
    }

    private static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of(
                        "an endless view",
                        "db.execute('DROP TABLE sessions'); db.execute(\"CREATE VIEW sessions AS %s\")"
                                .formatted(ENDLESS),
                        "not a plain table"),
                Arguments.of(
                        "an endless view of messages",
                        "db.execute('DROP TABLE messages'); db.execute(\"CREATE VIEW messages AS %s\")"
                                .formatted(ENDLESS),
                        "not a plain table"),
                Arguments.of(
                        "a virtual table",
                        "db.execute('DROP TABLE sessions'); db.execute('CREATE VIRTUAL TABLE sessions USING"
                                + " fts5(id, started_at, ended_at, end_reason)')",
                        "not a plain table"),
                Arguments.of(
                        "a generated column",
                        "db.execute('ALTER TABLE sessions RENAME ended_at TO e'); db.execute(\"ALTER TABLE sessions ADD"
                                + " COLUMN ended_at REAL AS (length(hex(zeroblob(100000000))))\")",
                        "tables and columns"),
                Arguments.of(
                        "a text of 20 MB for a reason",
                        "db.execute('UPDATE sessions SET end_reason = ?', ('x' * 20000000,))",
                        "too big"),
                Arguments.of(
                        "a schema that does not parse",
                        "db.execute('PRAGMA writable_schema=ON');"
                                + " db.execute(\"UPDATE sqlite_schema SET sql = 'CREATE TABLE nonsense' WHERE name = 'messages'\")",
                        "malformed"),
                Arguments.of(
                        "two tables of one name",
                        "db.execute('PRAGMA writable_schema=ON'); db.execute(\"INSERT INTO sqlite_schema SELECT type, name,"
                                + " tbl_name, rootpage, sql FROM sqlite_schema WHERE name = 'messages'\")",
                        ""),
                Arguments.of(
                        "a root page that is another's",
                        "db.execute('PRAGMA writable_schema=ON');"
                                + " db.execute(\"UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'sessions'\")",
                        ""),
                Arguments.of(
                        "a view over the schema's name",
                        "db.execute('DROP TABLE messages'); db.execute('CREATE VIEW messages AS SELECT 1 AS session_id,"
                                + " 1 AS timestamp')",
                        "not a plain table"),
                Arguments.of(
                        "fifty thousand heartbeats",
                        "db.execute('BEGIN'); [db.execute('INSERT INTO gateway_heartbeats VALUES (?, 1, ?, ?, NULL, NULL)',"
                                + " (str(i), T, T)) for i in range(50000)]; db.execute('COMMIT')",
                        "too many rows"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isUnknownAndLeavesNothing(String name, String script, String says) throws IOException, InterruptedException {
        home.python("create('wal'); session('s1', 0, 600, 'tui_close')", script + "; db.close()");
        Map<String, String> before = home.portrait();

        SessionRecord record = asking.about("s1", home);

        assertThat(record.isKnown()).isFalse();
        assertThat(String.join("; ", record.problems())).contains(says);
        assertThat(home.portrait()).isEqualTo(before);
        assertThat(asking.leftBehind()).isZero();
    }

    /** What Hermes itself writes can be large; it stands in columns nobody asks for. */
    @Test
    void readsBesideALargeText() throws IOException, InterruptedException {
        home.python(
                "create('wal'); session('s1', 0, 600, 'tui_close'); message('s1', 500)",
                "db.execute('UPDATE sessions SET system_prompt = ?', ('x' * 20000000,))",
                "db.execute('UPDATE messages SET content = ?', ('x' * 20000000,))",
                "db.execute('DROP INDEX idx_messages_session')");

        assertThat(asking.about("s1", home).problems()).isEmpty();
    }

    /** A question costs what the owner of the file wants: here the rows of one session, read without an index. */
    @Test
    void stopsWhenNobodyWaitsAnyMore() throws IOException, InterruptedException {
        home.python(
                "create('wal'); session('s1', 0, 600, 'tui_close')",
                "db.execute('DROP INDEX idx_messages_session')",
                "db.execute(\"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 3000000)"
                        + " INSERT INTO messages (session_id, role, timestamp) SELECT 's1', 'u', 1778025600 + x / 1e6 FROM n\")",
                "db.close()");
        Asking other = Asking.in(Files.createDirectory(directory.resolve("other")));

        SessionRecord late = other.about("s1", home, Duration.ofMillis(100));
        SessionRecord next = other.about("s1", home, Duration.ofMillis(100));
        SessionRecord patient = asking.about("s1", home);

        assertThat(late.problems()).singleElement().asString().contains("took longer than 100 ms");
        assertThat(next.isKnown()).isFalse();
        assertThat(patient.isKnown()).isTrue();
    }
}
