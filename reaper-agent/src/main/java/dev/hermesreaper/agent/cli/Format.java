package dev.hermesreaper.agent.cli;

/** How an answer is written. */
enum Format {
    TEXT,
    JSON
}
