package dev.hermesreaper.agent.config;

import java.time.Duration;

/**
 * Section {@code [scan]}: how and how often the machine is read.
 *
 * @param interval between two safety sweeps of the daemon
 */
public record ScanConfig(Source source, Duration interval) {

    /** Who reads the process table. */
    public enum Source {
        /** {@link #PROC} on Linux, {@link #OSHI} elsewhere. */
        AUTO,
        /** Our own reader of {@code /proc}; candidates are read by OSHI as well. */
        PROC,
        /** OSHI alone. */
        OSHI
    }
}
