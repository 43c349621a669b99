package dev.hermesreaper.agent.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A home of Hermes' whose database a real Python keeps open and writes, as a gateway does. A statement that was made has
 * been carried out. Times in statements: {@code now(seconds)}.
 */
final class RecordedHome implements AutoCloseable {

    private static final String WRITER =
            """
            import json, os, sqlite3, sys, time
            home = sys.argv[1]
            path = home + '/state.db'
            now = lambda seconds=0: time.time() + seconds
            def create(journal='wal'):
                global db
                db = sqlite3.connect(path, isolation_level=None)
                db.execute('PRAGMA journal_mode=' + journal)
                db.execute('''CREATE TABLE sessions (id TEXT PRIMARY KEY, source TEXT NOT NULL, parent_session_id TEXT,
                    started_at REAL NOT NULL, ended_at REAL, end_reason TEXT, last_activity_at REAL)''')
                db.execute('''CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL,
                    role TEXT, content TEXT, timestamp REAL NOT NULL)''')
            def session(key, end=None, reason=None, parent=None, start=None):
                db.execute('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?, ?, NULL)',
                           (key, 'tui', parent, now(-3600) if start is None else start, end, reason))
            def end(key, at, reason):
                db.execute('INSERT OR IGNORE INTO sessions VALUES (?, ?, NULL, ?, NULL, NULL, NULL)',
                           (key, 'tui', now(-3600)))
                db.execute('UPDATE sessions SET ended_at = ?, end_reason = ? WHERE id = ?', (at, reason, key))
            def reopen(key):
                db.execute('UPDATE sessions SET ended_at = NULL, end_reason = NULL WHERE id = ?', (key,))
            def message(key, at):
                db.execute("INSERT INTO messages (session_id, role, timestamp) VALUES (?, 'user', ?)", (key, at))
            def claim(claims):
                os.makedirs(home + '/runtime', exist_ok=True)
                with open(home + '/runtime/active_sessions.json', 'w') as out:
                    json.dump({'entries': [{'session_id': key, 'pid': pid} for key, pid in claims.items()]}, out)
            for line in sys.stdin:
                try:
                    exec(line)
                    print('done', flush=True)
                except Exception as error:
                    print(repr(error), flush=True)
            """;

    private final Path path;
    private final Process process;
    private final Writer statements;
    private final BufferedReader answers;

    RecordedHome(Path path) throws IOException {
        this.path = Files.createDirectories(path);
        process = new ProcessBuilder("python3", "-c", WRITER, path.toString())
                .redirectErrorStream(true)
                .start();
        statements = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    Path path() {
        return path;
    }

    /** Has the writer carry out {@code statement}. */
    RecordedHome does(String statement, Object... arguments) {
        try {
            statements.write(statement.formatted(Arrays.copyOf(arguments, arguments.length)) + "\n");
            statements.flush();
            String answer = answers.readLine();
            if (!"done".equals(answer)) {
                throw new AssertionError(statement + ": " + answer);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that can be told of it from outside but the times of last reading. */
    Map<String, String> portrait() throws IOException {
        Map<String, String> portrait = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Map<String, Object> inode = new TreeMap<>(Files.readAttributes(
                        file, "unix:ino,nlink,uid,gid,mode,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS));
                boolean hasBytes = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < 64 << 20;
                portrait.put(file.toString(), inode + " " + (hasBytes ? Arrays.hashCode(Files.readAllBytes(file)) : 0));
            }
        }
        return portrait;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
