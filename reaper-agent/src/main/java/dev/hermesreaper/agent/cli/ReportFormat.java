package dev.hermesreaper.agent.cli;

/** How a report is written. */
enum ReportFormat {
    TEXT,
    JSON,
    HTML,
    PROMETHEUS;

    /** Reads the word after {@code --format}. */
    static final class Word extends Words.OneOf<ReportFormat> {
        Word() {
            super(values());
        }
    }
}
