package dev.hermesreaper.agent.state;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.hermesreaper.agent.sighting.Sighting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Sightings as a file: one JSON document, laid out one sighting a line and ended by a checksum of all that stands before
 * it. The lines bound what is held in memory at a time; the checksum tells a cut or changed file from a sound one, where a
 * changed digit would still be JSON. It keeps out accidents, not forgers: a forger here is the user himself.
 */
final class SightingsText {

    static final String SCHEMA = "hermes-reaper/sightings/1";

    /** Twenty thousand sightings of the longest kind are about ten million bytes. */
    static final long LONGEST_FILE = 16L << 20;

    private static final String SCHEMA_OF_ANY_VERSION = "hermes-reaper/sightings/";
    private static final String HEAD = "{\"schema\":\"" + SCHEMA + "\",\"sightings\":[";
    private static final String TAIL_BEGINS = "],";
    private static final int LONGEST_LINE = 2048;

    private SightingsText() {}

    static void write(Collection<Sighting> sightings, OutputStream to) throws IOException {
        CheckedOutputStream out = new CheckedOutputStream(to, new CRC32C());
        out.write((HEAD + "\n").getBytes(StandardCharsets.UTF_8));
        StringWriter line = new StringWriter(LONGEST_LINE / 2);
        JsonWriter json = new JsonWriter(line);
        json.setStrictness(Strictness.LENIENT); // one document after another
        int left = sightings.size();
        for (Sighting sighting : sightings) {
            left--;
            SightingLine.write(sighting, json);
            line.append(left > 0 ? ",\n" : "\n");
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            line.getBuffer().setLength(0);
        }
        out.write((tail(out.getChecksum().getValue()) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String tail(long checksum) {
        String eightDigits = Long.toHexString(checksum | 1L << 32).substring(1);
        return TAIL_BEGINS + "\"crc32c\":\"" + eightDigits + "\"}";
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws DamagedException if it is anything else
     */
    static List<Sighting> read(InputStream from) throws IOException {
        Lines lines = new Lines(from);
        String head = lines.first();
        if (!head.equals(HEAD)) {
            throw strangeHead(head);
        }
        List<Sighting> sightings = new ArrayList<>();
        while (true) {
            long checksum = lines.checksum.getValue();
            String line = lines.next();
            if (line.startsWith(TAIL_BEGINS)) {
                if (!line.equals(tail(checksum)) || !lines.isAtEnd()) {
                    throw new DamagedException("its checksum is wrong");
                }
                return sightings;
            }
            sightings.add(SightingLine.read(line.endsWith(",") ? line.substring(0, line.length() - 1) : line));
        }
    }

    /** The first member names the schema in every version, whatever else becomes of the layout. */
    private static DamagedException strangeHead(String head) {
        JsonReader in = new JsonReader(new StringReader(head));
        in.setStrictness(Strictness.STRICT);
        try {
            in.beginObject();
            if (in.nextName().equals("schema") && in.peek() == JsonToken.STRING) {
                String schema = in.nextString();
                String version = schema.startsWith(SCHEMA_OF_ANY_VERSION)
                        ? schema.substring(SCHEMA_OF_ANY_VERSION.length())
                        : "";
                if (version.matches("[1-9][0-9]{0,5}") && !schema.equals(SCHEMA)) {
                    return new DamagedException.Newer(schema);
                }
            }
        } catch (IOException | IllegalStateException e) {
            // Then it is no JSON object, and none of ours.
        }
        return new DamagedException("it does not begin as sightings do");
    }

    /** Reads lines of bounded length, and sums up their bytes. */
    private static final class Lines {

        private final InputStream in;
        private final CRC32C checksum = new CRC32C();
        private final byte[] line = new byte[LONGEST_LINE];
        private final byte[] ahead = new byte[1 << 13];
        private int length;
        private int next;
        private int end;

        private Lines(InputStream in) {
            this.in = in;
        }

        /** The first line, or as much of it as may be long; whether it is whole shows in the next one. */
        private String first() throws IOException {
            read();
            return text();
        }

        private String next() throws IOException {
            if (read() != '\n') {
                throw new DamagedException(length == line.length ? "a line of it is too long" : "its end is missing");
            }
            return text();
        }

        /** Fills the line and returns what ended it: a line feed, another byte where it is too long, or -1. */
        private int read() throws IOException {
            length = 0;
            int found = take();
            while (found >= 0 && found != '\n' && length < line.length) {
                line[length++] = (byte) found;
                found = take();
            }
            checksum.update(line, 0, length);
            checksum.update('\n');
            return found;
        }

        private int take() throws IOException {
            return isAtEnd() ? -1 : ahead[next++] & 0xFF;
        }

        private boolean isAtEnd() throws IOException {
            if (next == end) {
                next = 0;
                end = Math.max(0, in.read(ahead));
            }
            return end == 0;
        }

        private String text() {
            return new String(line, 0, length, StandardCharsets.UTF_8);
        }
    }
}
