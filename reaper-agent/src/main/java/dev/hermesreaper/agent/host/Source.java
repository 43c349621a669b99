package dev.hermesreaper.agent.host;

/** What reads the process table: {@code scan.source}. */
public enum Source {
    /** The best there is: on Linux our own reader of {@code /proc}, with OSHI's opinion of each candidate. */
    AUTO,
    /** Our own reader of {@code /proc} alone; Linux only. */
    PROC,
    /** OSHI for the whole table, on every platform. */
    OSHI
}
