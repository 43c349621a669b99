package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.process.Argv;
import java.util.List;
import java.util.Optional;

/**
 * A Python command line taken apart as the interpreter does it: {@code python [flags] -m MODULE args…} or {@code python
 * [flags] SCRIPT args…}. What follows {@code -c} is a program text that may mention anything, so it is neither.
 *
 * @param module the module run with {@code -m}; empty for a script
 * @param script the script's path; empty for a module
 * @param arguments what the program itself was given
 */
record PythonCommand(String module, String script, List<String> arguments) {

    /** Flags whose value is the rest of the word or the next word, {@code python --help}. */
    private static final String WITH_VALUE = "WX";

    private static final String LONG_WITH_VALUE = "--check-hash-based-pycs";

    static Optional<PythonCommand> parse(Argv argv) {
        List<String> words = argv.words();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                return Optional.of(new PythonCommand("", word, rest(words, i + 1)));
            }
            if (word.equals("--")) {
                return i + 1 < words.size()
                        ? Optional.of(new PythonCommand("", words.get(i + 1), rest(words, i + 2)))
                        : Optional.empty();
            }
            if (word.startsWith("--")) {
                i += word.equals(LONG_WITH_VALUE) ? 1 : 0;
                continue;
            }
            int end = firstOf(word, "cm" + WITH_VALUE);
            if (end < 0) {
                continue;
            }
            boolean joined = end + 1 < word.length();
            if (word.charAt(end) == 'c') {
                return Optional.empty();
            }
            if (word.charAt(end) == 'm') {
                return module(words, joined ? word.substring(end + 1) : "", i + 1);
            }
            i += joined ? 0 : 1;
        }
        return Optional.empty();
    }

    private static Optional<PythonCommand> module(List<String> words, String joined, int next) {
        if (!joined.isEmpty()) {
            return Optional.of(new PythonCommand(joined, "", rest(words, next)));
        }
        return next < words.size()
                ? Optional.of(new PythonCommand(words.get(next), "", rest(words, next + 1)))
                : Optional.empty();
    }

    private static int firstOf(String word, String letters) {
        for (int i = 1; i < word.length(); i++) {
            if (letters.indexOf(word.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> rest(List<String> words, int from) {
        return words.subList(Math.min(from, words.size()), words.size());
    }

    /** The value of {@code --name VALUE} or {@code --name=VALUE}; the last one counts, as argparse has it. */
    Optional<String> option(String name) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (!word.startsWith(name)) {
                continue;
            }
            if (word.length() == name.length()) {
                value = Optional.of(i + 1 < arguments.size() ? arguments.get(++i) : "");
            } else if (word.charAt(name.length()) == '=') {
                value = Optional.of(word.substring(name.length() + 1));
            }
        }
        return value;
    }
}
