package dev.hermesreaper.agent.service;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListFormatException;
import com.dd.plist.PropertyListParser;
import com.dd.plist.XMLPropertyListParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The definition of a launchd job, XML or binary; see launchd.plist(5). */
final class Plist {

    private static final int SOFT = 8192;
    private static final int HARD = 16384;
    private static final String SOFT_LIMITS = "SoftResourceLimits";
    private static final String HARD_LIMITS = "HardResourceLimits";
    private static final String FILES = "NumberOfFiles";

    private final NSDictionary job;
    private final boolean isBinary;

    private Plist(NSDictionary job, boolean isBinary) {
        this.job = job;
        this.isBinary = isBinary;
    }

    /** @throws ServiceException if it is none */
    static Plist parse(Path file, byte[] bytes) {
        boolean isBinary =
                new String(bytes, 0, Math.min(6, bytes.length), StandardCharsets.ISO_8859_1).equals("bplist");
        try {
            if (parsed(bytes) instanceof NSDictionary job) {
                return new Plist(job, isBinary);
            }
            throw ServiceException.unreadable(file + " is no launchd job: it holds no dictionary");
        } catch (IOException
                | PropertyListFormatException
                | ParseException
                | ParserConfigurationException
                | SAXException
                | RuntimeException malformed) {
            if (malformed instanceof ServiceException said) {
                throw said;
            }
            throw ServiceException.unreadable(file + " is no property list (" + malformed.getMessage()
                    + "); check it with `plutil -lint`; it was not touched");
        }
    }

    /** As the library finds out what it is; but of a fault in XML the parser tells us alone, and not standard error. */
    private static @Nullable NSObject parsed(byte[] bytes)
            throws IOException, PropertyListFormatException, ParseException, ParserConfigurationException,
                    SAXException {
        if (!new String(bytes, StandardCharsets.UTF_8).stripLeading().startsWith("<")) {
            return PropertyListParser.parse(bytes);
        }
        DocumentBuilder xml = XMLPropertyListParser.getDocBuilder();
        xml.setErrorHandler(new DefaultHandler());
        return XMLPropertyListParser.parse(xml.parse(new ByteArrayInputStream(bytes)));
    }

    String label() {
        return job.objectForKey("Label") instanceof NSString label ? label.getContent() : "";
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        if (job.objectForKey("Program") instanceof NSString program) {
            words.add(program.getContent());
        }
        if (job.objectForKey("ProgramArguments") instanceof NSArray arguments) {
            Stream.of(arguments.getArray()).map(String::valueOf).forEach(words::add);
        }
        return words;
    }

    List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        if (limit(SOFT_LIMITS, SOFT) < SOFT || limit(HARD_LIMITS, HARD) < HARD || limit(SOFT_LIMITS, 0) == 0) {
            shortcomings.add("NumberOfFiles %s:%s: leaked workers use it up, and then new chats fail"
                    .formatted(shown(SOFT_LIMITS), shown(HARD_LIMITS)));
        }
        return shortcomings;
    }

    private String shown(String limits) {
        long limit = limit(limits, -1);
        return limit < 0 ? "unset" : Long.toString(limit);
    }

    private long limit(String limits, long otherwise) {
        @Nullable NSObject files = job.objectForKey(limits) instanceof NSDictionary of ? of.objectForKey(FILES) : null;
        return files instanceof NSNumber number ? number.longValue() : otherwise;
    }

    /** Raises both limits to ours where they are smaller. A hard limit that is not set is no limit, and stays so. */
    void raise() {
        raise(SOFT_LIMITS, SOFT);
        if (limit(HARD_LIMITS, -1) >= 0) {
            raise(HARD_LIMITS, Math.max(HARD, limit(SOFT_LIMITS, 0)));
        } else {
            raise(HARD_LIMITS, HARD);
        }
    }

    private void raise(String limits, long atLeast) {
        NSDictionary of = job.objectForKey(limits) instanceof NSDictionary there ? there : new NSDictionary();
        of.put(FILES, Math.max(limit(limits, 0), atLeast));
        job.put(limits, of);
    }

    /** In the format it was read in. */
    byte[] bytes() {
        if (!isBinary) {
            return job.toXMLPropertyList().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return BinaryPropertyListWriter.writeToArray(job);
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing is written to a file here", impossible);
        }
    }

    /** As XML, whatever its format. */
    String shown() {
        return job.toXMLPropertyList();
    }
}
