package dev.hermesreaper.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of this machine's users, as {@code /etc/passwd} has them. Users that only a directory service knows are shown
 * by number: asking it can hang, and a reaper must not.
 */
public final class Users {

    private static final Path PASSWD = Path.of("/etc/passwd");

    /** Those that directory services give out have ten digits, too. */
    private static final int MOST_DIGITS = 10;

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> uids = new HashMap<>();
    private boolean read;

    private Users() {}

    /** The users of this machine, read when somebody is asked for; where that cannot be done, everybody has a number only. */
    public static Users ofThisMachine() {
        return new Users();
    }

    /** The name of user {@code uid}, or the number where there is none. */
    public String nameOf(int uid) {
        read();
        return names.getOrDefault(uid, Integer.toString(uid));
    }

    /** The number of the user written as {@code nameOrNumber}; empty if there is no such name. */
    public Optional<Integer> uidOf(String nameOrNumber) {
        read();
        return number(nameOrNumber).or(() -> Optional.ofNullable(uids.get(nameOrNumber)));
    }

    private synchronized void read() {
        if (read) {
            return;
        }
        Optional<List<String>> lines = lines();
        // Tried again for the next question where that failed: out of descriptors, say.
        read = lines.isPresent();
        for (String line : lines.orElse(List.of())) {
            List<String> fields = List.of(line.split(":", -1));
            if (fields.size() > 2) {
                number(fields.get(2)).ifPresent(uid -> {
                    names.putIfAbsent(uid, fields.get(0));
                    uids.putIfAbsent(fields.get(0), uid);
                });
            }
        }
    }

    private static Optional<List<String>> lines() {
        try {
            return Optional.of(Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        boolean isNumber = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
        return isNumber
                ? Optional.of(Long.valueOf(text))
                        .filter(uid -> uid <= Integer.MAX_VALUE)
                        .map(Long::intValue)
                : Optional.empty();
    }
}
