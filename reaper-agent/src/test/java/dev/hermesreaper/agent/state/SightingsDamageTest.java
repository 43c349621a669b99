package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.sighting.Sighting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SightingsDamageTest {

    private static final int FLIPS = 2_000;

    @TempDir
    private Path scratch;

    private StateDirectory directory;
    private SightingsFile sightings;
    private Path file;
    private PassLock lock;

    @BeforeEach
    void setUp() throws InterruptedException {
        SteppingHost host = SteppingHost.in(scratch);
        directory = StateDirectory.open(scratch.resolve("state"), host.self());
        sightings = new SightingsFile(directory);
        file = directory.file("sightings.json");
        lock = PassLock.acquire(directory, Duration.ZERO, host).lock().orElseThrow();
    }

    @AfterEach
    void tearDown() {
        lock.close();
    }

    @Test
    void nothingIsBelievedOfAFileCutAnywhere() throws IOException {
        byte[] whole = whole();

        for (int length = 0; length < whole.length; length++) {
            put(Arrays.copyOf(whole, length));
            Recollection remembered = sightings.peek(Seen.PRESENT);
            assertThat(remembered.sightings().all()).as("cut at %d", length).isEmpty();
            assertThat(remembered.problem()).as("cut at %d", length).isPresent();
        }
    }

    @Test
    void nothingIsBelievedThatWasNotWritten() throws IOException {
        byte[] whole = whole();
        Random random = new Random(20_261_121);

        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 + random.nextInt(255));
            }
            put(flipped);
            assertThat(Seen.three().all())
                    .as(new String(flipped, StandardCharsets.ISO_8859_1))
                    .containsAll(sightings.peek(Seen.PRESENT).sightings().all());
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndNamed() throws IOException {
        put("not json".getBytes(StandardCharsets.UTF_8));

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        Path aside = directory.file("sightings.json.corrupt-1");
        assertThat(remembered.setAside()).contains(aside);
        assertThat(remembered.problem()).get().asString().contains(file.toString(), aside.toString());
        assertThat(aside).hasContent("not json");
        assertThat(file).doesNotExist();
        assertThat(sightings.write(lock, Seen.three())).isEmpty();
    }

    @Test
    void aQuestionSetsNothingAside() throws IOException {
        put("not json".getBytes(StandardCharsets.UTF_8));

        assertThat(sightings.peek(Seen.PRESENT).problem()).isPresent();

        assertThat(file).hasContent("not json");
        assertThat(directory.file("sightings.json.corrupt-1")).doesNotExist();
    }

    @Test
    void theNewestThreeThatWereSetAsideAreKept() throws IOException {
        for (int i = 1; i <= 5; i++) {
            put(("damage " + i).getBytes(StandardCharsets.UTF_8));
            sightings.recall(lock, Seen.PRESENT);
        }

        assertThat(directory.file("sightings.json.corrupt-1")).hasContent("damage 5");
        assertThat(directory.file("sightings.json.corrupt-3")).hasContent("damage 3");
        try (Stream<Path> files = Files.list(directory.path())) {
            assertThat(files).hasSize(4); // and the lock
        }
    }

    @Test
    void aLinkInTheWayIsReplacedAndNotFollowed() throws IOException {
        Path target = Files.writeString(scratch.resolve("target"), "precious");
        Files.createSymbolicLink(directory.file("sightings.json.corrupt-1"), target);
        put("damage".getBytes(StandardCharsets.UTF_8));

        sightings.recall(lock, Seen.PRESENT);

        assertThat(target).hasContent("precious");
        assertThat(directory.file("sightings.json.corrupt-1")).hasContent("damage");
    }

    @Test
    void whatCannotBeSetAsideIsSaidAndNotUsed() throws IOException {
        Files.createDirectories(directory.file("sightings.json.corrupt-3").resolve("full"));
        Files.createDirectory(directory.file("sightings.json.corrupt-2"));
        put("damage".getBytes(StandardCharsets.UTF_8));

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.setAside()).isEmpty();
        assertThat(remembered.problem()).get().asString().contains("could not be set aside");
        assertThat(sightings.write(lock, Seen.three())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"hermes-reaper/sightings/2\",\"sightings\":[\n]}\n",
                "{\"schema\":\"hermes-reaper/sightings/17\",\"all\":{}}"
            })
    void aNewerFileIsSetAsideUnderItsOwnName(String newer) throws IOException {
        put(newer.getBytes(StandardCharsets.UTF_8));

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.problem()).get().asString().contains("newer version");
        assertThat(directory.file("sightings.json.newer-1")).exists();
    }

    @Test
    void aNewerFileOfOneLongLineIsStillNewer() throws IOException {
        put(("{\"schema\":\"hermes-reaper/sightings/2\",\"all\":\"" + "x".repeat(100_000) + "\"}")
                .getBytes(StandardCharsets.UTF_8));

        assertThat(sightings.recall(lock, Seen.PRESENT).setAside()).contains(directory.file("sightings.json.newer-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0\0\0\0\0\0\0\0",
                "[]",
                "{}",
                "null",
                "{\"schema\":7}",
                "{\"schema\":\"hermes-reaper/ledger/1\"}",
                "{\"schema\":\"hermes-reaper/sightings/1e999\"}",
                "{\"schema\":\"hermes-reaper/sightings/1\",\"sightings\":[",
                "{\"schema\":\"hermes-reaper/sightings/1\",\"sightings\":[\n],\"crc32c\":\"00000000\"}\n"
            })
    void whatIsNoneOfOursIsCorrupt(String content) throws IOException {
        put(content.getBytes(StandardCharsets.UTF_8));

        assertThat(sightings.recall(lock, Seen.PRESENT).setAside())
                .contains(directory.file("sightings.json.corrupt-1"));
    }

    @Test
    void aHugeFileIsNotReadAtAll() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 1L << 40);
        }

        Recollection remembered = sightings.recall(lock, Seen.PRESENT);

        assertThat(remembered.problem()).get().asString().contains("far more than sightings need");
        assertThat(directory.file("sightings.json.corrupt-1")).exists();
    }

    @Test
    void aForgedFileIsReadAsFarAsItIsPlausible() throws IOException {
        put(Forged.file(line(Seen.idle(101))));

        assertThat(sightings.peek(Seen.PRESENT).sightings().all()).containsExactly(Seen.idle(101));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"pid\":101 | \"pid\":-101",
                "\"pid\":101 | \"pid\":4294967397",
                "\"pid\":101 | \"pid\":\"101\"",
                "\"pid\":101 | \"pid\":1.01e2",
                "\"pid\":101 | \"pid\":NaN",
                "\"pid\":101 | \"pid\":1e999",
                "\"pid\":101 | \"pid\":null",
                "\"pid\":101 | \"pid\":[[[[[[101]]]]]]",
                "\"pid\":101 | \"dip\":101",
                "\"startTicks\":60101 | \"startTicks\":99999999999999999999999999",
                "\"mainSwitches\":4711 | \"mainSwitches\":-1",
                "\"seenWallNano\":987654321 | \"seenWallNano\":1000000000",
                "\"seenWallSecond\":1795244400 | \"seenWallSecond\":9223372036854775807",
                "\"idleSince\":2400000000000 | \"idleSince\":-1",
                "\"idleSince\":2400000000000 | \"idleSince\":\"PT1S\"",
                "\"idleSince\":2400000000000 | \"idleSince\":1e999",
                "\"doing\":\"IDLE\" | \"doing\":\"idle\"",
                "\"doing\":\"IDLE\" | \"doing\":true",
                "\"stopped\":true | \"stopped\":1",
                "\"stopped\":true | \"stopped\":true,\"stopped\":true",
            })
    void aForgedLineIsNoSighting(String written, String forged) throws IOException {
        String line = line(Seen.idle(101));
        assertThat(line).contains(written);

        put(Forged.file(line.replace(written, forged)));

        assertThat(sightings.peek(Seen.PRESENT).sightings().all()).isEmpty();
        assertThat(sightings.recall(lock, Seen.PRESENT).setAside()).isPresent();
    }

    @Test
    void aForgedLineIsNeverHeldInMemoryAsAWhole() throws IOException {
        String line = line(Seen.idle(101));

        put(Forged.file(line.replace(Seen.BOOT, "x".repeat(10_000_000))));

        assertThat(sightings.peek(Seen.PRESENT).problem()).get().asString().contains("too long");
    }

    private static byte[] whole() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Sighting> all = List.copyOf(Seen.three().all());
        SightingsText.write(all, out);
        return out.toByteArray();
    }

    private void put(byte[] content) throws IOException {
        Files.write(file, content);
    }

    @Test
    void isOneSightingALine() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();

        SightingsText.write(List.of(Seen.idle(101), Seen.idle(102)), file);

        assertThat(file.toByteArray()).isEqualTo(Forged.file(line(Seen.idle(101)) + ",", line(Seen.idle(102))));
    }

    private static String line(Sighting sighting) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SightingsText.write(List.of(sighting), file);
        return file.toString(StandardCharsets.UTF_8).lines().toList().get(1);
    }
}
