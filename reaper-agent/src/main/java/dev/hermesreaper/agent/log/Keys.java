package dev.hermesreaper.agent.log;

/** The keys of log lines: the table of docs/logs.md. Others are added, none is renamed. */
public final class Keys {

    // Whom and what it is about
    public static final String SWEEP = "sweep";
    public static final String PID = "pid";
    public static final String START_TICKS = "start_ticks";
    public static final String SESSION = "session";
    public static final String REASON = "reason";
    public static final String EVIDENCE = "evidence";
    public static final String REMAINING_SECONDS = "remaining_seconds";

    // What came of it
    public static final String OUTCOME = "outcome";
    public static final String DETAIL = "detail";
    public static final String SIGNALS = "signals";
    public static final String TOOK_SECONDS = "took_seconds";
    public static final String RESIDENT_BYTES = "resident_bytes";
    public static final String SWAP_BYTES = "swap_bytes";
    public static final String RECLAIMED_BYTES = "reclaimed_bytes";

    // Numbers of one pass, or of an hour
    public static final String SWEEPS = "sweeps";
    public static final String FAILED = "failed";
    public static final String WORKERS = "workers";
    public static final String LEAKED = "leaked";
    public static final String REAPED = "reaped";
    public static final String DUE = "due";
    public static final String WAITING = "waiting";
    public static final String KEPT = "kept";
    public static final String LEFT = "left";
    public static final String PASSES = "passes";
    public static final String MORE = "more";

    // What the service is set up to do, and what is wrong
    public static final String FILE = "file";
    public static final String INTERVAL = "interval";
    public static final String MODE = "mode";
    public static final String STATE = "state";
    public static final String VERSION = "version";
    public static final String WARNING = "warning";
    public static final String PROBLEM = "problem";
    public static final String LOST = "lost";
    public static final String UNTIL = "until";
    public static final String BY = "by";
    public static final String WITNESS = "witness";
    public static final String SOCKET = "socket";
    public static final String ADDRESS = "address";

    private Keys() {}
}
