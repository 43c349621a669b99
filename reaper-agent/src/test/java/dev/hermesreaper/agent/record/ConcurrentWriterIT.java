package dev.hermesreaper.agent.record;

import static dev.hermesreaper.agent.record.Asking.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reading under a writer that never rests is right or unknown. */
final class ConcurrentWriterIT {

    private static final int READINGS = 200;

    @TempDir
    private Path directory;

    /**
     * Every transaction writes a message and the row, both with its number: a reading that mixes two transactions shows.
     * Between them the writer rewrites much of the file, and begins its log anew every few pages.
     */
    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void neverMixesTwoTransactions(String journal) throws IOException, InterruptedException {
        HermesHome home = new HermesHome(directory.resolve("home"));
        home.python("create('%s')".formatted(journal), "session('s1', 0, 1, 'x')", "message('s1', 1)");
        Process writer = home.start(
                "db = connect()",
                "db.execute('PRAGMA wal_autocheckpoint=20')",
                "db.execute('PRAGMA synchronous=OFF')",
                "print('ready', flush=True)",
                "i = 1",
                "while os.getppid() != 1:",
                "    i += 1",
                "    db.execute('BEGIN')",
                "    db.execute('UPDATE messages SET timestamp = ?, content = ?', (T + i, 'x' * (i * 97 % 60000)))",
                "    db.execute('UPDATE sessions SET ended_at = ?, system_prompt = ?', (T + i, 'y' * (i * 31 % 9000)))",
                "    db.execute('COMMIT')",
                "    time.sleep(0.002)");
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("ready");
            Asking asking = Asking.in(directory);
            int known = 0;

            for (int i = 0; i < READINGS; i++) {
                SessionRecord record = asking.about("s1", home);
                if (record.isKnown()) {
                    known++;
                    SessionRow row = record.row().orElseThrow();
                    assertThat(row.endedAt()).contains(row.lastActivityAt());
                    assertThat(row.lastActivityAt()).isAfterOrEqualTo(at(1));
                } else {
                    assertThat(record.problems())
                            .singleElement()
                            .asString()
                            .containsAnyOf("kept changing", "transaction");
                }
            }

            assertThat(known).isPositive();
            assertThat(asking.leftBehind()).isZero();
        } finally {
            writer.destroyForcibly();
        }
    }
}
