package dev.hermesreaper.agent.state;

import java.nio.charset.StandardCharsets;

/**
 * A JSON object as one line of a state file: its first member is {@code v}, a version, and its last {@code crc32c}, a
 * checksum of all that stands before that, in every version. The checksum tells a cut or changed line from a sound one;
 * it keeps out accidents, not forgers: a forger here is the user himself.
 */
public final class SealedLine {

    private static final String VERSION_BEGINS = "{\"v\":";
    private static final String CHECKSUM_BEGINS = ",\"crc32c\":\"";
    private static final int CHECKSUM_DIGITS = 8;
    private static final String ENDS = "\"}";
    private static final int MOST_VERSION_DIGITS = 6;

    private SealedLine() {}

    /** What a line turned out to be. */
    public enum Kind {
        SOUND,
        DAMAGED,
        /** A newer version of this program wrote it: not ours to guess at. */
        NEWER
    }

    /**
     * Ends {@code object} with its checksum.
     *
     * @param object a JSON object in ASCII on one line, {@code v} first
     * @throws IllegalArgumentException if it is no such object
     */
    public static String seal(String object) {
        if (!object.startsWith(VERSION_BEGINS) || !object.endsWith("}")) {
            throw new IllegalArgumentException("not to be sealed: " + object);
        }
        String signed = object.substring(0, object.length() - 1);
        return signed + CHECKSUM_BEGINS + checksum(signed) + ENDS;
    }

    /**
     * Judges a line; one that is {@link Kind#SOUND} is the JSON object that was sealed, and its checksum.
     *
     * @param line byte by byte as characters 0 to 255
     * @param version what the reader understands
     */
    public static Kind judge(String line, int version) {
        int checksum = line.length() - CHECKSUM_BEGINS.length() - CHECKSUM_DIGITS - ENDS.length();
        if (checksum < 0
                || !line.startsWith(VERSION_BEGINS)
                || !line.startsWith(CHECKSUM_BEGINS, checksum)
                || !line.endsWith(checksum(line.substring(0, checksum)) + ENDS)) {
            return Kind.DAMAGED;
        }
        int found = version(line);
        return found == version ? Kind.SOUND : found > version ? Kind.NEWER : Kind.DAMAGED;
    }

    /** The CRC-32C of {@code bytes}, which are characters 0 to 255, in eight hexadecimal digits. */
    public static String checksum(String bytes) {
        Checksum checksum = new Checksum();
        checksum.add(bytes.getBytes(StandardCharsets.ISO_8859_1), 0, bytes.length());
        return checksum.digits();
    }

    /** The version of a line that begins with one; 0 where that is no number. */
    private static int version(String line) {
        int from = VERSION_BEGINS.length();
        int to = from;
        while (to < line.length() && line.charAt(to) >= '0' && line.charAt(to) <= '9') {
            to++;
        }
        boolean number = to > from && to - from <= MOST_VERSION_DIGITS && line.startsWith(",", to);
        return number ? Integer.parseInt(line.substring(from, to)) : 0;
    }
}
