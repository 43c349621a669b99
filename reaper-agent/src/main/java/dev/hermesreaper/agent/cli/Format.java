package dev.hermesreaper.agent.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How an answer is written. */
enum Format {
    TEXT,
    JSON;

    /** Reads the word after {@code --format}. */
    static final class Word implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return switch (word) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new TypeConversionException("expected text or json, found '" + word + "'");
            };
        }
    }
}
