package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.judge.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What Hermes has on record about a real worker's session, in a real database. */
@EnabledOnOs(OS.LINUX)
class SessionEvidenceIT {

    private static final String WRITE = "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1]);"
            + " c.execute('create table sessions (id text primary key, source text not null, started_at real not null,"
            + " ended_at real, end_reason text, parent_session_id text)');"
            + " c.execute('create table messages (session_id text, timestamp real)');"
            + " c.execute('insert into sessions values (?, ?, ?, ?, ?, null)',"
            + " (sys.argv[2], 'tui', time.time() - 900, time.time() - 600, 'tui_close')); c.commit()";

    @TempDir
    private Path home;

    private Arena arena;

    @BeforeEach
    void open() {
        arena = new Arena();
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void saysThatTheUserEndedTheSessionAndLeavesTheHomeAsItWas() throws Exception {
        String key = arena.key("ended");
        Process writer = new ProcessBuilder(
                        arena.stage().pythonExecutable().toString(),
                        "-c",
                        WRITE,
                        home.resolve("state.db").toString(),
                        key)
                .inheritIO()
                .start();
        assertThat(writer.waitFor()).isZero();
        StagedProcess worker =
                arena.stage().director().dashboard().worker(key, Part.plain().env("HERMES_HOME", home.toString()));
        List<String> before = listing();

        Verdict verdict = arena.explain(worker);

        assertThat(verdict.evidence())
                .anyMatch(evidence -> evidence.key().equals("session")
                        && evidence.value().contains("ended")
                        && evidence.value().contains("tui_close")
                        && evidence.source().contains("state.db"));
        assertThat(listing()).isEqualTo(before);
    }

    private List<String> listing() throws IOException {
        try (var files = Files.list(home)) {
            return files.sorted()
                    .map(file -> {
                        try {
                            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }
}
