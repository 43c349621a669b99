package dev.hermesreaper.agent.config;

import dev.hermesreaper.agent.config.Config.Log;
import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.config.Kind.Choice;
import dev.hermesreaper.agent.config.Kind.Count;
import dev.hermesreaper.agent.config.Kind.Flag;
import dev.hermesreaper.agent.config.Kind.Maybe;
import dev.hermesreaper.agent.config.Kind.Several;
import dev.hermesreaper.agent.config.Kind.Size;
import dev.hermesreaper.agent.config.Kind.Span;
import dev.hermesreaper.agent.config.ReapPolicy.Mode;
import dev.hermesreaper.agent.config.ReapPolicy.WithoutPidfd;
import dev.hermesreaper.agent.config.ScanConfig.Source;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of all settings. Decoding, the names of environment variables, the sample file, the listing of what is in
 * force and every message about a wrong value follow from it.
 */
final class Settings {

    private static final Map<String, Setting<?>> TABLE = new LinkedHashMap<>();

    /** Every setting by its name, section by section. */
    static final Map<String, Setting<?>> ALL = Collections.unmodifiableMap(TABLE);

    private static final Kind<Action> ACTION = Choice.of(Action.class);
    private static final Kind<Duration> ANY_LENGTH = Span.upTo(DurationText.LONGEST);
    private static final Kind<Duration> GRACE = Span.upTo(Duration.ofHours(1));
    private static final Kind<List<Path>> PATHS = new Several<>(new Texts.AbsolutePath(), List.of());

    /** The largest pid any platform we run on can be told to hand out. */
    private static final int LARGEST_PID = 4_194_304;

    static final Setting<Source> SOURCE = setting(
            "scan",
            "source",
            Choice.of(Source.class),
            Source.AUTO,
            "Who reads the process table: our own reader of /proc (\"proc\"), OSHI (\"oshi\"), or "
                    + "whichever is right for this system (\"auto\").");
    static final Setting<Duration> INTERVAL = setting(
            "scan",
            "interval",
            new Span(Duration.ofMillis(100), Duration.ofDays(1)),
            Duration.ofSeconds(30),
            "How often the daemon looks at everything, whatever it has been told by the kernel in between.");

    static final Setting<Action> ORPHANED = setting(
            "judge",
            "orphaned",
            ACTION,
            Action.REAP,
            "What to do about a worker that nobody owns: end it (\"reap\"), only count and show it "
                    + "(\"report\"), or act as if the rule did not exist (\"ignore\").");
    static final Setting<Action> SESSION_ENDED = setting(
            "judge", "session_ended", ACTION, Action.REAP, "The same for a worker whose session its user has ended.");
    static final Setting<Action> SUPERSEDED = setting(
            "judge",
            "superseded",
            ACTION,
            Action.REAP,
            "The same for a worker that a younger one of the same session has replaced.");
    static final Setting<Action> ABANDONED = setting(
            "judge",
            "abandoned",
            ACTION,
            Action.REAP,
            "The same for a worker whose gateway has had no client all the while it was idle. Those of chats in a "
                    + "dashboard's terminal are only ever reported, because the chat's own node process lives.");
    static final Setting<Action> SURPLUS = setting(
            "judge",
            "surplus",
            ACTION,
            Action.REPORT,
            "The same for the workers a gateway has beyond its attached clients; some of them are "
                    + "surely leaked, which ones is not certain.");
    static final Setting<Duration> MIN_AGE = setting(
            "judge",
            "min_age",
            ANY_LENGTH,
            Duration.ofSeconds(60),
            "A worker younger than this is kept, whatever else is true of it.");
    static final Setting<Duration> SETTLE = setting(
            "judge",
            "settle",
            ANY_LENGTH,
            Duration.ofSeconds(10),
            "How long a worker must have been seen without an owner; its own watchdog needs 7 seconds to end it.");
    static final Setting<Duration> BUSY_PATIENCE = setting(
            "judge",
            "busy_patience",
            ANY_LENGTH,
            Duration.ofMinutes(5),
            "How long a worker without an owner may be seen working before it is ended all the same.");
    static final Setting<Duration> SUPERSEDED_IDLE = setting(
            "judge",
            "superseded_idle",
            ANY_LENGTH,
            Duration.ofMinutes(10),
            "How long a replaced worker must have been idle.");
    static final Setting<Duration> SUPERSEDED_IDLE_ATTACHED = setting(
            "judge",
            "superseded_idle_attached",
            ANY_LENGTH,
            Duration.ofHours(2),
            "The same for a replaced worker that one of the attached clients could be using.");
    static final Setting<Duration> SESSION_GRACE = setting(
            "judge",
            "session_grace",
            ANY_LENGTH,
            Duration.ofMinutes(10),
            "How long ago a session must have ended, and its worker have been idle.");
    static final Setting<Duration> ABANDONED_IDLE = setting(
            "judge",
            "abandoned_idle",
            ANY_LENGTH,
            Duration.ofHours(1),
            "How long a worker must have been idle while no client was attached to its gateway.");
    static final Setting<Duration> SURPLUS_IDLE = setting(
            "judge",
            "surplus_idle",
            ANY_LENGTH,
            Duration.ofHours(6),
            "How long a worker beyond the number of attached clients must have been idle.");

    static final Setting<Mode> MODE = setting(
            "reap",
            "mode",
            Choice.of(Mode.class),
            Mode.REAP,
            "Whether leaked workers are ended (\"reap\"), or every decision is taken and recorded and "
                    + "nobody is signalled (\"observe\").");
    static final Setting<Duration> TERM_GRACE = setting(
            "reap",
            "term_grace",
            GRACE,
            Duration.ofSeconds(10),
            "How long a worker has after SIGTERM before it gets SIGKILL.");
    static final Setting<Duration> KILL_GRACE = setting(
            "reap",
            "kill_grace",
            GRACE,
            Duration.ofSeconds(5),
            "How long a worker has after SIGKILL before it is said to have survived.");
    static final Setting<Integer> MAX_REAPS = setting(
            "reap",
            "max_reaps_per_sweep",
            new Count(1, 100_000),
            256,
            "How many workers one sweep ends at most; the others are deferred to the next, and that is said.");
    static final Setting<Boolean> DESCENDANTS = setting(
            "reap",
            "descendants",
            new Flag(),
            true,
            "Whether what a worker has started (MCP servers, shells) is ended after it.");
    static final Setting<List<String>> USERS = setting(
            "reap",
            "users",
            new Several<>(Texts.Name.USER, List.of()),
            List.of(),
            "Users, by name or number, whose workers may be ended besides those of the user this runs "
                    + "as; \"*\" is everybody. Acting on another user's processes takes the rights to do so.");
    static final Setting<WithoutPidfd> WITHOUT_PIDFD = setting(
            "reap",
            "without_pidfd",
            Choice.of(WithoutPidfd.class),
            WithoutPidfd.RECHECK,
            "What to do where the kernel gives no pidfd: read identity and command line again right "
                    + "before every signal (\"recheck\"), or signal nobody (\"refuse\").");
    static final Setting<Boolean> FOREIGN_NAMESPACES = setting(
            "reap",
            "foreign_namespaces",
            new Flag(),
            false,
            "Whether workers inside containers, seen from outside, may be ended.");

    static final Setting<List<Path>> HOMES = withoutEffect(
            "hermes", "homes", PATHS, List.of(), "Hermes homes to look into besides those found on running processes.");

    static final Setting<List<String>> PROTECTED_SESSIONS = setting(
            "protect",
            "session_keys",
            new Several<>(Texts.Name.SESSION_KEY, List.of()),
            List.of(),
            "Sessions whose workers are kept.");
    static final Setting<List<Integer>> PROTECTED_PIDS = setting(
            "protect",
            "pids",
            new Several<>(new Count(1, LARGEST_PID), List.of()),
            List.of(),
            "Processes that are kept; for a while only, since a pid is used again by another process.");
    static final Setting<List<String>> PROTECTING_VARIABLES = setting(
            "protect",
            "environment",
            new Several<>(Texts.Name.VARIABLE, List.of("HERMES_REAPER_KEEP")),
            List.of("HERMES_REAPER_KEEP"),
            "Environment variables that keep every worker started with one of them set to 1. Names "
                    + "written here are added to the default.");

    static final Setting<Long> LEDGER_SIZE = setting(
            "ledger",
            "max_size",
            new Size(4L << 10, 4L << 30),
            16L << 20,
            "Size at which the record of what was ended is rotated.");
    static final Setting<Integer> LEDGER_KEEP =
            setting("ledger", "keep", new Count(0, 100), 4, "How many rotated records are kept.");

    static final Setting<Optional<Path>> TEXTFILE = setting(
            "metrics",
            "textfile",
            new Maybe<>(new Texts.AbsolutePath()),
            Optional.empty(),
            "File that metrics are written to after every sweep, for the textfile collector of "
                    + "node_exporter; its name ends in .prom there.");
    static final Setting<Optional<InetSocketAddress>> LISTEN = setting(
            "metrics",
            "listen",
            new Maybe<>(new Texts.Loopback()),
            Optional.empty(),
            "Loopback address on which the daemon answers Prometheus.");

    static final Setting<List<String>> COMMAND = setting(
            "notify",
            "command",
            new Texts.CommandLine(),
            List.of(),
            "What to run when workers were ended, one survived, nothing can be recognised any more, "
                    + "or ending is paused; it gets one JSON event on its standard input and is not waited for.");

    static final Setting<Log.Level> LOG_LEVEL = setting(
            "log", "level", Choice.of(Log.Level.class), Log.Level.INFO, "The least severe event that is logged.");
    static final Setting<Log.Format> LOG_FORMAT = setting(
            "log",
            "format",
            Choice.of(Log.Format.class),
            Log.Format.TEXT,
            "How a log line is written: key=value pairs (\"text\") or one JSON object (\"json\").");

    private Settings() {}

    /** Enters a key that this version acts on. */
    private static <T> Setting<T> setting(String section, String key, Kind<T> kind, T defaultValue, String doc) {
        return enter(new Setting<>(section, key, kind, defaultValue, doc, true));
    }

    /** Enters a key that is accepted and checked, and said to be without effect in this version. */
    private static <T> Setting<T> withoutEffect(String section, String key, Kind<T> kind, T defaultValue, String doc) {
        return enter(new Setting<>(section, key, kind, defaultValue, doc, false));
    }

    private static <T> Setting<T> enter(Setting<T> setting) {
        TABLE.put(setting.name(), setting);
        return setting;
    }
}
