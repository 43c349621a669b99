package dev.hermesreaper.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.state.ProbeHost;
import dev.hermesreaper.agent.state.SealedLine;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the bytes, only what was written is told. */
class LedgerDamageTest {

    private static final int FLIPS = 1_000;
    private static final int MANY = 100_000;

    @TempDir
    private Path scratch;

    private final ProbeHost host = new ProbeHost();
    private byte[] sound = {};

    /** Everything that can be told of the sound file, or of it with lines missing. */
    private final Set<String> truths = new HashSet<>();

    private Path file() {
        return scratch.resolve("state").resolve(LedgerFile.NAME);
    }

    @BeforeEach
    void write() throws Exception {
        try (Book book = new Book(scratch.resolve("state"))) {
            for (String sweep : List.of("1111", "2222")) {
                LedgerFile ledger = book.ledger(sweep);
                ledger.intends(Book.verdict(9000));
                ledger.intends(Book.verdict(9001));
                ledger.records(Book.reaping(Book.verdict(9000), Outcome.EXITED));
                ledger.records(Book.reaping(Book.verdict(9001), Outcome.SURVIVED));
            }
            sound = Files.readAllBytes(book.file());
        }
        for (String sweep : List.of("1111", "2222")) {
            for (String end : List.of("9000 exited", "9001 survived", "9000 interrupted", "9001 interrupted")) {
                truths.add(sweep + " " + end + " superseded 20260505_104123_c8063a");
            }
        }
    }

    private Book.Told told(byte[] bytes) throws Exception {
        Files.write(file(), bytes);
        Book.Told told = Book.told(scratch.resolve("state"), host, Instant.MIN);
        assertThat(told.acts().stream().map(LedgerDamageTest::summary)).isSubsetOf(truths);
        return told;
    }

    private static String summary(Act act) {
        return "%s %d %s %s %s"
                .formatted(act.sweepId(), act.identity().pid(), act.ending().outcome(), act.reason(), act.sessionKey());
    }

    @Test
    void losesTheCutLineOnlyWhereverItIsCut() throws Exception {
        String text = new String(sound, StandardCharsets.US_ASCII);
        int secondPass = text.indexOf('\n', sound.length / 2 - 100) + 1;
        for (int length = 0; length <= sound.length; length += length < secondPass ? 13 : 1) {
            Book.Told told = told(Arrays.copyOf(sound, length));

            long whole =
                    text.substring(0, length).chars().filter(it -> it == '\n').count();
            boolean cut = length > 0 && text.charAt(length - 1) != '\n';
            assertThat(told.reading().damagedLines()).isEqualTo(cut ? 1 : 0);
            assertThat(told.acts()).hasSize(List.of(0, 1, 2, 2, 2, 3, 4, 4, 4).get((int) whole));
        }
    }

    @Test
    void believesNoLineInWhichABitIsNotAsItWas() throws Exception {
        Random random = new Random(20_261_121);
        for (int i = 0; i < FLIPS; i++) {
            byte[] changed = sound.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(told(changed).reading().damagedLines()).isBetween(1L, 2L);
        }
    }

    @Test
    void survivesAnyBytes() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[random.nextInt(100_000)];
            random.nextBytes(noise);

            assertThat(told(noise).acts()).isEmpty();
        }
        assertThat(told(new byte[1 << 20]).reading().damagedLines()).isEqualTo(1);
    }

    /** Members that are missing, of another kind, or out of range, under a checksum that fits. */
    @Test
    void believesNoLineThatWeWouldNotHaveWritten() throws Exception {
        String line = new String(sound, StandardCharsets.US_ASCII)
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow();
        String body = line.substring(0, line.lastIndexOf(",\"crc32c\""));
        for (String[] change : new String[][] {
            {"\"v\":1", "\"v\":0"},
            {"\"v\":1", "\"v\":01234567"},
            {"\"v\":1", "\"v\":\"1\""},
            {"\"kind\":\"outcome\"", "\"kind\":\"guess\""},
            {"\"pid\":9000", "\"pid\":-9000"},
            {"\"pid\":9000", "\"pid\":99999999999"},
            {"\"pid\":9000", "\"pid\":9e3"},
            {"\"pid\":9000", "\"pid\":\"9000\""},
            {"\"pid\":9000", "\"pid\":null"},
            {"\"pid\":9000", "\"pidd\":9000"},
            {"\"signals\":[\"TERM\"]", "\"signals\":[1]"},
            {"\"signals\":[\"TERM\"]", "\"signals\":{}"},
            {"\"descendants\":[", "\"descendants\":[1,"},
            {"\"at\":\"2026", "\"at\":\"9999999999999"},
            {"\"detail\":\"\"", "\"detail\":\"\\u001b\""},
            {"\"tookMillis\":310", "\"tookMillis\":9223372036854775808"},
            {"{\"v\":1", "{\"v\":1}{\"v\":1"},
        }) {
            String changed = body.replace(change[0], change[1]);
            assertThat(changed).as(change[0]).isNotEqualTo(body);
            String sealed = SealedLine.seal(changed + "}");

            assertThat(LineReader.read(sealed).kind()).as(sealed).isEqualTo(LineReader.Kind.DAMAGED);
        }
        String more = body + ",\"added\":[{\"later\":true}]";
        assertThat(LineReader.read(SealedLine.seal(more + "}")).kind()).isEqualTo(LineReader.Kind.ENTRY);
    }

    @Test
    @Timeout(60)
    void readsAHundredThousandLinesOneAtATime() throws Exception {
        List<String> lines =
                new String(sound, StandardCharsets.US_ASCII).lines().toList();
        try (BufferedWriter out = Files.newBufferedWriter(file())) {
            for (int i = 0; i < MANY; i++) {
                out.write(lines.get(i % lines.size()));
                out.write('\n');
            }
        }
        AtomicLong acts = new AtomicLong();
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        AtomicLong most = new AtomicLong();
        long start = System.nanoTime();

        History.in(scratch.resolve("state"), host).read(Instant.MIN, act -> {
            if (acts.incrementAndGet() == MANY / 2 - 10) {
                System.gc();
                most.set(runtime.totalMemory() - runtime.freeMemory());
            }
        });

        assertThat(acts).hasValue(MANY / 2);
        assertThat(most.get() - before).as("bytes held").isLessThan(8L << 20);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
}
