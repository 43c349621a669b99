package dev.hermesreaper.agent.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the value of a setting may be: reads it from TOML or from plain text, checks its range, writes it as TOML.
 *
 * <p>A value that is not one of its kind is an {@link IllegalArgumentException}, whose message is a hint at what is
 * wrong or how to write it, and may be empty where {@link #expected} says it all.
 */
interface Kind<T> {

    /** Reads what toml4j handed out: a string, integer, number, boolean, date, list or map. */
    T read(Object toml);

    /** Reads the value of a flag or an environment variable. */
    default T parse(String text) {
        return read(text);
    }

    /** The value as it is written in the file; reads back as the same value. */
    String write(T value);

    /** Completes "expected …" for an operator, with the allowed range. */
    String expected();

    /** A duration within a range. */
    record Span(Duration least, Duration most) implements Kind<Duration> {

        static Span upTo(Duration most) {
            return new Span(Duration.ZERO, most);
        }

        @Override
        public Duration read(Object toml) {
            if (toml instanceof Long number && number >= 0) {
                throw new IllegalArgumentException("a duration is quoted and has a unit; write \"" + number + "s\"");
            }
            Duration duration = DurationText.parse(string(toml));
            return inRange(duration, least.compareTo(duration) <= 0 && duration.compareTo(most) <= 0);
        }

        @Override
        public String write(Duration value) {
            return Found.toml(DurationText.format(value));
        }

        @Override
        public String expected() {
            return "a duration from " + write(least) + " to " + write(most);
        }
    }

    /** A number of bytes within a range. */
    record Size(long least, long most) implements Kind<Long> {

        @Override
        public Long read(Object toml) {
            if (toml instanceof Long number && number >= 0) {
                throw new IllegalArgumentException("a size is quoted and has a unit; write \"" + number + "B\"");
            }
            long bytes = SizeText.parse(string(toml));
            return inRange(bytes, least <= bytes && bytes <= most);
        }

        @Override
        public String write(Long value) {
            return Found.toml(SizeText.format(value));
        }

        @Override
        public String expected() {
            return "a size from " + write(least) + " to " + write(most);
        }
    }

    /** A whole number within a range. */
    record Count(int least, int most) implements Kind<Integer> {

        @Override
        public Integer read(Object toml) {
            if (!(toml instanceof Long number)) {
                throw new IllegalArgumentException(toml instanceof String ? "write it without quotes" : "");
            }
            return inRange(number, least <= number && number <= most).intValue();
        }

        @Override
        public Integer parse(String text) {
            boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || text.length() > 10 || (text.length() > 1 && text.startsWith("0"))) {
                throw new IllegalArgumentException("");
            }
            return read(Long.valueOf(text));
        }

        @Override
        public String write(Integer value) {
            return value.toString();
        }

        @Override
        public String expected() {
            return "an integer from " + least + " to " + most;
        }
    }

    /** True or false. */
    record Flag() implements Kind<Boolean> {

        @Override
        public Boolean read(Object toml) {
            if (!(toml instanceof Boolean flag)) {
                throw new IllegalArgumentException(toml instanceof String ? "write it without quotes" : "");
            }
            return flag;
        }

        @Override
        public Boolean parse(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("");
            };
        }

        @Override
        public String write(Boolean value) {
            return value.toString();
        }

        @Override
        public String expected() {
            return "true or false";
        }
    }

    /** One of a few words. */
    record Choice<E extends Enum<E>>(List<E> options) implements Kind<E> {

        static <E extends Enum<E>> Choice<E> of(Class<E> type) {
            return new Choice<>(List.of(type.getEnumConstants()));
        }

        @Override
        public E read(Object toml) {
            String text = string(toml);
            for (E option : options) {
                if (word(option).equals(text)) {
                    return option;
                }
            }
            List<String> words = options.stream().map(Choice::word).toList();
            throw new IllegalArgumentException(Spelling.nearest(text, words)
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse(""));
        }

        @Override
        public String write(E value) {
            return Found.toml(word(value));
        }

        @Override
        public String expected() {
            return options.stream().map(this::write).collect(Collectors.joining(", ", "one of ", ""));
        }

        private static String word(Enum<?> option) {
            return option.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Something that an empty string switches off. */
    record Maybe<T>(Kind<T> item) implements Kind<Optional<T>> {

        @Override
        public Optional<T> read(Object toml) {
            return toml.equals("") ? Optional.empty() : Optional.of(item.read(toml));
        }

        @Override
        public String write(Optional<T> value) {
            return value.map(item::write).orElse("\"\"");
        }

        @Override
        public String expected() {
            return item.expected() + ", or \"\" for none";
        }
    }

    /**
     * Any number of one kind, none of them twice. As plain text they are separated by commas.
     *
     * @param always what is in it whatever was written
     */
    record Several<T>(Kind<T> item, List<T> always) implements Kind<List<T>> {

        @Override
        public List<T> read(Object toml) {
            if (!(toml instanceof List<?> list)) {
                throw new IllegalArgumentException("write it in brackets, as an array");
            }
            var values = new LinkedHashSet<>(always);
            list.forEach(element -> values.add(each(element, () -> item.read(element))));
            return List.copyOf(values);
        }

        @Override
        public List<T> parse(String text) {
            var values = new LinkedHashSet<>(always);
            if (!text.isBlank()) {
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .forEach(element -> values.add(each(element, () -> item.parse(element))));
            }
            return List.copyOf(values);
        }

        private T each(Object element, Supplier<T> reading) {
            try {
                return reading.get();
            } catch (IllegalArgumentException e) {
                String hint = e.getMessage() == null || e.getMessage().isEmpty() ? "" : ": " + e.getMessage();
                throw new IllegalArgumentException("one of them is " + Found.describe(element) + hint, e);
            }
        }

        @Override
        public String write(List<T> value) {
            return value.stream().map(item::write).collect(Collectors.joining(", ", "[", "]"));
        }

        @Override
        public String expected() {
            return "an array, each " + item.expected();
        }
    }

    /** The string that was found, which must be one and print on one line. */
    static String string(Object toml) {
        if (!(toml instanceof String text)) {
            throw new IllegalArgumentException("");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException("it has a control character in it");
            }
        }
        return text;
    }

    private static <T> T inRange(T value, boolean is) {
        if (!is) {
            throw new IllegalArgumentException("");
        }
        return value;
    }
}
