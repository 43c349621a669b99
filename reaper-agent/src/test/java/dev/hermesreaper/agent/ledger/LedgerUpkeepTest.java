package dev.hermesreaper.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.state.SealedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file itself: it rotates, survives cuts and links, and waits for nobody. */
class LedgerUpkeepTest {

    @TempDir
    private Path scratch;

    private Path state() {
        return scratch.resolve("state");
    }

    @Test
    void beginsANewFileAtTheSizeGivenAndKeepsSoMany() throws Exception {
        try (Book book = new Book(state(), 4096, 2)) {
            LedgerFile ledger = book.ledger("7f3a");
            List<Integer> written = new ArrayList<>();
            for (int pid = 9000; pid < 9040; pid++) {
                ledger.records(Book.reaping(Book.verdict(pid), Outcome.EXITED));
                written.add(pid);
                assertThat(Files.size(book.file())).isLessThanOrEqualTo(4096);
                List<Integer> told = book.told().acts().stream()
                        .map(act -> act.identity().pid())
                        .toList();
                assertThat(told).isEqualTo(written.subList(written.size() - told.size(), written.size()));
            }
            long line = Files.readAllLines(book.file(1)).get(0).length() + 1L;
            assertThat(Files.size(book.file(1))).isEqualTo(4096 / line * line);
            assertThat(book.file(2)).exists();
            assertThat(book.file(3)).doesNotExist();
        }
    }

    @Test
    void dropsAFullFileWhereNoneIsKept() throws Exception {
        try (Book book = new Book(state(), 1024, 0)) {
            LedgerFile ledger = book.ledger("7f3a");
            IntStream.range(0, 20).forEach(i -> ledger.records(Book.reaping(Book.verdict(9000 + i), Outcome.EXITED)));

            assertThat(book.told().acts()).hasSizeLessThan(3);
            assertThat(book.file(1)).doesNotExist();
            assertThat(book.complaints).isEmpty();
        }
    }

    @Test
    void losesNoFileToACrashBetweenTwoRenames() throws Exception {
        try (Book book = new Book(state(), 600, 3)) {
            LedgerFile ledger = book.ledger("7f3a");
            for (int pid = 9000; pid < 9003; pid++) {
                ledger.records(Book.reaping(Book.verdict(pid), Outcome.EXITED));
            }
            Files.move(book.file(2), book.file(3));
            Files.move(book.file(1), book.file(2));
            assertThat(book.told().acts()).hasSize(3);

            ledger.records(Book.reaping(Book.verdict(9003), Outcome.EXITED));
            assertThat(book.told().acts())
                    .extracting(act -> act.identity().pid())
                    .containsExactly(9000, 9001, 9002, 9003);
        }
    }

    @Test
    void readsThroughARotation() throws Exception {
        try (Book book = new Book(state(), 2048, 100)) {
            LedgerFile ledger = book.ledger("7f3a");
            for (int pid = 9000; pid < 9020; pid++) {
                ledger.records(Book.reaping(Book.verdict(pid), Outcome.EXITED));
            }
            List<Integer> told = new ArrayList<>();
            History.in(state(), book).read(Instant.MIN, act -> {
                told.add(act.identity().pid());
                ledger.records(Book.reaping(Book.verdict(9500 + told.size()), Outcome.EXITED));
            });

            assertThat(told.subList(0, 20))
                    .containsExactlyElementsOf(
                            IntStream.range(9000, 9020).boxed().toList());
            assertThat(told).doesNotHaveDuplicates();
        }
    }

    @Test
    void beginsANewLineAfterOneThatWasCut() throws Exception {
        try (Book book = new Book(state())) {
            book.ledger("1111").intends(Book.verdict(9000));
            Files.writeString(book.file(), "{\"v\":1,\"kind\":\"int", StandardOpenOption.APPEND);
            book.ledger("2222").intends(Book.verdict(9001));

            Book.Told told = book.told();
            assertThat(told.acts()).extracting(act -> act.identity().pid()).containsExactly(9000, 9001);
            assertThat(told.reading().damagedLines()).isEqualTo(1);
        }
    }

    @Test
    void setsNewerLinesAside() throws Exception {
        try (Book book = new Book(state())) {
            book.ledger("1111").intends(Book.verdict(9000));
            String newer = "{\"v\":2,\"acts\":{\"all\":\"different\"}";
            Files.writeString(book.file(), SealedLine.seal(newer + "}") + "\n", StandardOpenOption.APPEND);
            book.ledger("2222").intends(Book.verdict(9001));

            Book.Told told = book.told();
            assertThat(told.acts()).hasSize(2);
            assertThat(told.reading().newerLines()).isEqualTo(1);
            assertThat(told.reading().damagedLines()).isZero();
        }
    }

    @Test
    void writesThroughNoLinkAndNoSecondName() throws Exception {
        Path victim = Files.writeString(scratch.resolve("victim"), "mine\n");
        for (boolean hard : List.of(false, true)) {
            try (Book book = new Book(state())) {
                if (hard) {
                    Files.createLink(book.file(), victim);
                } else {
                    Files.createSymbolicLink(book.file(), victim);
                }
                LedgerFile ledger = book.ledger("7f3a");
                ledger.intends(Book.verdict(9000));
                ledger.records(Book.reaping(Book.verdict(9000), Outcome.EXITED));

                assertThat(Files.readString(victim)).isEqualTo("mine\n");
                assertThat(book.complaints)
                        .singleElement()
                        .asString()
                        .contains(book.file().toString(), hard ? "2 names" : "symbolic link");
                assertThat(book.told().reading().isUnreadable()).isTrue();
                Files.delete(book.file());
            }
        }
    }

    @Test
    void rotatesNothingOverALink() throws Exception {
        try (Book book = new Book(state(), 600, 4)) {
            Files.createSymbolicLink(book.file(1), scratch.resolve("elsewhere"));
            LedgerFile ledger = book.ledger("7f3a");
            for (int pid = 9000; pid < 9004; pid++) {
                ledger.records(Book.reaping(Book.verdict(pid), Outcome.EXITED));
            }

            assertThat(book.complaints).singleElement().asString().contains("cannot be rotated", "symbolic link");
            assertThat(book.told().acts()).hasSize(4);
            assertThat(book.told().reading().problems()).hasSize(1);
            assertThat(book.told().reading().isUnreadable()).isFalse();
        }
    }

    @Test
    void goesOnWithoutItsDirectoryAndSaysSoOnce() throws Exception {
        try (Book book = new Book(state())) {
            LedgerFile ledger = book.ledger("7f3a");
            ledger.intends(Book.verdict(9000));
            removeAll(state());
            ledger.records(Book.reaping(Book.verdict(9000), Outcome.EXITED));
            ledger.records(Book.reaping(Book.verdict(9001), Outcome.EXITED));

            assertThat(book.complaints).singleElement().asString().contains("cannot write", "no such file");
            assertThat(state()).doesNotExist();
        }
    }

    private static void removeAll(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Test
    void takesNoLineWithoutTheLock() throws Exception {
        Book book = new Book(state());
        LedgerFile ledger = book.ledger("7f3a");
        book.close();

        assertThatThrownBy(() -> ledger.intends(Book.verdict(9000))).isInstanceOf(IllegalArgumentException.class);
        assertThat(book.file()).doesNotExist();
    }

    @Test
    void losesNoLineToAnInterruption() throws Exception {
        try (Book book = new Book(state())) {
            LedgerFile ledger = book.ledger("7f3a");
            Thread.currentThread().interrupt();
            ledger.intends(Book.verdict(9000));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(book.told().acts()).hasSize(1);
            assertThat(book.complaints).isEmpty();
        }
    }

    @Test
    void waitsNoLongerForASlowDiskThanTwoSeconds() throws Exception {
        try (Book book = new Book(state())) {
            book.step = Duration.ofMillis(900);
            LedgerFile ledger = book.ledger("7f3a");
            for (int pid = 9000; pid < 9010; pid++) {
                ledger.intends(Book.verdict(pid));
            }

            assertThat(book.told().acts()).hasSize(10);
            assertThat(book.complaints).singleElement().asString().contains("slow", "2700 ms");
        }
    }
}
