package dev.hermesreaper.agent.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a report is written. */
enum ReportFormat {
    TEXT,
    JSON,
    HTML,
    PROMETHEUS;

    /** Reads the word after {@code --format}. */
    static final class Word implements ITypeConverter<ReportFormat> {
        @Override
        public ReportFormat convert(String word) {
            return switch (word) {
                case "text" -> TEXT;
                case "json" -> JSON;
                case "html" -> HTML;
                case "prometheus" -> PROMETHEUS;
                default ->
                    throw new TypeConversionException("expected text, json, html or prometheus, found '" + word + "'");
            };
        }
    }
}
