package dev.hermesreaper.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.state.BareHost;
import dev.hermesreaper.agent.state.Journal;
import dev.hermesreaper.agent.state.ProbeHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {

    @TempDir
    private Path scratch;

    private Path state() {
        return scratch.resolve("state");
    }

    @Test
    void givesBackWhatWasWritten() throws Exception {
        try (Book book = new Book(state())) {
            LedgerFile ledger = book.ledger("7f3a");
            ledger.intends(Book.verdict(9000));
            book.wall = Book.NOON.plusMillis(310);
            ledger.records(Book.reaping(Book.verdict(9000), Outcome.KILLED));

            Book.Told told = book.told();

            assertThat(told.acts())
                    .containsExactly(new Act(
                            Book.NOON,
                            Optional.of(Book.NOON.plusMillis(310)),
                            "7f3a",
                            new ProcessIdentity(BareHost.BOOT, 9000, 16_000),
                            "20260505_104123_c8063a",
                            "superseded",
                            List.of(
                                    new Ground("verdict", "3 younger workers of this session, youngest 9003", "judge"),
                                    new Ground("keeper", "9003", "/proc/9003/stat")),
                            new Ending(
                                    "killed",
                                    "",
                                    List.of("TERM", "KILL"),
                                    Duration.ofMillis(310),
                                    new MemoryUse(true, 94L << 20, 3L << 20),
                                    List.of(new Ending.Descendant(9500, 16_500, "killed")),
                                    1)));
            assertThat(told.reading().damagedLines()).isZero();
            assertThat(told.reading().problems()).isEmpty();
            assertThat(book.complaints).isEmpty();
        }
    }

    @Test
    void isOneSoundLineOfAsciiEachAndPrivateAndHoldsNoCommandLine() throws Exception {
        try (Book book = new Book(state())) {
            LedgerFile ledger = book.ledger("7f3a");
            ledger.intends(Book.verdict(BareHost.BOOT, 9000, "ключ\n\u001b[31m", new Evidence("k", "välue\n", "s")));
            ledger.records(Book.reaping(Book.verdict(9000), Outcome.EXITED));
            ledger.intends(Book.verdict(
                    BareHost.BOOT,
                    9001,
                    "k",
                    new Evidence("disagreement", "OSHI says its command line is python3 --token secret", "oshi")));

            String text = Files.readString(book.file(), StandardCharsets.US_ASCII);
            assertThat(text).doesNotContain("secret", "slash_worker").matches("[ -~\n]+");
            assertThat(text.lines())
                    .hasSize(3)
                    .allMatch(line -> line.matches("\\{\"v\":1,.*,\"crc32c\":\"[0-9a-f]{8}\"}"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(book.file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keepsHostileKeysApart() throws Exception {
        List<String> keys = List.of(
                "",
                " ",
                "\"},{\"v\":1",
                "a\nb\r\u0000\u001b]0;x\u0007",
                "\\xff",
                "\\\\xff",
                "\uDCFF\\\uDC80\\x80",
                "\u202e\u2028🦀",
                "\",\"crc32c\":\"00000000\"}");
        try (Book book = new Book(state())) {
            LedgerFile ledger = book.ledger("7f3a");
            IntStream.range(0, keys.size())
                    .forEach(i -> ledger.intends(Book.verdict(BareHost.BOOT, 9000 + i, keys.get(i))));

            assertThat(book.told().acts()).extracting(Act::sessionKey).containsExactlyElementsOf(keys);
        }
    }

    @Test
    void capsWhatAProcessChose() throws Exception {
        Evidence[] evidence = IntStream.range(0, 500)
                .mapToObj(i -> new Evidence("k" + i, "ü".repeat(1000), "ü".repeat(1000)))
                .toArray(Evidence[]::new);
        try (Book book = new Book(state())) {
            LedgerFile ledger = book.ledger("7f3a");
            ledger.intends(Book.verdict(BareHost.BOOT, 9000, "🦀".repeat(70_000), evidence));
            ledger.intends(Book.verdict(9001));

            assertThat(Files.readAllLines(book.file())).allMatch(line -> line.length() <= Journal.LONGEST_LINE);
            assertThat(book.told().acts()).hasSize(2);
            Act act = book.told().acts().get(0);
            assertThat(act.sessionKey()).isEqualTo("🦀".repeat(LedgerLine.LONGEST_KEY / 2));
            assertThat(act.grounds()).isNotEmpty();
        }
    }

    @Test
    void pairsByPassAndProcessAndNotByPidAlone() throws Exception {
        try (Book book = new Book(state())) {
            LedgerFile first = book.ledger("1111");
            first.intends(Book.verdict(BareHost.BOOT, 9000, "a"));
            LedgerFile second = book.ledger("2222");
            second.intends(Book.verdict(Book.OTHER_BOOT, 9000, "b"));
            second.intends(Book.verdict(BareHost.BOOT, 9000, "c"));
            second.records(Book.reaping(Book.verdict(BareHost.BOOT, 9000, "c"), Outcome.EXITED));
            second.records(Book.reaping(Book.verdict(BareHost.BOOT, 9000, "twice"), Outcome.EXITED));

            assertThat(book.told().acts())
                    .extracting(act -> act.sessionKey() + " " + act.ending().outcome())
                    .containsExactly("a interrupted", "c exited", "b under-way");
        }
        assertThat(Book.told(state(), new ProbeHost(), Instant.MIN).acts())
                .extracting(act -> act.ending().outcome())
                .containsExactly("interrupted", "exited", "interrupted");
    }

    @Test
    void givesBackMemoryOfProvenGoneOnly() throws Exception {
        try (Book book = new Book(state())) {
            LedgerFile ledger = book.ledger("7f3a");
            int pid = 9000;
            for (Outcome outcome : Outcome.values()) {
                ledger.records(Book.reaping(Book.verdict(pid++), outcome));
            }

            assertThat(book.told().acts())
                    .allMatch(act ->
                            act.ending().reclaimedBytes() == (act.ending().isReaped() ? 97L << 20 : 0))
                    .extracting(act -> act.ending().outcome())
                    .contains("killed", "survived", "spared")
                    .doesNotContain("dry-run", "observed", "deferred");
        }
    }

    @Test
    void tellsOfNothingBeforeTheMomentAskedFor() throws Exception {
        try (Book book = new Book(state())) {
            for (int hour = 0; hour < 5; hour++) {
                book.wall = Book.NOON.plus(Duration.ofHours(hour));
                book.ledger("pass" + hour).records(Book.reaping(Book.verdict(9000 + hour), Outcome.EXITED));
            }

            assertThat(Book.told(state(), book, Book.NOON.plus(Duration.ofHours(3)))
                            .acts())
                    .extracting(Act::sweepId)
                    .containsExactly("pass3", "pass4");
        }
    }

    @Test
    void hasNothingToTellWhereNothingIs() throws Exception {
        try (Book book = new Book(state())) {
            assertThat(book.told().acts()).isEmpty();
            assertThat(book.told().reading().files()).isZero();
            assertThat(book.told().reading().isUnreadable()).isFalse();
        }
    }
}
