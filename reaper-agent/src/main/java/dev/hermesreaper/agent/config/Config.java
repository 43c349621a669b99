package dev.hermesreaper.agent.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings in force for one pass, one component per section of the configuration file.
 *
 * <p>Immutable; a reload makes a new one. Where each value came from is in {@link EffectiveConfig}.
 */
public record Config(
        ScanConfig scan,
        JudgePolicy judge,
        ReapPolicy reap,
        Hermes hermes,
        Protect protect,
        Ledger ledger,
        Metrics metrics,
        Notify notification,
        Log log) {

    /** Every setting at its default. */
    public static Config defaults() {
        return new Values().config();
    }

    public Config withSettle(Duration settle) {
        return with(judge.withSettle(settle), reap);
    }

    /** Limits this pass to the named reap reasons, see {@link JudgePolicy#limitedTo}. */
    public Config withReasons(Set<String> reasons) {
        return with(judge.limitedTo(reasons), reap);
    }

    public Config withTermGrace(Duration termGrace) {
        return with(judge, reap.withTermGrace(termGrace));
    }

    public Config withMaxReapsPerSweep(int maxReapsPerSweep) {
        return with(judge, reap.withMaxReapsPerSweep(maxReapsPerSweep));
    }

    private Config with(JudgePolicy newJudge, ReapPolicy newReap) {
        return new Config(scan, newJudge, newReap, hermes, protect, ledger, metrics, notification, log);
    }

    /**
     * Section {@code [hermes]}.
     *
     * @param homes Hermes homes to look into besides those found, absolute
     */
    public record Hermes(List<Path> homes) {
        public Hermes {
            homes = List.copyOf(homes);
        }
    }

    /**
     * Section {@code [protect]}: what is never ended.
     *
     * @param environment names of variables; a worker started with one of them set to {@code 1} is kept
     */
    public record Protect(List<String> sessionKeys, List<Integer> pids, List<String> environment) {
        public Protect {
            sessionKeys = List.copyOf(sessionKeys);
            pids = List.copyOf(pids);
            environment = List.copyOf(environment);
        }
    }

    /**
     * Section {@code [ledger]}.
     *
     * @param maxSizeBytes size at which the ledger is rotated
     * @param keep rotated ledgers that are kept
     */
    public record Ledger(long maxSizeBytes, int keep) {}

    /**
     * Section {@code [metrics]}; an absent component is switched off.
     *
     * @param listen loopback address, unresolved
     */
    public record Metrics(Optional<Path> textfile, Optional<InetSocketAddress> listen) {}

    /**
     * Section {@code [notify]}.
     *
     * @param command argument vector, empty when nobody is to be notified
     */
    public record Notify(List<String> command) {
        public Notify {
            command = List.copyOf(command);
        }
    }

    /** Section {@code [log]}. */
    public record Log(Level level, Format format) {

        /** The least severe event that is logged. */
        public enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG
        }

        /** How a log line is written. */
        public enum Format {
            TEXT,
            JSON
        }
    }
}
