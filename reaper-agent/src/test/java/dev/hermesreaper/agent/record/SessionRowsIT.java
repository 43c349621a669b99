package dev.hermesreaper.agent.record;

import static dev.hermesreaper.agent.record.Asking.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rows say, in databases of three ages of Hermes. */
final class SessionRowsIT {

    @TempDir
    private Path directory;

    private HermesHome home;
    private Asking asking;

    @BeforeEach
    void aHome() throws IOException {
        home = new HermesHome(directory.resolve("home"));
        asking = Asking.in(directory);
    }

    @ParameterizedTest
    @CsvSource({"13, wal", "22, wal", "30, wal", "13, delete", "22, delete", "30, delete", "30, truncate", "30, persist"
    })
    void readsEverySchemaInEveryJournalMode(int schema, String journal) throws IOException, InterruptedException {
        home.schema(schema)
                .python(
                        "create('%s')".formatted(journal),
                        "session('s1', 0, 600, 'tui_close')",
                        "message('s1', 500.25)");

        SessionRecord record = asking.about("s1", home);

        assertThat(record.problems()).isEmpty();
        assertThat(record.row())
                .contains(new SessionRow("s1", at(0), Optional.of(at(600)), Optional.of("tui_close"), at(500.25)));
        assertThat(record.tip()).isEqualTo(record.row());
        assertThat(record.lastActivityAt()).contains(at(500.25));
        assertThat(record.evidence())
                .anySatisfy(fact -> assertThat(fact.value()).contains("tui_close"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tui_close", "cli_close", "session_reset", "profile_deleted", "ws_disconnect", "branched", "x"})
    void givesTheReasonOfAnEndAsItStandsThere(String reason) throws IOException, InterruptedException {
        home.python("create('wal')", "session('s1', 0, 600, '%s')".formatted(reason));

        SessionRow row = asking.about("s1", home).row().orElseThrow();

        assertThat(row.endReason()).contains(reason);
        assertThat(row.isCompressed()).isFalse();
    }

    @Test
    void readsWhatIsInTheLogOnly() throws IOException, InterruptedException {
        home.withOneSession();

        assertThat(asking.about("s1", home).row().orElseThrow().endReason()).contains("tui_close");
    }

    @Test
    void seesARowThatWasOpenedAgain() throws IOException, InterruptedException {
        home.withOneSession();
        asking.about("s1", home);
        home.python(
                "db = connect()",
                "db.execute('UPDATE sessions SET ended_at = NULL, end_reason = NULL')",
                "os._exit(0)");

        SessionRow row = asking.about("s1", home).row().orElseThrow();

        assertThat(row.endedAt()).isEmpty();
        assertThat(row.endReason()).isEmpty();
    }

    @Test
    void tellsAMissingRowFromAMissingDatabase() throws IOException, InterruptedException {
        SessionRecord nowhere = asking.about("s2", home);
        home.withOneSession();
        SessionRecord noRow = asking.about("s2", home);

        assertThat(nowhere.problems()).singleElement().asString().contains("there is no");
        assertThat(noRow.problems()).isEmpty();
        assertThat(noRow.row()).isEmpty();
        assertThat(noRow.evidence()).anySatisfy(fact -> assertThat(fact.value()).isEqualTo("no row"));
    }

    @Test
    void takesTheHeartbeatOfASessionForActivity() throws IOException, InterruptedException {
        home.withOneSession()
                .python("db = connect()", "db.execute('UPDATE sessions SET last_activity_at = ?', (T + 900,))");

        assertThat(asking.about("s1", home).lastActivityAt()).contains(at(900));
    }

    @Test
    void followsACompressionToItsTip() throws IOException, InterruptedException {
        home.python(
                "create('wal')",
                "session('s1', 0, 600, 'compression')",
                "session('delegated', 300, None, None, 's1')",
                "session('s2', 600, 1200, 'compression', 's1')",
                "session('s3', 1200.5, None, None, 's2')",
                "message('s3', 1300)");

        SessionRecord record = asking.about("s1", home);

        assertThat(record.problems()).isEmpty();
        assertThat(record.tip().orElseThrow().key()).isEqualTo("s3");
        assertThat(record.tip().orElseThrow().endedAt()).isEmpty();
        assertThat(record.lastActivityAt()).contains(at(1300));
    }

    @Test
    void endsAtACompressedSessionWithoutASuccessor() throws IOException, InterruptedException {
        home.python("create('wal')", "session('s1', 0, 600, 'compression')");

        SessionRecord record = asking.about("s1", home);

        assertThat(record.problems()).isEmpty();
        assertThat(record.tip()).isEqualTo(record.row());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session('s1', 0, 0, 'compression', 's2'); session('s2', 0, 0, 'compression', 's1')",
                "session('s1', 0, 0, 'compression', 's1')",
                "session('s1', 0, 0, 'compression'); "
                        + "[session('s%d' % i, i, i, 'compression', 's%d' % (i - 1)) for i in range(2, 150)]"
            })
    void doesNotFollowAChainWithoutAnEnd(String rows) throws IOException, InterruptedException {
        home.python("create('wal')", rows);

        assertThat(asking.about("s1", home).problems())
                .singleElement()
                .asString()
                .contains("no end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ended_at = 9e999",
                "ended_at = -9e999",
                "ended_at = 1778025600000",
                "ended_at = 'now'",
                "ended_at = x'00'",
                "started_at = 0",
                "end_reason = x'00'",
                "last_activity_at = 1e300"
            })
    void doesNotBelieveAnAbsurdValue(String change) throws IOException, InterruptedException {
        home.withOneSession().python("db = connect()", "db.execute(\"UPDATE sessions SET %s\")".formatted(change));

        SessionRecord record = asking.about("s1", home);

        assertThat(record.isKnown()).isFalse();
        assertThat(record.row()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE sessions RENAME COLUMN ended_at TO finished_at",
                "ALTER TABLE sessions RENAME COLUMN id TO session_id",
                "ALTER TABLE messages RENAME COLUMN timestamp TO at",
                "ALTER TABLE session_turn_leases RENAME COLUMN expires_at TO until",
                "DROP TABLE messages",
                "DROP TABLE sessions"
            })
    void isUnknownWhereColumnsAreMissing(String change) throws IOException, InterruptedException {
        home.withOneSession().python("db = connect()", "db.execute('%s')".formatted(change));

        assertThat(asking.about("s1", home).isKnown()).isFalse();
    }

    @Test
    void readsTheSameFilesOnlyOnce() throws IOException, InterruptedException {
        home.withOneSession().python("time.sleep(0.3)");
        assertThat(asking.about("s1", home).row()).isPresent();
        // So that no second copy could be made: the answer has to be remembered.
        assertThat(directory.resolve("scratch").toFile().delete()).isTrue();

        assertThat(asking.about("s1", home).problems()).isEmpty();
        assertThat(asking.about("s2", home).isKnown()).isFalse();
    }
}
