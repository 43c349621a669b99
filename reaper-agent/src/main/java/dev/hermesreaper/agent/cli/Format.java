package dev.hermesreaper.agent.cli;

import picocli.CommandLine.Option;

/** How an answer is written. */
enum Format {
    TEXT,
    JSON;

    /** The option {@code --format} of every command that knows these two. */
    static final class Choice {

        @Option(
                names = "--format",
                paramLabel = "text|json",
                converter = Word.class,
                defaultValue = "text",
                description = "text or json.")
        private Format format = TEXT;

        Format format() {
            return format;
        }
    }

    /** Reads the word after {@code --format}. */
    static final class Word extends Words.OneOf<Format> {
        Word() {
            super(values());
        }
    }
}
