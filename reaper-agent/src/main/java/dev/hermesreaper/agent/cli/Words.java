package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.process.RawText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read the words of a command line. What is wrong with one is said as "found …, expected …", after the option's name. */
interface Words {

    /** A word that cannot be taken. */
    static TypeConversionException wrong(String found, String expected) {
        return new TypeConversionException("found \"" + RawText.printable(found) + "\", expected " + expected);
    }

    /** One of a few words: the names of {@code E}, in small letters. */
    abstract class OneOf<E extends Enum<E>> implements ITypeConverter<E> {

        private final E[] all;

        OneOf(E[] all) {
            this.all = all;
        }

        @Override
        public E convert(String word) {
            return Arrays.stream(all)
                    .filter(it -> written(it).equals(word))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            word,
                            "one of " + Arrays.stream(all).map(OneOf::written).collect(Collectors.joining(", "))));
        }

        private static String written(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A duration with its unit. */
    final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            try {
                return DurationText.parse(word);
            } catch (IllegalArgumentException wrong) {
                throw wrong(word, "a duration such as \"1h\" or \"7d\" (" + wrong.getMessage() + ")");
            }
        }
    }

    /** A path; an empty one would silently mean the current directory. */
    final class Place implements ITypeConverter<Path> {
        @Override
        public Path convert(String word) {
            try {
                Path path = Path.of(word);
                if (!word.isEmpty()) {
                    return path;
                }
            } catch (InvalidPathException unwritten) {
                // Not in the encoding of this machine, or with a NUL in it.
            }
            throw wrong(word, "a path");
        }
    }

    /** A process. */
    final class Pid implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            if (!word.matches("[1-9][0-9]{0,8}")) {
                throw wrong(word, "a pid, a positive number");
            }
            return Integer.valueOf(word);
        }
    }
}
