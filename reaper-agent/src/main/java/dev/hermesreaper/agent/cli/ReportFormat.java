package dev.hermesreaper.agent.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a report is written. */
enum ReportFormat {
    TEXT,
    JSON,
    PROMETHEUS;

    /** Reads the word after {@code --format}. */
    static final class Word implements ITypeConverter<ReportFormat> {
        @Override
        public ReportFormat convert(String word) {
            return switch (word) {
                case "text" -> TEXT;
                case "json" -> JSON;
                case "prometheus" -> PROMETHEUS;
                default -> throw new TypeConversionException("expected text, json or prometheus, found '" + word + "'");
            };
        }
    }
}
