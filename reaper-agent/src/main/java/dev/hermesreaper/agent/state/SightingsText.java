package dev.hermesreaper.agent.state;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.hermesreaper.agent.sighting.Sighting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
    private static final byte[] HEAD_LINE = SightingLine.bytes(HEAD + "\n");
    private static final String TAIL_BEGINS = "],";

    private SightingsText() {}

    static void write(Collection<Sighting> sightings, OutputStream to) throws IOException {
        LayoutWriter out = new LayoutWriter(to);
        SightingWriter lines = new SightingWriter(out);
        out.bytes(HEAD_LINE);
        int left = sightings.size();
        for (Sighting sighting : sightings) {
            left--;
            lines.write(sighting);
            if (left > 0) {
                out.bytes(SightingLine.COMMA);
            }
            out.bytes(SightingLine.LINE_FEED);
        }
        out.bytes(tail(out.checksum()));
        out.flush();
    }

    private static byte[] tail(String checksum) {
        return SightingLine.bytes(TAIL_BEGINS + "\"crc32c\":\"" + checksum + "\"}\n");
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws DamagedException if it is anything else
     */
    static List<Sighting> read(InputStream from) throws IOException {
        LayoutReader in = new LayoutReader(from, SightingLine.LONGEST + 1);
        in.begin();
        if (!in.skips(HEAD_LINE)) {
            String head = in.line();
            throw head.equals(HEAD) ? in.damage(SightingLine.KIND) : strangeHead(head);
        }
        SightingReader lines = new SightingReader(in);
        List<Sighting> sightings = new ArrayList<>();
        in.begin();
        while (!in.isAt(TAIL_BEGINS.charAt(0))) {
            sightings.add(lines.read());
            in.begin();
        }
        if (!in.skips(tail(in.checksum())) || !in.isAtEnd()) {
            throw new DamagedException("its checksum is wrong");
        }
        return sightings;
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
}
