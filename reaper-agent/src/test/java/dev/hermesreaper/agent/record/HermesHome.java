package dev.hermesreaper.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A home with a database that real Python has written, as Hermes does. Times in scripts count from {@link #EPOCH}. */
final class HermesHome {

    /** 2026-05-06T00:00:00Z. */
    static final long EPOCH = 1_778_025_600;

    /** Tables of schema 13, 22 and 30, as far as they matter here. */
    private static final String PRELUDE =
            """
            import os, sqlite3, sys, time, json
            home, schema, T = sys.argv[1], int(sys.argv[2]), %d
            path = home + '/state.db'
            def connect():
                return sqlite3.connect(path, isolation_level=None)
            def create(journal):
                global db
                db = connect()
                db.execute('PRAGMA journal_mode=' + journal)
                columns = '''id TEXT PRIMARY KEY, source TEXT NOT NULL, model TEXT, system_prompt TEXT,
                    parent_session_id TEXT, started_at REAL NOT NULL, ended_at REAL, end_reason TEXT,
                    message_count INTEGER DEFAULT 0, FOREIGN KEY (parent_session_id) REFERENCES sessions(id)'''
                if schema >= 22:
                    columns = columns.replace('message_count', 'session_key TEXT, cwd TEXT, message_count')
                if schema >= 30:
                    columns = columns.replace('message_count', 'last_activity_at REAL, pinned INTEGER, message_count')
                db.execute('CREATE TABLE schema_version (version INTEGER NOT NULL)')
                db.execute('INSERT INTO schema_version VALUES (?)', (schema,))
                db.execute('CREATE TABLE sessions (' + columns + ')')
                db.execute('''CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL,
                    role TEXT NOT NULL, content TEXT, timestamp REAL NOT NULL)''')
                db.execute('CREATE INDEX idx_messages_session ON messages(session_id, timestamp)')
                if schema >= 30:
                    db.execute('''CREATE TABLE gateway_heartbeats (backend_id TEXT PRIMARY KEY, pid INTEGER NOT NULL,
                        started_at REAL NOT NULL, last_heartbeat REAL NOT NULL, profile TEXT, host TEXT)''')
                    db.execute('''CREATE TABLE session_turn_leases (conversation_id TEXT PRIMARY KEY,
                        holder TEXT NOT NULL, acquired_at REAL NOT NULL, expires_at REAL NOT NULL)''')
            def session(key, start, end=None, reason=None, parent=None):
                db.execute('''INSERT INTO sessions (id, source, started_at, ended_at, end_reason, parent_session_id)
                    VALUES (?, 'tui', ?, ?, ?, ?)''', (key, T + start, None if end is None else T + end, reason, parent))
            def message(key, at):
                db.execute("INSERT INTO messages (session_id, role, timestamp) VALUES (?, 'user', ?)", (key, T + at))
            """
                    .formatted(EPOCH);

    private final Path path;
    private int schema = 30;

    HermesHome(Path path) throws IOException {
        this.path = Files.createDirectories(path);
    }

    Path path() {
        return path;
    }

    HermesHome schema(int version) {
        schema = version;
        return this;
    }

    /** Runs {@code script} to its end. With {@code os._exit(0)} a database is left as a crash leaves it. */
    HermesHome python(String... script) throws IOException, InterruptedException {
        Process python = start(script);
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(said).isZero();
        return this;
    }

    /** Starts {@code script}, which says a line when it is ready. */
    Process start(String... script) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", PRELUDE + String.join("\n", script)));
        command.addAll(List.of(path.toString(), Integer.toString(schema)));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Session {@code s1}, ended by its user after ten minutes, all of it still in the log only. */
    HermesHome withOneSession() throws IOException, InterruptedException {
        return python("create('wal')", "session('s1', 0, 600, 'tui_close')", "message('s1', 500.25)", "os._exit(0)");
    }

    /** Everything that can be told of it from outside but the times of last reading: a plain read may move those. */
    Map<String, String> portrait() throws IOException {
        Map<String, String> portrait = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Map<String, Object> inode = new TreeMap<>(Files.readAttributes(
                        file,
                        "unix:ino,dev,nlink,uid,gid,mode,size,lastModifiedTime,ctime",
                        LinkOption.NOFOLLOW_LINKS));
                boolean hasBytes = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < 64 << 20;
                int bytes = hasBytes ? Arrays.hashCode(Files.readAllBytes(file)) : 0;
                portrait.put(file.toString(), inode + " " + bytes);
            }
        }
        return portrait;
    }
}
