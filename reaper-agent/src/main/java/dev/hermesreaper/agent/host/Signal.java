package dev.hermesreaper.agent.host;

/** The signals the reaper sends, and no others; numbers as on Linux and macOS alike but for CONT ({@code signal(7)}). */
public enum Signal {
    TERM,
    CONT,
    KILL
}
