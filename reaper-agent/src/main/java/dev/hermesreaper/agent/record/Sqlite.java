package dev.hermesreaper.agent.record;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteLimits;

/**
 * One SQLite connection to a private copy, told not to trust it: read only, no code of the schema's runs, no large value,
 * little memory, and it stops when nobody waits any more. Loading this class loads SQLite.
 */
final class Sqlite implements AutoCloseable {

    /** Longer texts are an error: what is read here are keys, words and numbers. */
    private static final int LONGEST_VALUE_BYTES = 1 << 20;

    private static final long MEMORY_BYTES = 32L << 20;
    private static final int MOST_ROWS = 10_000;

    /** About a millisecond of SQLite's virtual machine. */
    private static final int STEPS_BETWEEN_CHECKS = 10_000;

    private static final List<String> DISTRUST = List.of(
            "PRAGMA hard_heap_limit=" + MEMORY_BYTES,
            "PRAGMA trusted_schema=OFF",
            "PRAGMA query_only=ON",
            "PRAGMA cell_size_check=ON",
            "PRAGMA mmap_size=0",
            "PRAGMA temp_store=MEMORY");

    private final Connection connection;
    private final Deadline deadline;

    private Sqlite(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /**
     * Opens a copy.
     *
     * @param database the copy; its directory is private, and SQLite's library may be unpacked there
     * @throws UnreadableException if the library cannot be loaded, or SQLite will not open the file
     */
    static Sqlite open(Path database, Deadline deadline) throws UnreadableException {
        load(database.resolveSibling(""));
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(0);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + database);
            Sqlite sqlite = new Sqlite(connection, deadline);
            try {
                sqlite.distrust();
                return sqlite;
            } catch (SQLException e) {
                sqlite.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new UnreadableException(why(e));
        }
    }

    /** Where no library was shipped, it is unpacked beside the copy and goes away with it: it is mapped by then. */
    private static void load(Path scratch) throws UnreadableException {
        System.setProperty("org.sqlite.tmpdir", scratch.toString());
        if (Library.PROBLEM.isPresent()) {
            throw new UnreadableException("SQLite's library cannot be loaded: " + Library.PROBLEM.get());
        }
    }

    /** Tried once: sqlite-jdbc logs an error each time. */
    private static final class Library {

        static final Optional<String> PROBLEM = load();

        private static Optional<String> load() {
            try {
                return SQLiteJDBCLoader.initialize() ? Optional.empty() : Optional.of("nobody says why");
            } catch (Exception | LinkageError e) {
                return Optional.of(e.toString());
            }
        }
    }

    private void distrust() throws SQLException {
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_CHECKS, new ProgressHandler() {
            @Override
            protected int progress() {
                return deadline.isOver() ? 1 : 0;
            }
        });
        if (connection instanceof SQLiteConnection limited) {
            limited.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE_BYTES);
            limited.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        }
        try (Statement statement = connection.createStatement()) {
            for (String pragma : DISTRUST) {
                statement.execute(pragma);
            }
        }
    }

    /**
     * The columns of {@code table}, in lower case; empty if there is no such table. Generated columns are not among them.
     *
     * @throws UnreadableException also if it is a view or a virtual table: reading those runs code of its author
     */
    Set<String> columns(String table) throws UnreadableException {
        List<List<Optional<Value>>> found =
                rows(List.of("type", "rootpage"), "sqlite_schema WHERE lower(name) = ?", table);
        if (found.isEmpty()) {
            return Set.of();
        }
        List<Optional<Value>> schema = found.get(0);
        if (found.size() > 1
                || schema.get(0).filter(it -> "table".equals(it.raw())).isEmpty()
                || schema.get(1)
                        .filter(it -> it.raw() instanceof Number page && page.longValue() > 0)
                        .isEmpty()) {
            throw new UnreadableException(table + " is not a plain table");
        }
        Set<String> columns = new TreeSet<>();
        for (List<Optional<Value>> row : rows(List.of("name"), "pragma_table_info(?)", table)) {
            columns.add(value(row, 0).text().toLowerCase(Locale.ROOT));
        }
        return columns;
    }

    /** Some columns of some rows, bounded in number; NULL is empty. */
    List<List<Optional<Value>>> rows(List<String> columns, String fromWhere, Object... arguments)
            throws UnreadableException {
        deadline.check();
        String sql = "SELECT %s FROM %s".formatted(String.join(", ", columns), fromWhere);
        List<List<Optional<Value>>> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    if (rows.size() == MOST_ROWS) {
                        throw new UnreadableException("too many rows in " + fromWhere);
                    }
                    List<Optional<Value>> row = new ArrayList<>();
                    for (int i = 0; i < columns.size(); i++) {
                        String column = columns.get(i);
                        row.add(Optional.ofNullable(result.getObject(i + 1)).map(raw -> new Value(raw, column)));
                    }
                    rows.add(row);
                }
            }
        } catch (SQLException e) {
            deadline.check();
            throw new UnreadableException(why(e));
        }
        return rows;
    }

    static Value value(List<Optional<Value>> row, int column) throws UnreadableException {
        return row.get(column).orElseThrow(() -> new UnreadableException("a column that cannot be NULL is"));
    }

    private static String why(SQLException e) {
        return Optional.ofNullable(e.getMessage()).orElse("SQLite error " + e.getErrorCode());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is a copy, and goes away next.
        }
    }
}
