package dev.hermesreaper.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSDictionary;
import com.dd.plist.PropertyListParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlistTest {

    private static final Path FILE = Path.of("/somewhere/ai.hermes.dashboard.plist");

    private static byte[] xml(String body) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>"
                        + "<key>Label</key><string>ai.hermes.dashboard</string>" + body + "</dict></plist>\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary(String body) throws Exception {
        return BinaryPropertyListWriter.writeToArray((NSDictionary) PropertyListParser.parse(xml(body)));
    }

    private static String limits(String soft, String hard) {
        return "<key>SoftResourceLimits</key><dict><key>NumberOfFiles</key><integer>" + soft
                + "</integer><key>CPU</key><integer>7</integer></dict>"
                + "<key>HardResourceLimits</key><dict><key>NumberOfFiles</key><integer>" + hard + "</integer></dict>";
    }

    private static long files(byte[] plist, String limits) throws Exception {
        return ((com.dd.plist.NSNumber) ((NSDictionary) ((NSDictionary) PropertyListParser.parse(plist)).get(limits))
                        .get("NumberOfFiles"))
                .longValue();
    }

    private static byte[] raised(byte[] bytes) {
        Plist plist = Plist.parse(FILE, bytes);
        plist.raise();
        return plist.bytes();
    }

    @Test
    void raisesWhatIsSmallerOrMissing() throws Exception {
        for (byte[] before :
                new byte[][] {xml(""), xml(limits("4096", "4096")), binary(""), binary(limits("1", "2"))}) {
            byte[] after = raised(before);

            assertThat(files(after, "SoftResourceLimits")).isEqualTo(8192);
            assertThat(files(after, "HardResourceLimits")).isEqualTo(16384);
            assertThat(Plist.parse(FILE, before).shortcomings()).isNotEmpty();
            assertThat(Plist.parse(FILE, after).shortcomings()).isEmpty();
        }
    }

    @Test
    void lowersNothing() throws Exception {
        byte[] after = raised(xml(limits("65536", "65536")));

        assertThat(files(after, "SoftResourceLimits")).isEqualTo(65536);
        assertThat(files(after, "HardResourceLimits")).isEqualTo(65536);
        assertThat(Plist.parse(FILE, xml(limits("65536", "65536"))).shortcomings())
                .isEmpty();
    }

    @Test
    void neverLeavesAHardLimitBelowTheSoftOne() throws Exception {
        byte[] after = raised(xml(limits("20000", "100")));

        assertThat(files(after, "HardResourceLimits")).isEqualTo(20000);
    }

    @Test
    void keepsFormatAndEverythingElse() throws Exception {
        byte[] fromXml = raised(xml(limits("1", "1") + "<key>Name</key><string>a &amp; b</string>"));
        byte[] fromBinary = raised(binary(limits("1", "1")));

        assertThat(new String(fromXml, StandardCharsets.UTF_8))
                .startsWith("<?xml")
                .contains("CPU")
                .contains("Name");
        assertThat(new String(fromBinary, StandardCharsets.ISO_8859_1)).startsWith("bplist");
        assertThat(((NSDictionary) PropertyListParser.parse(fromXml))
                        .get("Name")
                        .toJavaObject())
                .isEqualTo("a & b");
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        for (byte[] before : new byte[][] {xml(""), binary("")}) {
            byte[] once = raised(before);

            assertThat(raised(once)).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "<plist version=\"1.0\"><array/></plist>",
                "<plist version=\"1.0\"><dict><key>Label</key></dict></plist>",
                "<plist version=\"1.0\"><dict><key>Nice</key><integer>x</integer></dict></plist>",
                "<plist version=\"1.0\"><dict><key>a</key><string>b</dict></plist>",
                "bplist00nonsense"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Plist.parse(FILE, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ServiceException.class, it -> assertThat(it.kind()).isEqualTo(ServiceException.Kind.UNREADABLE))
                .hasMessageContaining(FILE.toString());
    }

    @Test
    void saysWhatIsWrongOnlyInItsOwnMessage() {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThatThrownBy(() -> Plist.parse(FILE, "<plist><dict>".getBytes(StandardCharsets.UTF_8)))
                    .hasMessageContaining("must start and end within the same entity");
        } finally {
            System.setErr(before);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("[Fatal Error]");
    }
}
